"""Which day words mean, counted from today: "volgende week dinsdag", "24 november", "over twee weken"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from assistant.nlu.entities.days import DAYS, WEEKDAY, day_code

MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
MONTH = (
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    r"(?:jan|feb|mrt|apr|jun|jul|aug|sept|sep|okt|nov|dec)\b\.?)"
)
_DAYS_AWAY = (
    (re.compile(r"vandaag|vanmid|vanmorgen|vanochtend|vanavond|straks|van de week"), 0),
    (re.compile(r"gisteren"), -1),
    (re.compile(r"overmorgen"), 2),
    (re.compile(r"morge|morgn|mörgen"), 1),
)


def date_of(words: str, today: date) -> date | None:
    """Return the first day from today that the words can mean, `None` when they name no day."""
    for pattern, days in _DAYS_AWAY:
        if pattern.match(words):
            return today + timedelta(days=days)
    if "weekend" in words:
        return _next_week(today) if words.startswith("na") else _weekday(5, today, next_week=False)
    if words.startswith("over "):
        amount = int((re.findall(r"\d", words) or ["1"])[0])
        return today + timedelta(days=amount * (7 if "we" in words[5:] else 1))
    if re.search(r"\d", words):
        return _calendar(words, today)
    return _named_day(words, today)


def _named_day(words: str, today: date) -> date | None:
    """Return the day of "volgende week dinsdag", "vrijdag" or "deze week"."""
    if "vakantie" in words:
        return None
    name = re.search(WEEKDAY, words)
    if name is None:
        return _next_week(today) if "week" in words and "deze" not in words else today
    return _weekday(DAYS.index(day_code(name.group())), today, next_week="volgende week" in words)


def _weekday(day: int, today: date, next_week: bool) -> date:
    if next_week:
        return _next_week(today) + timedelta(days=day)
    return today + timedelta(days=(day - today.weekday()) % 7 or 7)


def _next_week(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())


def _calendar(words: str, today: date) -> date | None:
    """Return the day of "24 november" or "24-11"; without a year the first one that is not past."""
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    named = re.search(MONTH, words)
    month = _month_number(named.group()) if named else numbers[1]
    years = numbers[1:] if named else numbers[2:]
    year = years[0] + (2000 if years[0] < 100 else 0) if years else today.year
    for candidate in (year, year + 1):
        try:
            day = date(candidate, month, numbers[0])
        except ValueError:
            continue
        if years or day >= today:
            return day
    return None


def _month_number(name: str) -> int:
    return 3 if name.startswith("maart") else MONTHS.index(name[:3]) + 1
