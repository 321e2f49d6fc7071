"""A registration that becomes work: the last step of the table of states, with the hours and the contract."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.placement.check_values import check_codes, check_hours
from assistant.placement.errors import PlaceDataInvalid, RegistrationNotFound
from assistant.placement.models import Placement, Registration
from assistant.placement.workflow import move


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """What was agreed. hours: a week. contract_months None: without an end. from_daycare None: not known."""

    kind: str
    hours: int
    started_on: date
    contract_months: int | None = None
    from_daycare: bool | None = None


def record_placement(session: Session, number: str, contract: Contract, *, by: str, now: datetime) -> None:
    """Move a registration to "geplaatst" and keep what targets count.

    by: account name of the member of staff. Raises RegistrationNotFound, MoveNotAllowed or PlaceDataInvalid.
    """
    check_codes(kind=contract.kind)
    check_hours((contract.hours, contract.hours))
    row = session.scalar(select(Registration).where(Registration.number == number))
    if row is None:
        raise RegistrationNotFound("number")
    move(session, row, "geplaatst", by, None, now)
    session.add(
        Placement(
            registration_id=row.id, opening_id=row.opening_id, municipality_id=row.municipality_id, kind=contract.kind,
            hours=contract.hours, contract_months=contract.contract_months, from_daycare=contract.from_daycare,
            started_on=contract.started_on,
        )
    )  # fmt: skip
    session.flush()


def end_placement(session: Session, number: str, *, ended_on: date, by: str, reason: str | None, now: datetime) -> None:
    """The work has ended: it no longer counts from `ended_on`. Raises RegistrationNotFound or PlaceDataInvalid."""
    query = select(Placement).join(Registration).where(Registration.number == number, Placement.ended_on.is_(None))
    placement = session.scalar(query)
    if placement is None:
        raise RegistrationNotFound("number")
    if ended_on < placement.started_on:
        raise PlaceDataInvalid("ended_on")
    placement.ended_on = ended_on
    move(session, session.get_one(Registration, placement.registration_id), "gestopt", by, reason, now)
