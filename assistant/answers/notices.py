"""Temporary notices: a closed day, a change of law, a fault. Said at the welcome, or before the next answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answers.errors import AnswerFileError
from assistant.answers.model import Words
from assistant.answers.read import entries_in, nearest

PREFIX = "mededeling/"
FIELDS = ("from", "until", "municipality", "text", "simple", "spoken")


@dataclass(frozen=True)
class Notice:
    """Words that count from a day until a day, for everybody or for one municipality."""

    key: str
    start: dt.date
    until: dt.date
    """The last day."""
    municipality: str | None
    words: Words
    file: str = ""
    line: int = 0

    def is_on(self, day: dt.date, municipality: str | None) -> bool:
        """Whether it is to be said to somebody of this municipality on this day."""
        return self.start <= day <= self.until and self.municipality in (None, municipality)


def read_notices(directory: Path) -> tuple[Notice, ...]:
    """Return all notices of data/notices, also those that are over or not there yet."""
    return tuple(_notice(key, raw, path) for path in sorted(directory.glob("*.yml")) for key, raw in entries_in(path))


def _notice(key: str, raw: dict[str, Any], path: Path) -> Notice:
    line = raw["__line__"]
    for name in raw:
        if name != "__line__" and name not in FIELDS:
            raise AnswerFileError(path.as_posix(), line, f'{key}: "{name}" is geen veld{nearest(name, FIELDS)}')
    days = (raw.get("from"), raw.get("until"))
    if not all(isinstance(day, dt.date) for day in days):
        raise AnswerFileError(path.as_posix(), line, f"{key}: from en until zijn datums (jjjj-mm-dd)")
    if not raw.get("text") or raw["until"] < raw["from"]:
        raise AnswerFileError(path.as_posix(), line, f"{key}: text ontbreekt, of until ligt voor from")
    words = Words(*(str(raw.get(name) or "").strip() for name in ("text", "simple", "spoken")))
    return Notice(key, raw["from"], raw["until"], raw.get("municipality"), words, path.as_posix(), line)
