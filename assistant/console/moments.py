"""Days and moments as they are written in Dutch, in the time of Amsterdam."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from assistant.answers import dutch_date

HERE = ZoneInfo("Europe/Amsterdam")


def day(when: date | datetime | None) -> str:
    """Return `3 maart 2026`; a dash for None."""
    if when is None:
        return "–"
    local = when.astimezone(HERE) if isinstance(when, datetime) else when
    return dutch_date(local)


def clock(when: datetime | None) -> str:
    """Return `14:05`; a dash for None."""
    return "–" if when is None else f"{when.astimezone(HERE):%H:%M}"


def moment(when: datetime | None) -> str:
    """Return `3 maart 2026, 14:05`; a dash for None."""
    return "–" if when is None else f"{day(when)}, {clock(when)}"
