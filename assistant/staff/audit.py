"""Writing and reading the audit log: who did or read what, in a chain that shows every later change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from assistant.staff.chain import BEGINNING, Line
from assistant.staff.models import AuditRow

LOCK = 4_871_003  # any number that nothing else in the same PostgreSQL database locks on
PART = 1000  # rows that are read at once
_COLUMNS = AuditRow.__table__.columns


def note(
    session: Session,
    staff_id: int | None,
    action: str,
    subject: str,
    municipality: str | None,
    now: datetime,
    reason: str | None = None,
) -> None:
    """Add one line, in the transaction of the session: what is rolled back was not done and is not noted.

    The session must be one that writes. On SQLite that holds the lock already; on PostgreSQL later writers wait here
    until this transaction ends, so note last. Texts that are too long are cut; never put what a person said in here.
    """
    session.flush()  # first the locks on rows, then this one: everybody in that order, so nobody waits in a circle
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    last = session.execute(select(AuditRow.number, AuditRow.hash).order_by(AuditRow.number.desc()).limit(1)).first()
    number, previous = (last.number + 1, last.hash) if last else (1, BEGINNING)
    cut = (action[:60], subject[:200], municipality[:40] if municipality else None, reason[:500] if reason else None)
    line = Line(number, now, staff_id, *cut, previous)
    session.add(
        AuditRow(
            number=number, at=now, staff_id=staff_id, action=cut[0], subject=cut[1], municipality=cut[2],
            reason=cut[3], previous=previous, hash=line.own_hash(),
        )
    )  # fmt: skip
    session.flush()


def all_lines(session: Session) -> Iterator[Line]:
    """Yield every line in order. Each part is a query of its own: who stops half-way leaves no cursor open."""
    last: int | None = None
    rows: Sequence[Any] = ()
    while last is None or rows:
        beyond = () if last is None else (AuditRow.number > last,)
        # columns, not objects: the session would hold every object of a log of years
        rows = session.execute(select(*_COLUMNS).where(*beyond).order_by(AuditRow.number).limit(PART)).all()
        for row in rows:
            yield line_of(row)
        last = rows[-1].number if rows else 0


def line_of(row: Any) -> Line:
    """Return a stored line as a plain value."""
    return Line(
        row.number, row.at, row.staff_id, row.action, row.subject, row.municipality, row.reason, row.previous, row.hash
    )
