"""What employers offered, with the rules it does not meet; taken with a signature or refused with a reason."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from assistant.core.scope import Scope
from assistant.database.scope import within
from assistant.placement.decisions import ACCEPTED, Signature, accept_offer
from assistant.placement.errors import MoveNotAllowed, PlaceDataInvalid, RegistrationNotFound
from assistant.placement.models import Offer, OfferDecision, OfferRefusal, Opening
from assistant.placement.offers import BELOW_RULES, NEW
from assistant.placement.places import locate
from assistant.placement.rules import RuleBreach

PAGE = 50
REFUSED = "geweigerd"
OPEN = (NEW, BELOW_RULES)
OFFER_STATES = (*OPEN, ACCEPTED, REFUSED)


@dataclass(frozen=True, slots=True)
class Decided:
    """How it ended. opening: its number when it was taken. reason: of the exception or of the refusal."""

    by: str
    at: datetime
    opening: str | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFile:
    """An offer as staff see it. phone and email: of a firm, but shown only with the right to."""

    number: str
    state: str
    municipality: str
    organisation: str
    contact_name: str
    phone: str | None
    email: str | None
    place: str | None
    kind: str | None
    work_kind: str | None
    tasks: str | None
    days: tuple[str, ...]
    hours: tuple[int, int] | None
    contract_months: int | None
    permanent: bool
    places: int
    created_at: datetime
    breaches: tuple[RuleBreach, ...]
    decided: Decided | None

    @property
    def undecided(self) -> bool:
        """True when somebody still has to say yes or no."""
        return self.state in OPEN

    @property
    def lacking(self) -> tuple[str, ...]:
        """What must be asked before it can become an opening."""
        place = self.place and locate(self.place)
        needed = {"soort plek": self.kind, "soort werk": self.work_kind, "uren": self.hours, "plaats": place}
        return tuple(name for name, value in needed.items() if not value)


def offer_page(
    session: Session, scope: Scope, *, state: str | None = None, page: int = 1
) -> tuple[tuple[OfferFile, ...], int]:
    """The offers of one page, the oldest first, and how many there are. state None: those without a decision."""
    where = [within(Offer.municipality_id, scope), Offer.state.in_((state,) if state else OPEN)]
    start = (max(page, 1) - 1) * PAGE
    query = select(Offer).where(*where).order_by(Offer.created_at, Offer.id).offset(start).limit(PAGE)
    total = session.scalar(select(func.count()).select_from(Offer).where(*where)) or 0
    return tuple(_file(session, row) for row in session.scalars(query)), total


def offer_file(session: Session, scope: Scope, number: str) -> OfferFile:
    """One offer. Raises RegistrationNotFound, also for one in another municipality."""
    return _file(session, find_offer_row(session, scope, number))


def take_offer(
    session: Session, scope: Scope, number: str, organisation: str, signed: Signature, *, now: datetime
) -> str:
    """Make an opening of it; its number. Raises as `accept_offer`, and RegistrationNotFound outside of the scope."""
    find_offer_row(session, scope, number)
    return accept_offer(session, number, organisation, signed, now=now)


def refuse_offer(session: Session, scope: Scope, number: str, *, by: str, reason: str, now: datetime) -> None:
    """Say no, with a reason that the employer may read.

    Raises RegistrationNotFound, PlaceDataInvalid without a reason, MoveNotAllowed for one that was decided on before.
    """
    row = find_offer_row(session, scope, number)
    if not reason.strip():
        raise PlaceDataInvalid("reason")
    undecided = (Offer.id == row.id) & Offer.state.in_(OPEN)
    taken = session.execute(update(Offer).where(undecided).values(state=REFUSED).returning(Offer.id))
    if taken.first() is None:
        raise MoveNotAllowed(f"{row.state} → {REFUSED}")
    session.add(OfferRefusal(offer_id=row.id, signed_by=by[:60], signed_at=now, reason=reason.strip()[:300]))
    session.flush()


def find_offer_row(session: Session, scope: Scope, number: str) -> Offer:
    """The row. Raises RegistrationNotFound, also outside of the scope."""
    query = select(Offer).where(Offer.number == number.strip().upper(), within(Offer.municipality_id, scope))
    row = session.scalar(query)
    if row is None:
        raise RegistrationNotFound("number")
    return row


def _file(session: Session, row: Offer) -> OfferFile:
    return OfferFile(
        number=row.number, state=row.state, municipality=row.municipality_id, organisation=row.organisation_name,
        contact_name=row.contact_name, phone=row.phone, email=row.email, place=row.place, kind=row.kind,
        work_kind=row.work_kind, tasks=row.tasks, days=row.days,
        hours=(row.hours, row.hours_max or row.hours) if row.hours else None,
        contract_months=row.contract_months, permanent=row.permanent, places=row.places, created_at=row.created_at,
        breaches=tuple(RuleBreach(b.code, b.limit, b.given, b.source) for b in row.breaches),
        decided=_decided(session, row),
    )  # fmt: skip


def _decided(session: Session, row: Offer) -> Decided | None:
    if row.state == ACCEPTED:
        found = session.execute(
            select(OfferDecision, Opening.number).join(Opening, Opening.id == OfferDecision.opening_id)
            .where(OfferDecision.offer_id == row.id)
        ).first()  # fmt: skip
        return Decided(found[0].signed_by, found[0].signed_at, found[1], found[0].exception_reason) if found else None
    no = session.get(OfferRefusal, row.id) if row.state == REFUSED else None
    return Decided(no.signed_by, no.signed_at, None, no.reason) if no else None
