"""The classes of data in files: sound, outgoing mail, logs, models."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

KEPT_MODELS = 3
_STAMP = re.compile(r"(20\d\d-[01]\d-[0-3]\d)[T ]([0-2]\d:[0-5]\d:[0-5]\d)")
Find = Callable[[Path, Path, datetime], list[Path]]


def _older(paths: Iterable[Path], border: datetime) -> list[Path]:
    return sorted(path for path in paths if path.is_file() and path.stat().st_mtime < border.timestamp())


def recordings(var: Path, root: Path, border: datetime) -> list[Path]:
    """Return recorded speech that is over its term."""
    return _older((var / "voice" / "recordings").rglob("*"), border)


def mails(var: Path, root: Path, border: datetime) -> list[Path]:
    """Return mails of the outbox that are over their term."""
    return _older((var / "outbox").rglob("*"), border)


def models(var: Path, root: Path, border: datetime) -> list[Path]:
    """Return models over their term that are neither chosen, running, promoted nor among the newest three."""
    every = sorted((root / "models").glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    busy = _models_in_use(var, root)
    return _older((path for path in every[KEPT_MODELS:] if path.name not in busy), border)


def _models_in_use(var: Path, root: Path) -> set[str]:
    names = set()
    for path in (var / "model-choice", var / "model-state.json", *(root / "models").glob("*promoted*")):
        if path.is_file():
            names |= set(re.findall(r"[\w.-]+\.tar\.gz", path.read_text(encoding="utf-8")))
    for path in (root / "models" / "manifests").glob("*.json"):
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw.get("promoted"):
            names.add(str(raw.get("model")))
    return names


def sweep_files(paths: Iterable[Path]) -> int:
    """Delete the files and return how many there were; one that is gone already does not count."""
    count = 0
    for path in paths:
        try:
            path.unlink()
            count += 1
        except FileNotFoundError:
            continue
    return count


def old_lines(path: Path, border: datetime) -> int:
    """Return how many lines at the start of a log are older than the border; a line without a moment goes with the one
    before it."""
    count = 0
    with path.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, start=1):
            found = _STAMP.search(line[:200])
            if found and datetime.fromisoformat(f"{found[1]}T{found[2]}").replace(tzinfo=UTC) >= border:
                break
            count = number
    return count


def shorten(path: Path, border: datetime) -> int:
    """Take old lines out of a log in place (the writer holds it open to append) and return how many."""
    count = old_lines(path, border)
    if count:
        with path.open("r+b") as log:
            kept = log.read().split(b"\n", count)[-1]
            log.seek(0)
            log.truncate()
            log.write(kept)
    return count


FILES: dict[str, Find] = {"geluid": recordings, "post": mails, "model": models}
