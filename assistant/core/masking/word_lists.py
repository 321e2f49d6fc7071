"""The lists of data/privacy: names, small words before them, and words that are no name."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[3] / "data" / "privacy"


def _lines(name: str) -> list[str]:
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip().lower() for line in lines if line.strip() and not line.startswith("#")]


@cache
def words(name: str) -> frozenset[str]:
    """Return the words of `<name>.txt`, in small letters."""
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def phrases(name: str) -> re.Pattern[str]:
    """Return a pattern for the lines of `<name>.txt` as whole words, to be used on small letters."""
    return re.compile(rf"\b(?:{'|'.join(re.escape(line) for line in sorted(_lines(name), key=len, reverse=True))})\b")


@cache
def stems(name: str) -> re.Pattern[str]:
    """Return a pattern for the words of `<name>.txt`, where a word with a star takes every ending."""
    parts = (re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in sorted(words(name)))
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")
