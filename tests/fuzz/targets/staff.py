"""Files that the people who run the house bring: an export of the audit log, a list of leaked passwords, a backup."""

from __future__ import annotations

import hashlib

from assistant.running.backup_manifest import BackupManifest
from assistant.staff import chain
from assistant.staff.errors import ChainBroken
from assistant.staff.export import from_json
from assistant.staff.leaked import Leaked
from tests.fuzz.place import own_folder

FOLDER = own_folder()


def exported(data: bytes) -> None:
    """Lines of an audit log: the chain fits, or somebody reads where it does not."""
    try:
        done = chain.check(from_json(data.decode("utf-8", "replace").split("\n")))
    except ChainBroken as error:
        assert str(error)
        return
    assert done.lines >= done.withheld and len(done.last) >= 1


def leaked(data: bytes) -> None:
    """Passwords, one a line: who is in the list is found with the right count, and who is not is not."""
    words = sorted({line.decode("latin-1") for line in data.split(b"\n")})[:40]
    listed, left_out = words[::2], words[1::2]
    lines = sorted(f"{hashlib.sha1(word.encode(), usedforsecurity=False).hexdigest().upper()}:{len(word) + 1}"
                   for word in listed)  # fmt: skip
    place = FOLDER / "list.txt"
    place.write_text("\r\n".join(lines) + "\r\n" if len(data) % 2 else "\n".join(lines), encoding="ascii", newline="")
    book = Leaked(place)
    assert all(book.times(word) == len(word) + 1 for word in listed), "a leaked password is not found"
    assert not any(book.times(word) for word in left_out), "a password is called leaked that is not"
    place.write_bytes(data)  # and a list that is none says something, but breaks nothing
    assert book.times("proef") >= 0


def manifest(data: bytes) -> None:
    try:
        made = BackupManifest.from_json(data.decode("utf-8", "replace"))
    except (ValueError, TypeError):  # what the reader of a backup takes for a damaged one
        return
    assert BackupManifest.from_json(made.to_json()) == made or "NaN" in made.to_json()
