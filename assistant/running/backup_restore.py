"""`meedoen restore FILE.tar.gz`: a backup back into an empty installation, after everything in it has been checked."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import tarfile
import tempfile
import zlib
from pathlib import Path, PurePosixPath

from assistant.database import current, upgrade
from assistant.database.migrate import knows
from assistant.running.backup_manifest import DATABASE, FORMAT, MANIFEST, BackupManifest, kind_of, sqlite_file
from assistant.running.backup_postgres import load
from assistant.running.errors import BackupBroken, BackupRefused, BackupTooNew
from assistant.settings import Settings

ALLOWED = ("var/", "data/")
DATA = "data-of-backup"
"""Where the answers of the backup go: the checkout is not written over, an editor compares and chooses."""


def restore(settings: Settings, path: Path) -> BackupManifest:
    """Check a backup and put it back; a refusal leaves everything as it was. Raises a BackupRefused."""
    _must_be_empty(settings)
    settings.var.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.var, prefix=".restore-") as folder:
        unpacked = Path(folder)
        manifest = _unpack(path, unpacked)
        _check(manifest, unpacked, settings)
        _put_database(settings.database, unpacked / DATABASE)
        _put_files(unpacked, settings.var)
    upgrade(settings.database)  # a backup of an older version gets the tables of today
    return manifest


def _must_be_empty(settings: Settings) -> None:
    found = [entry.name for entry in settings.var.iterdir()] if settings.var.exists() else []
    if found:
        raise BackupRefused(f"{settings.var} is not empty ({', '.join(sorted(found)[:3])}): choose another MEEDOEN_VAR")
    if kind_of(settings.database) == "sqlite":
        if Path(sqlite_file(settings.database)).exists():
            raise BackupRefused(f"{sqlite_file(settings.database)} is there already")
    elif current(settings.database) is not None:
        raise BackupRefused("the database is not empty: make a new one and set MEEDOEN_DATABASE_URL")


def _unpack(path: Path, folder: Path) -> BackupManifest:
    """Unpack plain files with names that we know, and nothing else."""
    try:
        with gzip.open(path) as packed, tarfile.open(fileobj=packed, mode="r:") as archive:
            for entry in archive:
                _check_name(entry)
                _write(archive, entry, folder / entry.name)
            while packed.read(1 << 20):  # to the very end, where gzip keeps its own checksum
                pass
        return BackupManifest.from_json((folder / MANIFEST).read_text(encoding="utf-8"))
    except (tarfile.TarError, EOFError, zlib.error, OSError, ValueError, TypeError) as error:
        raise BackupBroken(f"{path} is cut off or is no backup ({type(error).__name__})") from error


def _write(archive: tarfile.TarFile, entry: tarfile.TarInfo, place: Path) -> None:
    """Write one plain file, for this user only (by hand: `filter` came with Python 3.11.4, Debian 12 has 3.11.2)."""
    place.parent.mkdir(parents=True, exist_ok=True)
    content = archive.extractfile(entry)
    if content is None:
        raise BackupBroken(f"{entry.name} is no plain file")
    place.touch(mode=0o600, exist_ok=False)
    with place.open("wb") as file:
        shutil.copyfileobj(content, file)


def _check_name(entry: tarfile.TarInfo) -> None:
    """Let nothing out of the folder and nothing in that a backup never holds."""
    parts = PurePosixPath(entry.name).parts
    known = entry.name in (MANIFEST, DATABASE) or entry.name.startswith(ALLOWED)
    if not entry.isreg() or not known or ".." in parts or entry.name.startswith("/"):
        raise BackupBroken(f"the archive holds {entry.name!r}, which does not belong in a backup")


def _check(manifest: BackupManifest, folder: Path, settings: Settings) -> None:
    if manifest.format > FORMAT or not knows(manifest.revision):
        raise BackupTooNew(f"this backup (tables {manifest.revision}) is of a newer version: install that first")
    if manifest.database != kind_of(settings.database):
        raise BackupRefused(
            f"this backup is of a {manifest.database} database and MEEDOEN_DATABASE_URL is {kind_of(settings.database)}"
        )
    found = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()} - {MANIFEST}
    if odd := sorted(found ^ set(manifest.files)):
        raise BackupBroken(f"the list in the backup and what is in it differ: {', '.join(odd[:3])}")
    for name, wanted in manifest.files.items():
        with (folder / name).open("rb") as content:
            if hashlib.file_digest(content, "sha256").hexdigest() != wanted:
                raise BackupBroken(f"{name} in the backup is not what it was: its checksum is wrong")


def _put_database(url: str, source: Path) -> None:
    if kind_of(url) == "postgresql":
        load(url, source)
        return
    target = Path(sqlite_file(url))
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(source, target)


def _put_files(folder: Path, var: Path) -> None:
    for place, target in ((folder / "var", var), (folder / "data", var / DATA)):
        if place.exists():
            shutil.copytree(place, target, dirs_exist_ok=True)
