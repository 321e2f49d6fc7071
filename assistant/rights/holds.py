"""What may not be deleted yet, with a reason and a last day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.core.scope import Scope
from assistant.database.scope import within
from assistant.placement.sequence import AMSTERDAM
from assistant.rights.errors import HoldWrong, PersonNotFound
from assistant.rights.models import RetentionHold
from assistant.rights.subjects import KINDS, municipality_of
from assistant.staff import audit

SHORTEST_REASON = 5
LONGEST_DAYS = 366


def hold(
    session: Session, kind: str, subject: str, reason: str, until: date, *, scope: Scope, by: int | None, now: datetime
) -> RetentionHold:
    """Keep something until the end of a day. Raises HoldWrong or PersonNotFound (also outside the scope)."""
    today = now.astimezone(AMSTERDAM).date()
    if kind not in KINDS or len(reason.strip()) < SHORTEST_REASON or not 0 < (until - today).days <= LONGEST_DAYS:
        raise HoldWrong("kind, reason or day")
    municipality = municipality_of(session, kind, subject, scope)
    if municipality is None:
        raise PersonNotFound("subject")
    row = RetentionHold(
        kind=kind, subject=subject, municipality=municipality, reason=reason.strip()[:300], until=until, made_by=by,
        made_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.note(session, by, "bewaren.vastgehouden", f"{kind} {subject} t/m {until}", municipality, now, row.reason)
    return row


def release(session: Session, hold_id: int, *, scope: Scope, by: int | None, now: datetime) -> None:
    """End a hold before its day. Raises PersonNotFound when it is not there or outside the scope."""
    row = session.scalar(
        select(RetentionHold).where(
            RetentionHold.id == hold_id, RetentionHold.released_at.is_(None), within(RetentionHold.municipality, scope)
        )
    )
    if row is None:
        raise PersonNotFound("hold")
    row.released_at = now
    audit.note(session, by, "bewaren.vrijgegeven", f"{row.kind} {row.subject}", row.municipality, now)


def holds(session: Session, *, scope: Scope, now: datetime) -> list[RetentionHold]:
    """Return what is held today, the first to end first."""
    today = now.astimezone(AMSTERDAM).date()
    return list(
        session.scalars(
            select(RetentionHold)
            .where(RetentionHold.released_at.is_(None), RetentionHold.until >= today)
            .where(within(RetentionHold.municipality, scope))
            .order_by(RetentionHold.until, RetentionHold.id)
        )
    )


def held(session: Session, kind: str, now: datetime) -> frozenset[str]:
    """Return the subjects of one kind that must stay today, of all municipalities."""
    today = now.astimezone(AMSTERDAM).date()
    rows = select(RetentionHold.subject).where(
        RetentionHold.kind == kind, RetentionHold.released_at.is_(None), RetentionHold.until >= today
    )
    return frozenset(session.scalars(rows))
