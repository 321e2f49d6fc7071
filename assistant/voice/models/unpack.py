"""Unpack a model safely: nothing outside its folder, no links, no endless file."""

from __future__ import annotations

import shutil
import tarfile
import zipfile
from pathlib import Path

from assistant.voice.errors import ModelInvalid

LARGEST_BYTES = 6 << 30
MOST_FILES = 2000
ARCHIVES = {".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz"}


def unpack(source: Path, folder: Path) -> None:
    """Put a zip, a tar, a single file or a folder into `folder`. A single folder inside is taken off."""
    folder.mkdir(parents=True)
    try:
        if source.is_dir():
            shutil.copytree(source, folder, dirs_exist_ok=True)
        elif zipfile.is_zipfile(source):
            _zip(source, folder)
        elif tarfile.is_tarfile(source):
            _tar(source, folder)
        elif source.suffix in ARCHIVES:
            raise ModelInvalid(f"{source.name} is damaged or not whole")
        else:
            shutil.copy(source, folder / source.name)
    except (OSError, EOFError, tarfile.TarError, zipfile.BadZipFile) as error:
        raise ModelInvalid(f"{source.name} cannot be unpacked: {type(error).__name__}") from error
    _lift(folder)


def _zip(source: Path, folder: Path) -> None:
    with zipfile.ZipFile(source) as archive:
        entries = archive.infolist()
        _bounded(sum(entry.file_size for entry in entries), len(entries))
        for entry in entries:
            _inside(folder, entry.filename)
        archive.extractall(folder)  # noqa: S202  # every name was checked above


def _tar(source: Path, folder: Path) -> None:
    with tarfile.open(source) as archive:
        entries = archive.getmembers()
        _bounded(sum(entry.size for entry in entries), len(entries))
        for entry in entries:
            _inside(folder, entry.name)
            if not (entry.isfile() or entry.isdir()):
                raise ModelInvalid("the archive holds a link or a device, where a model holds files")
        # Python's own filter for this came with 3.11.4; Debian 12 has 3.11.2.
        archive.extractall(folder)  # noqa: S202  # every entry was checked above


def _bounded(size: int, count: int) -> None:
    if size > LARGEST_BYTES or count > MOST_FILES:
        raise ModelInvalid("the archive is larger than a model can be")


def _inside(folder: Path, name: str) -> None:
    if not (folder / name).resolve().is_relative_to(folder.resolve()):
        raise ModelInvalid("the archive wants to write outside its folder")


def _lift(folder: Path) -> None:
    """Take off the single folder that most archives are wrapped in."""
    inside = list(folder.iterdir())
    if len(inside) == 1 and inside[0].is_dir():
        for path in list(inside[0].iterdir()):
            path.rename(folder / path.name)
        inside[0].rmdir()
