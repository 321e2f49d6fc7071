"""How much there is for staff to do: counts only, for the figures of the whole house."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.placement.callbacks import ASKED
from assistant.placement.freshness import stale
from assistant.placement.models import CallBack, Offer, Registration
from assistant.placement.workflow import STATES

NEW = "nieuw"


@dataclass(frozen=True, slots=True)
class OpenWork:
    """Counts over all municipalities. registrations: per state, every state is in it."""

    registrations: dict[str, int]
    call_backs: int
    offers: int
    openings_stale: int


def open_work(session: Session, *, today: date) -> OpenWork:
    """Count what waits."""
    rows = session.execute(select(Registration.state, func.count()).group_by(Registration.state))
    found = {state: count for state, count in rows}  # noqa: C416  a Row is no pair for dict()
    return OpenWork(
        {state: found.get(state, 0) for state in STATES},
        session.scalar(select(func.count()).select_from(CallBack).where(CallBack.state == ASKED)) or 0,
        session.scalar(select(func.count()).select_from(Offer).where(Offer.state == NEW)) or 0,
        len({entry.number for entry in stale(session, today=today)}),
    )
