"""Is somebody there now, and if not: when is the next moment? Dutch public holidays count as closed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import holidays

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LOOK_AHEAD = 31
"""Days to look for the next opening; longer closed than this is as good as unknown."""


@dataclass(frozen=True)
class Hours:
    """From when until when somebody is there on one day."""

    opens: dt.time
    closes: dt.time


@dataclass(frozen=True)
class OpeningHours:
    """The week of one municipality, with the days on which it is closed besides public holidays."""

    week: tuple[Hours | None, ...]
    closed: frozenset[dt.date] = frozenset()
    is_verified: bool = False
    """Whether the municipality itself confirmed these hours; if not, they are said with a proviso."""

    @classmethod
    def of(cls, raw: dict[str, Any]) -> OpeningHours:
        """Read `opening_hours` of a municipality file: '09:00-17:00' per day; anything else is a ValueError."""
        _public_holidays(dt.datetime.now(AMSTERDAM).year)  # worked out now, so that nobody in a talk waits for it
        week = tuple(_hours(raw.get(day)) for day in DAYS)
        return cls(week, frozenset(raw.get("closed") or ()), not raw.get("unverified", False))

    def on(self, day: dt.date) -> Hours | None:
        """Return the hours of a day, None when nobody is there."""
        if day in self.closed or day in _public_holidays(day.year):
            return None
        return self.week[day.weekday()]

    def until(self, now: dt.datetime) -> dt.time | None:
        """Return until when somebody is there now, or None when nobody is."""
        hours = self.on(now.date())
        return hours.closes if hours and hours.opens <= now.time() < hours.closes else None

    def next(self, now: dt.datetime) -> dt.datetime | None:
        """Return the next moment at which somebody begins, or None when that is not within a month."""
        for ahead in range(LOOK_AHEAD):
            day = now.date() + dt.timedelta(days=ahead)
            hours = self.on(day)
            if hours and (ahead or now.time() < hours.opens):
                return dt.datetime.combine(day, hours.opens, now.tzinfo)
        return None


def _hours(text: str | None) -> Hours | None:
    if not text:
        return None
    opens, _, closes = str(text).partition("-")
    return Hours(dt.time.fromisoformat(opens.strip()), dt.time.fromisoformat(closes.strip()))


@lru_cache(maxsize=8)
def _public_holidays(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("NL", years=year))
