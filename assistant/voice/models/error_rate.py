"""How many words a recogniser gets wrong: word error rate, and how many words of the trade it catches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def words_of(text: str) -> list[str]:
    """Return the words of a transcript, without capitals and punctuation."""
    return re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text.lower().replace("’", "'"))


def errors(right: Sequence[str], heard: Sequence[str]) -> int:
    """Return how many words must be changed, added or left out (Levenshtein on words)."""
    row = list(range(len(heard) + 1))
    for at, word in enumerate(right, 1):
        previous, row[0] = row[0], at
        for place, other in enumerate(heard, 1):
            previous, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, previous + (word != other))
    return row[-1]


def error_rate(pairs: Iterable[tuple[str, str]]) -> float:
    """Return wrong words per word over (right, heard) transcripts, 0 when there was nothing to hear."""
    wrong = total = 0
    for right, heard in pairs:
        spoken = words_of(right)
        wrong += errors(spoken, words_of(heard))
        total += len(spoken)
    return wrong / total if total else 0.0


def recall(pairs: Iterable[tuple[str, str]], terms: Iterable[str]) -> tuple[int, int]:
    """Return how many of the terms that were said were also heard, and how many were said."""
    keys = [" ".join(words_of(term)) for term in terms]
    caught = said = 0
    for right, heard in pairs:
        spoken, got = (f" {' '.join(words_of(text))} " for text in (right, heard))
        for key in keys:
            if f" {key} " in spoken:
                said += 1
                caught += f" {key} " in got
    return caught, said
