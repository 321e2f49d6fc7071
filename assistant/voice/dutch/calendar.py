"""Dates, times of the day and short names of weekdays."""

from __future__ import annotations

import re

from assistant.voice.dutch.numbers import cardinal
from assistant.voice.dutch.rule import Rule, before
from assistant.voice.dutch.words import words

_MONTHS: list[str] = words()["months"]
_SHORT: dict[str, int] = words()["short_months"]
_DAYS: dict[str, str] = words()["weekdays"]
_NAMES = "|".join((*_MONTHS, *(rf"{short}\b\.?" for short in sorted(_SHORT, key=len, reverse=True))))
_CLOCK = r"(?:[01]?\d|2[0-4])"
_TO = {"-": "tot", "–": "tot", "—": "tot", "tot": "tot", "t/m": "tot en met", "tot en met": "tot en met", "en": "en"}
_JOIN = r"\s*(?P<join>[-–—]|t/m|\btot en met\b|\btot\b|\ben\b)\s*"
_SHORT_DAY = "|".join(_DAYS)
_BEFORE_TIME = re.compile(r"\b(?:om|vanaf|tot|tussen|voor|na)$")


def _month(name: str) -> str:
    name = name.lower().rstrip(".")
    return _MONTHS[_SHORT[name] - 1] if name in _SHORT else name


def _date(day: str, month: int, year: str | None) -> str | None:
    if not (1 <= int(day) <= 31 and 1 <= month <= 12):
        return None
    said = f"{cardinal(int(day))} {_MONTHS[month - 1]}"
    return f"{said} {cardinal(int(year))}" if year else said


def _figures(match: re.Match[str]) -> str | None:
    year = match["year"]
    return _date(match["day"], int(match["month"]), year if len(year) == 4 else f"20{year}")


def _iso(match: re.Match[str]) -> str | None:
    return _date(match["day"], int(match["month"]), match["year"])


def _written(match: re.Match[str]) -> str | None:
    day = int(match["day"])
    if not 1 <= day <= 31:
        return None
    until = f" {_TO[match['join'].lower()]} {cardinal(int(match['last']))}" if match["last"] else ""
    year = f" {cardinal(int(match['year']))}" if match["year"] else ""
    return f"{cardinal(day)}{until} {_month(match['month'])}{year}"


def _month_year(match: re.Match[str]) -> str:
    return f"{_month(match['month'])} {cardinal(int(match['year']))}"


def clock(hour: str, minute: str | None) -> str | None:
    """Return a time of the day as it is on a clock of 24 hours: 'negen uur dertig'. None for what is no time."""
    if int(hour) > 24 or int(minute or 0) > 59:
        return None
    said = f"{cardinal(int(hour))} uur"
    return f"{said} {cardinal(int(minute))}" if minute and int(minute) else said


def _time(match: re.Match[str]) -> str | None:
    return clock(match["hour"], match["minute"])


def _bare_time(match: re.Match[str]) -> str | None:
    """'om 9.30' without 'uur': only after a word that a time follows."""
    return clock(match["hour"], match["minute"]) if _BEFORE_TIME.search(before(match)) else None


def _times(match: re.Match[str]) -> str | None:
    first, last = clock(match["hour"], match["minute"]), clock(match["hour2"], match["minute2"])
    return f"{first} {_TO[match['join'].lower()]} {last}" if first and last else None


def _hours(match: re.Match[str]) -> str:
    """'9 - 17 uur' can be hours of a clock or hours of work: said so that both are right."""
    return f"{cardinal(int(match['hour']))} {_TO[match['join'].lower()]} {cardinal(int(match['hour2']))} uur"


def _weekdays(match: re.Match[str]) -> str:
    join = {"-": "tot en met", "–": "tot en met", "/": "en"}.get(match["join"], _TO.get(match["join"].lower(), ""))
    return f"{_DAYS[match['one'].lower()]} {join} {_DAYS[match['two'].lower()]}"


RULES = (
    Rule.of(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)\b", _iso),
    Rule.of(
        r"\b(?P<day>[0-3]?\d)(?P<gap>[-/.])(?P<month>[01]?\d)(?P=gap)(?P<year>(?:19|20)\d\d|\d\d)\b(?!,\d)", _figures
    ),
    Rule.of(
        rf"\b(?P<day>[0-3]?\d)(?:{_JOIN}(?P<last>[0-3]?\d))?\s+(?P<month>{_NAMES})(?!\w)(?:\s+(?P<year>(?:19|20)\d\d)\b)?",
        _written,
    ),
    Rule.of(rf"\b(?P<month>{_NAMES})\s+(?P<year>(?:19|20)\d\d)\b", _month_year),
    Rule.of(
        rf"\b(?P<hour>{_CLOCK})[:.](?P<minute>[0-5]\d)(?:\s*(?:uur|u\.?))?{_JOIN}"
        rf"(?P<hour2>{_CLOCK})[:.](?P<minute2>[0-5]\d)(?!\d)(?:\s*(?:uur|u\b\.?))?",
        _times,
    ),
    Rule.of(rf"\b(?P<hour>{_CLOCK}):(?P<minute>[0-5]\d)(?!\d)(?:\s*(?:uur|u\b))?", _time),
    Rule.of(rf"\b(?P<hour>{_CLOCK})\.(?P<minute>[0-5]\d)\s*(?:uur|u)\b", _time),
    Rule.of(rf"\b(?P<hour>{_CLOCK})\.(?P<minute>[0-5]\d)(?!\d|[.,]\d)", _bare_time),
    Rule.of(rf"\b(?P<hour>{_CLOCK})u(?P<minute>[0-5]\d)\b", _time),
    Rule.of(r"\b(?P<hour>\d{1,3})\s*(?P<join>[-–—])\s*(?P<hour2>\d{1,3})\s*(?:uur|u)\b", _hours),
    Rule.of(rf"\b(?P<one>{_SHORT_DAY})\s*(?P<join>[-–/]|t/m|tot en met|en)\s*(?P<two>{_SHORT_DAY})\b", _weekdays),
    Rule.of(rf"\b(?P<one>{_SHORT_DAY})\.(?=\s+\d)", lambda match: _DAYS[match["one"].lower()]),
)
