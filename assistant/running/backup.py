"""`meedoen backup FILE.tar.gz`: one file with everything that cannot be made again, taken while the house runs.

In it: the database (one moment of it), what staff taught and chose (`var/learned`, `var/model-choice`), the answers as
they are, and `manifest.json` with a checksum of each. Not in it: secrets (`var/rasa-token`), logs, models (their
manifests say how to train them again) and Rasa's tracker: a talk that is going on is not worth keeping words twice.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from assistant.answers.library import WATCHED
from assistant.database import current
from assistant.running.backup_manifest import DATABASE, MANIFEST, BackupManifest, kind_of, sqlite_file
from assistant.running.backup_postgres import dump
from assistant.running.errors import BackupRefused
from assistant.running.supervise_model import ModelState
from assistant.settings import Settings

KEPT = ("learned", "answers", "model-choice", "model-state.json", "outbox")
"""What is taken from var/: named one by one, so that a secret that is added later is not taken along."""


def backup(settings: Settings, path: Path) -> BackupManifest:
    """Write a backup that only this user can read; nothing is left behind when it fails. Raises BackupRefused."""
    url = settings.database
    missing = kind_of(url) == "sqlite" and not Path(sqlite_file(url)).exists()
    revision = None if missing else current(url)
    if revision is None:
        raise BackupRefused("there is no database yet, so there is nothing to keep")
    if path.exists():
        raise BackupRefused(f"{path} is there already; choose another name")
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
        database = Path(folder) / DATABASE
        _copy_database(settings.database, database)
        files = dict(_files(settings)) | {DATABASE: database}
        manifest = BackupManifest(
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            database=kind_of(settings.database),
            revision=revision,
            model=ModelState.read(settings.var).running,
            files={name: _sha256(file) for name, file in sorted(files.items())},
        )
        fresh = Path(folder) / "backup.tar.gz"
        _write(fresh, manifest, files)
        fresh.rename(path)
    return manifest


def _files(settings: Settings) -> Iterator[tuple[str, Path]]:
    """Yield (name in the archive, file) of everything but the database."""
    for name in KEPT:
        place = settings.var / name
        for file in [place] if place.is_file() else sorted(place.rglob("*")):
            if file.is_file() and not file.is_symlink():
                yield f"var/{file.relative_to(settings.var).as_posix()}", file
    for pattern in WATCHED:
        for file in sorted(settings.data.glob(pattern)):
            yield f"data/{file.relative_to(settings.data).as_posix()}", file


def _copy_database(url: str, to: Path) -> None:
    """Copy one moment of the database, whoever is writing in it."""
    if kind_of(url) == "postgresql":
        dump(url, to)
        return
    with closing(sqlite3.connect(sqlite_file(url))) as source, closing(sqlite3.connect(to)) as copy:
        source.backup(copy)  # SQLite's online backup; in one step, so of one moment
        copy.execute("PRAGMA journal_mode=DELETE")  # one file without companions


def _write(path: Path, manifest: BackupManifest, files: dict[str, Path]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with (
        os.fdopen(descriptor, "wb") as raw,
        gzip.GzipFile(fileobj=raw, mode="wb") as packed,
        tarfile.open(fileobj=packed, mode="w") as archive,
    ):
        words = manifest.to_json().encode()
        archive.addfile(_entry(MANIFEST, len(words)), io.BytesIO(words))
        for name, file in sorted(files.items()):
            with file.open("rb") as content:
                archive.addfile(_entry(name, file.stat().st_size), content)


def _entry(name: str, size: int) -> tarfile.TarInfo:
    """Return an entry without the owner's name: that is nobody's business."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, 0o600, int(datetime.now(UTC).timestamp())
    return entry


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
