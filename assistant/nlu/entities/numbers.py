"""Hours a week (`uren_per_week`): a number, a range, `deeltijd`, `voltijd`, or `onbekend` for "een paar uur"."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.nlu.entities.digits import Reading, read
from assistant.nlu.entities.entity import Entity

HOUR = r"(?:uurtjes|uurtje|uren|uurn|uurs|uurt|uur|ure|uus|u)\b"
MOST_HOURS = 60
_A = r"(?P<a>\d{1,2})(?:[.,]5| en een half)?"
_B = r"(?P<b>\d{1,2})(?:[.,]5)?"
_TO = r"\s*(?:tot en met|tot|t/m|of|à|a|-|en|n)\s*"
_PER_WEEK = r"(?:\s*(?:per|in de|in een|in 'n|pr|p/?|/|in 't|elke|iedere|de)\s*(?:week|wk|w)\b)?"
_DAYS = r"(?:dagen|daagen|daage|daag'n|dagn|dage|dagjes|dag|ochtenden|ogtenden|middagen|avonden|keer|maal|x)"
_NO_CLOCK = r"(?<!\bom )(?<!\bna )(?<!\bhalf )(?<!\brond )(?<!\btegen )(?<!\bkwart over )(?<!\bover )"
_NO_UNTIL = r"(?<!\btot )(?<!\bvanaf )(?<!\bbinnen )(?<!\btot uiterlijk )(?<!\bkwart voor )(?<![\d:.,€])"
_NOT_AFTER = (
    r"(?!\s*(?:per dag|op een dag|op 1 dag|achter elkaar|achter mekaar|aan een stuk|geleden|"
    r"gewacht|wachten|fietsen|lopen|"
    r"reizen|rijden|met de (?:bus|fiets|auto|trein)|bellen|later|slapen|in de wacht|in de rij|vertraging|reistijd|'s|"
    r"s middags|s ochtends|s avonds|smiddags|sochtends|thuis zijn|open|bereikbaar|stil|onderweg))"
)

_PRODUCT = re.compile(
    rf"\b{_A}\s*{_DAYS}\s*(?:van|per week|elk|á|à|a|,|om|keer|in de week)*\s*{_B}\s*{HOUR}(?:\s*(?:per|op een) dag)?"
)
_PRODUCT_BACK = re.compile(
    rf"\b{_B}\s*{HOUR}\s*(?:per|op een|op 'n|pr|elke)\s*dag,?\s*(?:en|op|en dan|voor|bij|dus)?\s*{_A}\s*{_DAYS}"
)
_RANGE = re.compile(
    rf"{_NO_UNTIL}(?<!\bvan )\b{_A}{_TO}{_B}\s*{HOUR}{_PER_WEEK}(?!\s*(?:'s|s |per dag|op een dag|elke dag))"
)
_TWICE = re.compile(rf"\b{_A}\s*{HOUR}\s*(?:tot|t/m|of|à|-)\s*{_B}\s*{HOUR}")
_HOURS = re.compile(rf"{_NO_CLOCK}{_NO_UNTIL}\b{_A}\s*{HOUR}{_NOT_AFTER}")
_WEEK = re.compile(
    r"\b(?P<a>\d{1,2})[- ]?urige(?:\s*(?:werk)?week)?|\b(?P<b>\d{1,2})[- ]uurs?[- ](?:contract|week|werkweek)"
)
_FULL = re.compile(r"\b(?:full[- ]?time|foeltaim|voltijds?|voltied|volle(?:dige)? werkweek)\b")
_PART = re.compile(r"\b(?:part[- ]?time|deeltijd|deel tijd|deeltied|partaim)\b")
_VAGUE = re.compile(
    r"\b(?:een |'n |n |1 )?(?:paar|enkele|stuk of wat) (?:uurtjes|uren|uur|ure)\b(?! (?:geleden|per dag|later))"
)

Rules = list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]
"""Patterns on a reading, each with what makes the value of its match; an empty value is no entity."""


def find(text: str, reading: Reading | None = None) -> list[Entity]:
    """Return `uren_per_week`; "drie dagen van zes uur" is 18."""
    return apply_rules("uren_per_week", _RULES, reading or read(text))


def apply_rules(entity: str, rules: Rules, reading: Reading) -> list[Entity]:
    """Return the pieces that the rules read, each piece by the first rule that claims it."""
    found: list[Entity] = []
    for pattern, value_of in rules:
        for match in pattern.finditer(reading.text):
            value = value_of(match)
            candidate = Entity(entity, *reading.span(*match.span()), value)
            if value and not any(candidate.overlaps(other) for other in found):
                found.append(candidate)
    return found


def _sane(hours: int) -> str:
    return str(hours) if 1 <= hours <= MOST_HOURS else ""


def _range(match: re.Match[str]) -> str:
    low, high = int(match["a"]), int(match["b"])
    return f"{low}-{high}" if 0 < low < high <= MOST_HOURS else ""


_RULES: Rules = [
    (_PRODUCT, lambda m: _sane(int(m["a"]) * int(m["b"]))),
    (_PRODUCT_BACK, lambda m: _sane(int(m["a"]) * int(m["b"]))),
    (_RANGE, _range),
    (_TWICE, _range),
    (_WEEK, lambda m: _sane(int(m["a"] or m["b"]))),
    (_HOURS, lambda m: _sane(int(m["a"]))),
    (_FULL, lambda m: "voltijd"),
    (_PART, lambda m: "deeltijd"),
    (_VAGUE, lambda m: "onbekend"),
]
