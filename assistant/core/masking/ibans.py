"""Bank accounts: any country's by its check digits, a Dutch one also when it is mistyped or spelt out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import iban

_ANY = re.compile(r"(?<![^\W_])(?=([a-z]{2}\s?\d{2}(?:\s?[a-z0-9]{4}){2,7}(?:\s?[a-z0-9]{1,4})?))")
_GAP = r"[\s.\-]{0,2}"
_DUTCH = re.compile(rf"(?<![^\W_])n{_GAP}l{_GAP}\d{_GAP}\d{_GAP}(?:[a-z]{_GAP}){{4}}(?:\d{_GAP}){{9}}\d(?!\d)")
_SHORTEST = 14
_SPACE = re.compile(r"\s")
_FIGURES = {ord(letter): str(value) for value, letter in enumerate("abcdefghijklmnopqrstuvwxyz", start=10)}
"""What a letter counts for in the check of ISO 7064; done here first, because most of what is tried is no account."""


def ibans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of bank accounts in a reading.

    Words behind one can look like a part of it, so the end is tried from far to near. Words before one can look like
    the beginning of another ("op 12 de89 3704 ..."), so one may begin inside what was no account after all.
    """
    for match in _ANY.finditer(text):
        start, end = match.span(1)
        stop = next((stop for stop in range(end, start + _SHORTEST, -1) if _fits(text[start:stop])), None)
        if stop is not None:
            yield start, stop
    yield from (match.span() for match in _DUTCH.finditer(text))


def _fits(found: str) -> bool:
    plain = _SPACE.sub("", found)
    if found[-1].isspace() or int((plain[4:] + plain[:4]).translate(_FIGURES)) % 97 != 1:
        return False
    return bool(iban.is_valid(plain))
