"""What is not right in the files of an editor: file, line and what to do, in the editor's Dutch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

Level = Literal["fout", "let op"]


@dataclass(frozen=True, order=True)
class Finding:
    """One thing to mend (`fout`) or to look at (`let op`)."""

    file: str
    line: int
    level: Level
    message: str

    def __str__(self) -> str:
        return f"{self.file}, regel {self.line}: {self.level}: {self.message}"


def line_of(file: str, start: int, needle: str) -> int:
    """Return the line, from `start` on and within the same entry, on which a text stands; `start` when it does not."""
    lines = _lines(file, Path(file).stat().st_mtime_ns) if Path(file).is_file() else ()
    for number, line in enumerate(lines[start - 1 :], start=start):
        if number > start and line[:1].strip() and line[:1] != "#":
            break
        if needle in line:
            return number
    return start


@lru_cache(maxsize=128)
def _lines(file: str, _changed: int) -> tuple[str, ...]:
    return tuple(Path(file).read_text(encoding="utf-8").splitlines())
