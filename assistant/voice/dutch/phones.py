"""Phone numbers, digit by digit with a pause where the number is written apart."""

from __future__ import annotations

import re

from assistant.voice.dutch.numbers import digits
from assistant.voice.dutch.rule import Rule, before

_CALL = re.compile(r"(?:\b(?:bel|belt|bellen|gebeld|nummer|nummers|via|naar|of|met|is|telefoon|tel\.?)|:)$")
_SEPARATOR = re.compile(r"[\s./()–-]+")


def in_groups(number: str) -> str:
    """Return a number in groups: as it is written, and a long group in twos (the first has three when it is odd)."""
    groups = [part for part in _SEPARATOR.split(number.replace("(0)", " ")) if part]
    return ", ".join(said for group in groups for said in _said(group))


def _said(group: str) -> list[str]:
    plus = "plus " if group.startswith("+") else ""
    group = group.lstrip("+")
    if len(group) <= 4:
        return [plus + digits(group)]
    cut = 3 if len(group) % 2 else 2
    parts = [group[:cut], *(group[at : at + 2] for at in range(cut, len(group), 2))]
    return [plus + digits(parts[0]), *map(digits, parts[1:])]


def _subscriber(match: re.Match[str]) -> str | None:
    figures = re.sub(r"\D", "", match.group())
    return in_groups(_with_area(match.group())) if 8 <= len(figures) <= 13 else None


def _with_area(number: str) -> str:
    """Part the area code from a number that is written as one."""
    return re.sub(r"^(06|0800|0900|088)(?=\d{4})", r"\1 ", number)


def _municipal(match: re.Match[str]) -> str:
    """The short number of a municipality: 14 and its area code."""
    return f"veertien, {digits(match['area'])}"


def _emergency(match: re.Match[str]) -> str | None:
    return digits(match.group()) if _CALL.search(before(match)) else None


RULES = (
    Rule.of(r"\b14[ ]?(?P<area>0\d{2,3})\b(?![ -]?\d)", _municipal),
    Rule.of(r"(?:\+|\b00)[1-9](?:[ .()-]{0,2}\d){7,13}\b", _subscriber),
    Rule.of(r"\(?\b0(?:[89]00)[ -]?\d{2,4}(?:[ -]?\d{2,4})?\b", lambda match: in_groups(_with_area(match.group()))),
    Rule.of(r"\(?\b0[1-9](?:[ .()/-]{0,3}\d){8}\b", _subscriber),
    Rule.of(r"\b(?:112|113|116 ?1(?:11|17|23)|144)\b", _emergency),
)
