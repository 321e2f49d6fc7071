"""A backup of a running house, put back into an empty one; and backups that must be refused."""

from __future__ import annotations

import io
import json
import os
import shutil
import tarfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from assistant.cli import app
from assistant.database import Database, current, upgrade
from assistant.placement import InterestWish, register_interest, seed
from assistant.running.backup import backup
from assistant.running.backup_manifest import DATABASE, MANIFEST
from assistant.running.backup_restore import restore
from assistant.running.errors import BackupBroken, BackupRefused, BackupTooNew
from assistant.settings import Settings
from tests.faults.conftest import ROOT, settings_for
from tests.faults.postgres import Cluster
from tests.faults.table import Table

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SECRETS = {"rasa-token": "t0ken-of-rasa", "console-key": "k3y-of-console", "log/app.log": "a line of the log"}


@pytest.fixture(params=["sqlite", "postgresql"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Settings]:
    """Return settings of an installation by its name: a var of its own and an empty database."""

    def make(name: str) -> Settings:
        url = ""
        if request.param == "postgresql":
            cluster: Cluster = request.getfixturevalue("cluster")
            url = cluster.make(f"{name}_{time.monotonic_ns()}")
        return settings_for(tmp_path / name, database_url=url)

    return make


def register(settings: Settings, phone: str) -> None:
    wish = InterestWish(
        municipality="almere",
        name="Jan",
        phone=phone,
        consent_text_version="v1",
        consented_at=NOW,
        conversation_id=phone.zfill(32),
    )
    database = Database(settings.database)
    with database.session() as session:
        register_interest(session, wish, now=NOW)
    database.dispose()


def phones(settings: Settings) -> list[str]:
    database = Database(settings.database)
    with database.session(write=False) as session:
        found = [row[0] for row in session.execute(text("SELECT phone FROM registration ORDER BY phone"))]
    database.dispose()
    return found


def lived_in(settings: Settings) -> Settings:
    """Fill an installation as if it had run for a while, with secrets that must stay where they are."""
    upgrade(settings.database)
    database = Database(settings.database)
    with database.session() as session:
        seed(session)
    database.dispose()
    for number in range(3):
        register(settings, f"+3161234567{number}")
    for name, words in {**SECRETS, "learned/nlu.yml": "geleerd", "model-choice": "m.tar.gz\n"}.items():
        (settings.var / name).parent.mkdir(parents=True, exist_ok=True)
        (settings.var / name).write_text(words)
    return settings


@pytest.fixture
def kept(make: Callable[[str], Settings], tmp_path: Path) -> Path:
    """A backup of an installation that was lived in."""
    path = tmp_path / "kept.tar.gz"
    backup(lived_in(make("old")), path)
    return path


def test_what_was_there_is_there_again(make: Callable[[str], Settings], tmp_path: Path, table: Table) -> None:
    """The round trip, while somebody goes on registering: what was there before is in it, and each row once."""
    old, new, path = lived_in(make("old")), make("new"), tmp_path / "b.tar.gz"
    stop = threading.Event()

    def goes_on() -> None:
        number = 0
        while not stop.is_set():
            register(old, f"+31687{number:06}")
            number += 1

    busy = threading.Thread(target=goes_on)
    busy.start()
    try:
        time.sleep(0.3)
        before = phones(old)
        backup(old, path)
    finally:
        stop.set()
        busy.join()
    began = time.monotonic()
    restore(new, path)
    seconds = time.monotonic() - began
    after = phones(new)
    assert oct(path.stat().st_mode)[-3:] == "600"
    assert (new.var / "learned" / "nlu.yml").read_text() == "geleerd"
    assert (new.var / "model-choice").read_text() == "m.tar.gz\n"
    assert (new.var / "data-of-backup/answers/loon.yml").read_bytes() == (ROOT / "data/answers/loon.yml").read_bytes()
    assert current(new.database) == current(old.database)
    lost, double = len(set(before) - set(after)), len(after) - len(set(after))
    kind = "PostgreSQL" if "postgres" in new.database else "SQLite"
    table.row(f"machine lost, backup put back ({kind})", "(nieuwe machine)", seconds, lost, double)
    register(new, "+31699999999")
    assert "+31699999999" in phones(new), "numbering goes on after the last one"


def test_no_secret_and_no_log_is_in_it(kept: Path) -> None:
    with tarfile.open(kept) as archive:
        names = archive.getnames()
        everything = b"".join(archive.extractfile(name).read() for name in names)  # type: ignore[union-attr]
    assert MANIFEST in names
    for name, words in SECRETS.items():
        assert f"var/{name}" not in names
        assert words.encode() not in everything


def test_an_older_backup_gets_the_tables_of_today(make: Callable[[str], Settings], tmp_path: Path) -> None:
    old, new = make("old"), make("new")
    old.var.mkdir(parents=True, exist_ok=True)
    upgrade(old.database, "0010")
    backup(old, tmp_path / "b.tar.gz")
    restore(new, tmp_path / "b.tar.gz")
    upgrade(make("today").database)
    assert current(new.database) not in (None, "0010")


# what must be refused


def changed(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Return a copy of an archive in which something was changed."""
    with tarfile.open(path) as archive:
        files = {entry.name: archive.extractfile(entry).read() for entry in archive}  # type: ignore[union-attr]
    change(files)
    other = path.with_name("changed.tar.gz")
    with tarfile.open(other, "w:gz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return other


def manifest_with(**values: object) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        files[MANIFEST] = json.dumps(json.loads(files[MANIFEST]) | values).encode()

    return change


REFUSED: dict[str, tuple[Callable[[dict[str, bytes]], object], type[BackupRefused], str]] = {
    "a file was changed": (lambda f: f.update({DATABASE: f[DATABASE] + b"x"}), BackupBroken, "checksum"),
    "a file is missing": (lambda f: f.pop("var/learned/nlu.yml"), BackupBroken, "differ"),
    "a file too many": (lambda f: f.update({"var/extra": b"x"}), BackupBroken, "differ"),
    "no manifest": (lambda f: f.pop(MANIFEST), BackupBroken, "no backup"),
    "a manifest that is none": (lambda f: f.update({MANIFEST: b"[]"}), BackupBroken, "no backup"),
    "a newer version of the tables": (manifest_with(revision="9999"), BackupTooNew, "newer version"),
    "a newer form of backup": (manifest_with(format=2), BackupTooNew, "newer version"),
    "a way out of the folder": (lambda f: f.update({"var/../../out": b"x"}), BackupBroken, "does not belong"),
    "an absolute path": (lambda f: f.update({"/tmp/meedoen-out": b"x"}), BackupBroken, "does not belong"),
    "another kind of file": (lambda f: f.update({"bin/sh": b"x"}), BackupBroken, "does not belong"),
}


@pytest.mark.parametrize("what", REFUSED)
@pytest.mark.parametrize("make", ["sqlite"], indirect=True)
def test_a_backup_that_is_not_right_is_refused_and_changes_nothing(
    kept: Path, make: Callable[[str], Settings], what: str
) -> None:
    change, error, words = REFUSED[what]
    new = make("new")
    with pytest.raises(error, match=words):
        restore(new, changed(kept, lambda files: change(files) and None))
    assert list(new.var.iterdir()) == []
    assert not Path("/tmp/meedoen-out").exists()


@pytest.mark.parametrize("make", ["sqlite"], indirect=True)
def test_links_and_devices_are_refused(kept: Path, make: Callable[[str], Settings], tmp_path: Path) -> None:
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE):
        path = tmp_path / "odd.tar.gz"
        with tarfile.open(path, "w:gz") as archive:
            entry = tarfile.TarInfo("var/odd")
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
        with pytest.raises(BackupBroken, match="does not belong"):
            restore(make("new"), path)


@pytest.mark.parametrize("make", ["sqlite"], indirect=True)
@pytest.mark.parametrize("part", [0.0, 0.3, 0.9, 0.9999])
def test_an_archive_that_is_cut_off_is_refused(kept: Path, make: Callable[[str], Settings], part: float) -> None:
    whole = kept.read_bytes()
    kept.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(BackupBroken):
        restore(make("new"), kept)


def test_nothing_is_written_over(kept: Path, make: Callable[[str], Settings]) -> None:
    """An installation that is in use is not touched, and neither is a file that is there."""
    used = lived_in(make("used"))
    before = phones(used)
    with pytest.raises(BackupRefused, match="not empty"):
        restore(used, kept)
    assert phones(used) == before
    with pytest.raises(BackupRefused, match="there already"):
        backup(used, kept)


def test_a_database_in_use_is_not_written_over_either(kept: Path, make: Callable[[str], Settings]) -> None:
    used = lived_in(make("used"))
    before = phones(used)
    empty = used.model_copy(update={"var": used.var.parent / "empty", "database_url": used.database})
    with pytest.raises(BackupRefused):
        restore(empty, kept)
    assert phones(used) == before


def test_sqlite_and_postgresql_are_not_mixed(cluster: Cluster, tmp_path: Path) -> None:
    path = tmp_path / "b.tar.gz"
    backup(lived_in(settings_for(tmp_path / "old")), path)
    with pytest.raises(BackupRefused, match="sqlite database and MEEDOEN_DATABASE_URL is postgresql"):
        restore(settings_for(tmp_path / "new", database_url=cluster.make("mixed")), path)


def test_the_commands_say_what_is_wrong_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEEDOEN_VAR", str(tmp_path / "var"))
    run = CliRunner()
    nothing = run.invoke(app, ["backup", str(tmp_path / "b.tar.gz")])
    assert (nothing.exit_code, nothing.stderr.count("\n")) == (1, 1)
    assert "there is no database yet" in nothing.stderr
    assert not os.listdir(tmp_path)
    lived_in(settings_for(tmp_path / "var"))
    assert run.invoke(app, ["backup", str(tmp_path / "b.tar.gz")]).exit_code == 0
    shutil.rmtree(tmp_path / "var")
    assert run.invoke(app, ["restore", str(tmp_path / "b.tar.gz")]).exit_code == 0
    again = run.invoke(app, ["restore", str(tmp_path / "b.tar.gz")])
    assert (again.exit_code, "not empty" in again.stderr) == (1, True)
