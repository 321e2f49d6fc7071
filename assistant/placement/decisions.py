"""A member of staff takes an offer as an opening. Below a rule that needs a name and a reason."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from assistant.placement.errors import MoveNotAllowed, PlaceDataInvalid, RegistrationNotFound, SignatureMissing
from assistant.placement.models import Offer, OfferDecision, Opening, Organisation
from assistant.placement.offers import BELOW_RULES, NEW
from assistant.placement.opening_exceptions import Signing, sign
from assistant.placement.places import locate
from assistant.placement.rules import RuleBreach
from assistant.placement.sequence import AMSTERDAM, next_opening_number

ACCEPTED = "aangenomen"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who decides, by account name, and, for an offer below a rule, why it may be."""

    by: str
    exception_reason: str | None = None


def accept_offer(session: Session, number: str, organisation: str, signed: Signature, *, now: datetime) -> str:
    """Make an opening of an offer; its number ("W-0031").

    organisation: id of the organisation that the employer is. Raises RegistrationNotFound for an unknown offer,
    SignatureMissing for one below a rule without a reason, MoveNotAllowed for one that was accepted before, and
    PlaceDataInvalid for one without kind, work, hours or a place on the map.
    """
    row = session.scalar(select(Offer).where(Offer.number == number.strip().upper()))
    if row is None:
        raise RegistrationNotFound("number")
    if not signed.by.strip() or (row.breaches and not (signed.exception_reason or "").strip()):
        raise SignatureMissing(",".join(breach.code for breach in row.breaches))
    opening = _opening(session, row, organisation, now)
    _claim(session, row)  # two members of staff may press the button at the same moment
    session.add(opening)
    session.flush()
    session.add(
        OfferDecision(
            offer_id=row.id, opening_id=opening.id, signed_by=signed.by, signed_at=now,
            exception_reason=signed.exception_reason if row.breaches else None,
        )
    )  # fmt: skip
    session.flush()
    if row.breaches:
        breaches = (RuleBreach(b.code, b.limit, b.given, b.source) for b in row.breaches)
        sign(session, opening.id, breaches, Signing(signed.by, signed.exception_reason or "", now))
    return opening.number


def _claim(session: Session, row: Offer) -> None:
    undecided = (Offer.id == row.id) & Offer.state.in_((NEW, BELOW_RULES))
    taken = session.execute(update(Offer).where(undecided).values(state=ACCEPTED).returning(Offer.id))
    if taken.first() is None:
        raise MoveNotAllowed(f"{row.state} → {ACCEPTED}")


def _opening(session: Session, row: Offer, organisation: str, now: datetime) -> Opening:
    where = locate(row.place) if row.place else None
    known = session.get(Organisation, organisation)
    if not (row.kind and row.work_kind and row.hours and where and known):
        raise PlaceDataInvalid("kind, work_kind, hours, place or organisation")
    today = now.astimezone(AMSTERDAM).date()
    return Opening(
        number=next_opening_number(session), title=(row.tasks or row.work_kind)[:120], kind=row.kind,
        work_kind=row.work_kind, tasks=row.tasks or "", organisation_id=organisation, place=where.name, lat=where.lat,
        lon=where.lon, municipality_id=where.municipality or row.municipality_id, hours_min=row.hours,
        hours_max=row.hours_max or row.hours, days=row.days, contract_months=row.contract_months,
        places_total=row.places, places_free=row.places, transport=(), contact_name=row.contact_name,
        contact_phone=row.phone, contact_email=row.email, confirmed_on=today, entered_on=today,
        source=f"aanbod {row.number}",
    )  # fmt: skip
