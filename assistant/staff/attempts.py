"""Waiting after wrong logins: longer each time, never for ever, and not for a colleague on a known device.

Wrong logins are counted per mail address and known device; all unknown devices share one count (OWASP, "device
cookies"). So somebody who keeps guessing from elsewhere makes the person wait on new devices only. An address that
does not exist is counted just the same.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from assistant.staff.models import StaffAttempt
from assistant.staff.secret import digest

FREE = 5  # wrong logins before the first wait
FIRST = 30  # seconds
MOST = 900  # seconds
FORGET = timedelta(hours=12)
INSERT: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
"""The same words in both dialects, but not in SQLAlchemy's own insert."""


def key_of(email: str, device: str | None) -> str:
    """Return under what wrong logins are counted; `device` is the hash of a known device of this account."""
    return digest(f"attempt:{email}:{device or ''}")


def count_one(session: Session, key: str, now: datetime) -> int:
    """Count an attempt before it is looked at, so that many at once count too; return seconds to wait, 0 to go on."""
    session.execute(delete(StaffAttempt).where(StaffAttempt.last_at < now - FORGET))
    first = INSERT[session.get_bind().dialect.name](StaffAttempt).values(key=key, failures=0, last_at=now)
    session.execute(first.on_conflict_do_nothing())  # two first attempts at once are one row
    row = session.get_one(StaffAttempt, key, with_for_update=True, populate_existing=True)
    waited = (now - row.last_at).total_seconds()
    if (left := wait_after(row.failures) - waited) > 0:
        return int(left) + 1
    row.failures, row.last_at = row.failures + 1, now
    return 0


def forgive(session: Session, key: str) -> None:
    """Forget the wrong logins after a right one."""
    session.execute(delete(StaffAttempt).where(StaffAttempt.key == key))


def wait_after(failures: int) -> int:
    """Return how many seconds to wait after so many wrong logins."""
    return 0 if failures < FREE else min(MOST, FIRST * 2 ** min(failures - FREE, 10))
