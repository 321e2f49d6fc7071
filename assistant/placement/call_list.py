"""Who wants to be rung back, for who rings: the oldest request first, and what became of each try."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.core.scope import Scope
from assistant.database.scope import within
from assistant.placement.callbacks import ASKED
from assistant.placement.errors import RegistrationNotFound
from assistant.placement.models import CallAttempt, CallBack

DONE, FAILED = "gesproken", "niet_bereikt"
MAX_TRIES = 3
"""After so many tries without an answer the request leaves the list."""


@dataclass(frozen=True, slots=True)
class CallToMake:
    """One request with the tries so far; `when` as the person said it, "zsm" for as soon as possible."""

    id: int
    number: str
    name: str
    phone: str
    when: str
    topic: str | None
    state: str
    asked_at: datetime
    tries: int
    last_outcome: str | None
    last_at: datetime | None


def calls_to_make(session: Session, scope: Scope, *, done: bool = False, limit: int = 200) -> list[CallToMake]:
    """Return the requests that still wait, oldest first; with done=True the ones that are over, newest first."""
    over = CallBack.state.in_((DONE, FAILED))
    order = CallBack.created_at.desc() if done else CallBack.created_at
    query = (
        select(CallBack)
        .where(within(CallBack.municipality_id, scope), over if done else CallBack.state == ASKED)
        .order_by(order, CallBack.id)
        .limit(limit)
    )
    rows = list(session.scalars(query))
    tries = _tries(session, rows)
    return [_view(row, tries[row.id]) for row in rows]


def note_attempt(
    session: Session, call_id: int, scope: Scope, staff_id: int, outcome: str, now: datetime
) -> CallToMake:
    """Note one try. Who was spoken to leaves the list, and so does who was tried three times or has a wrong number.

    Raises RegistrationNotFound for a request out of scope, one that was called off or one that is over.
    """
    known = (CallBack.id == call_id, within(CallBack.municipality_id, scope), CallBack.state == ASKED)
    row = session.scalar(select(CallBack).where(*known).with_for_update())
    if row is None:
        raise RegistrationNotFound("call")
    session.add(CallAttempt(call_back_id=row.id, at=now, staff_id=staff_id, outcome=outcome))
    session.flush()
    if outcome == "gesproken":
        row.state = DONE
    elif outcome == "verkeerd_nummer" or _unanswered(_tries(session, [row])[row.id]) >= MAX_TRIES:
        row.state = FAILED
    session.flush()
    return _view(row, _tries(session, [row])[row.id])


def _unanswered(tries: list[CallAttempt]) -> int:
    return sum(one.outcome == "niet_opgenomen" for one in tries)


def _tries(session: Session, rows: list[CallBack]) -> dict[int, list[CallAttempt]]:
    """Return the tries per request, oldest first, with one query for all."""
    found: dict[int, list[CallAttempt]] = {row.id: [] for row in rows}
    mine = CallAttempt.call_back_id.in_(found)
    for one in session.scalars(select(CallAttempt).where(mine).order_by(CallAttempt.id)):
        found[one.call_back_id].append(one)
    return found


def _view(row: CallBack, tries: list[CallAttempt]) -> CallToMake:
    last = tries[-1] if tries else None
    return CallToMake(
        id=row.id,
        number=row.number,
        name=row.name,
        phone=row.phone,
        when=row.when,
        topic=row.topic,
        state=row.state,
        asked_at=row.created_at,
        tries=len(tries),
        last_outcome=last.outcome if last else None,
        last_at=last.at if last else None,
    )
