"""The answers as they are from a day on. A folder data/answers/2027-01-01/ holds what changes on that day.

Such a folder is laid out like data/answers itself: <groep>.yml, and <gemeente>/<groep>.yml with what differs there.
Until the day comes the folder changes nothing, on that day it is in use, without a restart and without training.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answers.errors import AnswerFileError
from assistant.answers.model import Answer
from assistant.answers.read import answer, answers_in, laid_over, nearest

Raw = dict[str, tuple[dict[str, Any], Path]]


@dataclass(frozen=True)
class Edition:
    """All answers from one day on: the standard ones and those of each municipality."""

    valid_from: dt.date
    standard: Mapping[str, Answer]
    local: Mapping[str, Mapping[str, Answer]]


def read_editions(directory: Path, municipalities: Iterable[str]) -> tuple[Edition, ...]:
    """Return the editions, oldest first; the first one is valid from the beginning of time."""
    names = list(municipalities)
    standard: Raw = {}
    local: dict[str, Raw] = {name: {} for name in names}
    editions = []
    for day, folder in [(dt.date.min, directory), *prepared(directory, names)]:
        standard = _overlaid(standard, folder)
        local = {name: _overlaid(local[name], folder / name) for name in names}
        editions.append(Edition(day, _standard(standard), {name: _local(local[name], standard) for name in names}))
    return tuple(editions)


def prepared(directory: Path, municipalities: Iterable[str]) -> list[tuple[dt.date, Path]]:
    """Return the folders with a date; any other folder must be a municipality's."""
    found, names = [], [*municipalities]
    for folder in sorted(path for path in directory.iterdir() if path.is_dir()):
        try:
            found.append((dt.date.fromisoformat(folder.name), folder))
        except ValueError:
            if folder.name not in names:
                what = f'"{folder.name}" is geen gemeente en geen datum (jjjj-mm-dd){nearest(folder.name, names)}'
                raise AnswerFileError(folder.as_posix(), 1, what) from None
    return found


def _overlaid(base: Raw, folder: Path) -> Raw:
    changed = dict(base)
    for key, raw, path in answers_in(folder):
        changed[key] = (laid_over(base[key][0], raw) if key in base else raw, path)
    return changed


def _standard(entries: Raw) -> dict[str, Answer]:
    return {key: answer(key, raw, path) for key, (raw, path) in entries.items()}


def _local(entries: Raw, standard: Raw) -> dict[str, Answer]:
    answers = {}
    for key, (raw, path) in entries.items():
        if key not in standard:
            what = f'"{key}" staat niet in de standaardantwoorden{nearest(key, standard)}'
            raise AnswerFileError(path.as_posix(), raw["__line__"], what)
        answers[key] = answer(key, laid_over(standard[key][0], raw), path)
    return answers
