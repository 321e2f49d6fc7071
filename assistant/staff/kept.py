"""A form that was sent when the session had just ended, kept for the same person for an hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.staff.models import StaffKeptForm
from assistant.staff.secret import digest, new_token

HOLD = timedelta(hours=1)
AT_MOST = 5  # forms of one person at the same time
LONGEST = 60_000  # characters of all names and values together
Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class KeptForm:
    """Where it was going, on which page it stood, and what was in it."""

    path: str
    back: str
    fields: Fields


def keep(session: Session, account_id: int, form: KeptForm, now: datetime) -> str | None:
    """Keep a form and return its token; None when it is too big. The oldest ones make place."""
    if sum(len(name) + len(value) for name, value in form.fields) > LONGEST:
        return None
    session.execute(delete(StaffKeptForm).where(StaffKeptForm.until < now))
    mine = select(StaffKeptForm).where(StaffKeptForm.account_id == account_id).order_by(StaffKeptForm.until.desc())
    for too_many in session.scalars(mine).all()[AT_MOST - 1 :]:
        session.delete(too_many)
    token = new_token()
    fields = [list(pair) for pair in form.fields]
    row = StaffKeptForm(
        id_hash=digest(token), account_id=account_id, path=form.path[:500], back=form.back[:500], fields=fields,
        until=now + HOLD,
    )  # fmt: skip
    session.add(row)
    return token


def take(session: Session, account_id: int, token: str, now: datetime) -> KeptForm | None:
    """Return a kept form to its own person, and forget it; None for anybody else."""
    row = session.get(StaffKeptForm, digest(token))
    if row is None or row.account_id != account_id or row.until < now:
        return None
    session.delete(row)
    return KeptForm(row.path, row.back, [(name, value) for name, value in row.fields])
