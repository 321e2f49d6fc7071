"""Numbers to say aloud: AW-2026-00001 for a registration, offer or call-back, W-0001 for an opening."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.orm import Session

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

# One statement, the same on SQLite and PostgreSQL. The row stays locked until the transaction ends: no number
# is given twice, and a rollback gives it back, so the numbers have no holes either.
NEXT = text(
    "INSERT INTO number_sequence (series, year, last) VALUES (:series, :year, 1) "
    "ON CONFLICT (series, year) DO UPDATE SET last = number_sequence.last + 1 RETURNING last"
)
AT_LEAST = text(
    "INSERT INTO number_sequence (series, year, last) VALUES (:series, :year, :used) "
    "ON CONFLICT (series, year) DO UPDATE SET last = "
    "CASE WHEN number_sequence.last < :used THEN :used ELSE number_sequence.last END"
)
OPENING_NUMBER = re.compile(r"W-(\d{4,})")


def today_here() -> date:
    """The date it is in the Netherlands, whatever the clock of the machine is set to."""
    return datetime.now(AMSTERDAM).date()


def next_registration_number(session: Session, now: datetime) -> str:
    """The next "AW-JJJJ-NNNNN" of the year it is in the Netherlands."""
    year = now.astimezone(AMSTERDAM).year
    last = session.execute(NEXT, {"series": "AW", "year": year}).scalar_one()
    return f"AW-{year}-{last:05d}"


def next_opening_number(session: Session) -> str:
    """The next "W-NNNN"; openings are counted on for ever."""
    last = session.execute(NEXT, {"series": "W", "year": 0}).scalar_one()
    return f"W-{last:04d}"


def mark_opening_number(session: Session, number: str) -> None:
    """Make sure that `number`, which came from a file, is never given out again.

    Raises ValueError for another form.
    """
    found = OPENING_NUMBER.fullmatch(number)
    if not found:
        raise ValueError("an opening number looks like W-0001")
    session.execute(AT_LEAST, {"series": "W", "year": 0, "used": int(found[1])})
