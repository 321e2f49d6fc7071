"""Days, weeks and months as they are in the Netherlands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assistant.figures.errors import PeriodUnknown

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included. Raises PeriodUnknown when it ends before it begins."""

    since: date
    until: date

    def __post_init__(self) -> None:
        if self.until < self.since:
            raise PeriodUnknown("ends before it begins")

    def days(self) -> Iterator[date]:
        """Every day."""
        return (self.since + n * DAY for n in range((self.until - self.since).days + 1))

    def weeks(self) -> Iterator[tuple[str, Period]]:
        """Every week with its ISO name ("2026-W47"), cut off at the ends of the period."""
        first = self.since
        while first <= self.until:
            last = min(first + (6 - first.weekday()) * DAY, self.until)
            year, week, _ = first.isocalendar()
            yield f"{year}-W{week:02d}", Period(first, last)
            first = last + DAY

    def months(self) -> Iterator[tuple[str, Period]]:
        """Every month with its name ("2026-11"), cut off at the ends of the period."""
        first = self.since
        while first <= self.until:
            last = min(_last_of_month(first), self.until)
            yield f"{first:%Y-%m}", Period(first, last)
            first = last + DAY


def month(text: str) -> Period:
    """ "2026-11" → the first to the last of November. Raises PeriodUnknown."""
    try:
        first = date.fromisoformat(f"{text}-01")
        return Period(first, _last_of_month(first))
    except (ValueError, OverflowError) as error:  # the second: the last month that a date can be in
        raise PeriodUnknown("no month") from error


def months_before(today: date, count: int) -> list[str]:
    """The names of the last full months, the last one first."""
    names, first = [], today.replace(day=1)
    for _ in range(count):
        first = (first - DAY).replace(day=1)
        names.append(f"{first:%Y-%m}")
    return names


def moments(day: date) -> tuple[datetime, datetime]:
    """The first moment of a day, and the first one after it; a day of 23 or 25 hours when the clock changes."""
    return datetime.combine(day, time(), AMSTERDAM), datetime.combine(day + DAY, time(), AMSTERDAM)


def day_of(moment: datetime) -> date:
    """The day that it is in the Netherlands."""
    return moment.astimezone(AMSTERDAM).date()


def _last_of_month(day: date) -> date:
    return (day.replace(day=28) + 4 * DAY).replace(day=1) - DAY
