"""Citizen service numbers: eight or nine digits that pass the eleven-test, or that somebody calls one.

Sources: Logisch ontwerp BSN (eleven-test, as in python-stdnum); AVG article 87 and UAVG article 46: without a ground
in law nobody may keep it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum.nl import bsn

from assistant.core.masking.ibans import ibans
from assistant.core.masking.reading import Reading
from assistant.core.masking.span import Span, Taken

_NINE = re.compile(r"(?<!\d)(?=(\d(?:[\s./_\-]?\d){8}|\d(?:, \d){8}))")
_EIGHT = re.compile(r"(?<!\d)(?=(\d(?:[\s./_\-]?\d){7}|\d(?:, \d){7}))")
_CALLED = re.compile(
    r"(?:\bbsn|\bburger\s?-?service\s?-?num\w*|\bsofi\w*)(?:-?\s?(?:nummer|nr))?\D{0,25}?(?P<n>\d(?:[\s./_\-]{0,2}\d){7,8})(?!\d)"
)
REGISTRATION = re.compile(r"\ba\s?w[\s-]*2\s?0\s?\d\s?\d[\s-]*\d(?:\s?\d){0,5}(?!\d)|(?<!\d)20\d\d-\d{5}(?!\d)")
_DAY = re.compile(r"(?<!\d)(?:[0-3]?\d([-/. ])[01]?\d\1(?:19|20)\d\d|(?:19|20)\d\d-[01]\d-[0-3]\d)(?!\d)")
_BORN = re.compile(r"\bgeb\w*\.?(?: \w+)?\D{0,6}[0-3]\d[01]\d(?:19|20)\d\d(?!\d)")
_PHONE = re.compile(r"(?<![\d+])\(?(?:0[1-9](?:[\s.\-()]{0,3}\d){8}|0(?:[ -]\d){9})(?!\d)")
_ABROAD = re.compile(r"(?:(?:\+|\bplus\s)[1-9]|(?<!\d)00[1-9]\d)(?:[\s.\-()]{0,3}\d){7,13}(?!\d)")
_IN_ONE_PIECE = re.compile(r"(?<!\d)\d{9}(?!\d)")
Place = tuple[int, int]


def bsns(reading: Reading) -> list[Span]:
    """Return where a citizen service number stands.

    One in eleven other nine-digit numbers passes the test as well; those are taken too, which is the safe side.
    Phone numbers, bank accounts, days and registration numbers are left alone: a person must be able to give those.
    """
    taken = Taken(len(reading.text))
    for start, end in _other_numbers(reading):
        taken.take(start, end)
    called = [match.span("n") for match in _CALLED.finditer(reading.text)]
    tested = sorted(_candidates(reading.text), key=lambda place: (place[0], -place[1]))
    return [Span(*reading.span(*place), "bsn") for place in [*called, *tested] if taken.take(*place)]


def _candidates(text: str) -> Iterator[Place]:
    """Yield every run of eight or nine digits that starts and ends where a number does and passes the eleven-test."""
    for pattern in (_NINE, _EIGHT):
        for match in pattern.finditer(text):
            start, end = match.span(1)
            digits = "".join(str(int(character)) for character in match[1] if character.isdecimal())
            if not text[end : end + 1].isdecimal() and bsn.is_valid(digits):
                yield start, end


def _other_numbers(reading: Reading) -> Iterator[Place]:
    """Yield the numbers that are certainly no BSN. Nobody writes nine digits of a phone number in one piece."""
    yield from ibans(reading.text)
    for pattern in (REGISTRATION, _DAY, _BORN, _ABROAD):
        yield from (match.span() for match in pattern.finditer(reading.text))
    for match in _PHONE.finditer(reading.text):
        if not _IN_ONE_PIECE.search(match.group()):
            yield match.span()
