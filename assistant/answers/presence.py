"""Is somebody there now, in words: the value `{iemand_nu}`. The sentences stand under `bereikbaar/` in the answers."""

from __future__ import annotations

import datetime as dt

from assistant.answers.dates import DAYS, dutch_date
from assistant.answers.opening_hours import OpeningHours


def presence(hours: OpeningHours | None, now: dt.datetime) -> tuple[str, dict[str, str]]:
    """Return the key of the sentence that is true now, and the values for its braces."""
    if hours is None:
        return "bereikbaar/onbekend", {}
    sure = "" if hours.is_verified else "_misschien"
    until = hours.until(now)
    if until is not None:
        return f"bereikbaar/nu{sure}", {"sluit": _clock(until)}
    opens = hours.next(now)
    if opens is None:
        return "bereikbaar/onbekend", {}
    return f"bereikbaar/later{sure}", {"dag": _day(opens.date(), now.date()), "opent": _clock(opens.time())}


def _clock(time: dt.time) -> str:
    return f"{time.hour}.{time.minute:02d}" if time.minute else str(time.hour)


def _day(day: dt.date, today: dt.date) -> str:
    """Return 'vandaag', 'morgen', 'maandag', or further away 'maandag 4 januari 2027'."""
    ahead = (day - today).days
    if ahead < 2:
        return ("vandaag", "morgen")[ahead]
    name = DAYS[day.weekday()]
    return name if ahead < 7 else f"{name} {dutch_date(day)}"
