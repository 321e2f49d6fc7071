"""Passwords that are known from a leak, looked up in a list that the organisation has put on its own disk.

Both forms in which Have I Been Pwned gives its list: one file of `SHA1:count` in order, or a folder with a file for
each first five characters (`00000.txt` ... `FFFFF.txt`) of `rest of the SHA1:count`. Nobody outside is asked anything.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import BinaryIO

FIRST = 5
"""Characters of the hash that name the file."""


class Leaked:
    """A list of leaked passwords on disk. Opened anew for each look-up: the file may be replaced meanwhile."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def times(self, password: str) -> int:
        """Return how often a password stands in leaks, 0 for never. Raises OSError when the list cannot be read."""
        # the form of the list, not a protection: the password itself is kept as argon2id
        listed_as = hashlib.sha1(password.encode(), usedforsecurity=False)
        wanted = listed_as.hexdigest().upper()
        if self.place.is_dir():
            return self._in_folder(wanted)
        with self.place.open("rb") as file:
            return _in_order(file, wanted.encode())

    def standing(self) -> str:
        """Return what kind of list this is, in Dutch, after trying it. Raises OSError when it cannot be read."""
        self.times("proef")
        return (
            f"map {self.place}" if self.place.is_dir() else f"bestand {self.place}, {self.place.stat().st_size} bytes"
        )

    def _in_folder(self, wanted: str) -> int:
        lines = (self.place / f"{wanted[:FIRST]}.txt").read_text(encoding="ascii", errors="replace").splitlines()
        return next((_count(line.encode()) for line in lines if line.upper().startswith(wanted[FIRST:])), 0)


def _in_order(file: BinaryIO, wanted: bytes) -> int:
    """Look a hash up by halving: forty steps in a file of forty gigabytes."""
    low, high = 0, file.seek(0, 2)
    while low < high:
        middle = (low + high) // 2
        line = _line_after(file, middle)
        if line and line[:40].upper() < wanted:
            low = middle + 1
        else:
            high = middle
    line = _line_after(file, low)
    return _count(line) if line[:40].upper() == wanted else 0


def _line_after(file: BinaryIO, at: int) -> bytes:
    """Return the first whole line that begins at a place or after it; empty at the end."""
    file.seek(max(at - 1, 0))
    if at:
        file.readline()
    return file.readline()


def _count(line: bytes) -> int:
    _, _, number = line.strip().partition(b":")
    return int(number) if number.isdigit() else 1
