"""Dates as people say them."""

from __future__ import annotations

import datetime as dt
import re

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip


def dutch_date(day: dt.date) -> str:
    """Return '21 november 2026'."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MOMENT = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)(?: (?:(?P<clock>\d\d[:.]\d\d)|(?P<part>\w+)))?")


def dutch_moment(moment: str) -> str:
    """Return a `datum_tijd` as people say it: 'dinsdag 24 november 2026, ochtend'; own words stay as they are."""
    if moment == "zsm":
        return "zo snel mogelijk"
    if not (found := _MOMENT.fullmatch(moment)):
        return moment
    try:
        day = dt.date.fromisoformat(found["day"])
    except ValueError:  # a day that no calendar has
        return moment
    words = f"{DAYS[day.weekday()]} {dutch_date(day)}"
    if found["clock"]:
        return f"{words} om {found['clock'].replace(':', '.')} uur"
    return f"{words}, {found['part']}" if found["part"] else words
