"""Dates as people say them."""

from __future__ import annotations

import datetime as dt

_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip


def dutch_date(day: dt.date) -> str:
    """Return '21 november 2026'."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
