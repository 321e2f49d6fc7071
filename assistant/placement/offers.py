"""An employer offers a place: stored with its number and with every rule that it does not meet."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.placement.check_values import check_codes, check_hours, check_municipality
from assistant.placement.contact import normalise, same_contact
from assistant.placement.errors import PlaceDataInvalid, RegistrationNotFound
from assistant.placement.models import Offer, OfferBreach
from assistant.placement.models.columns import in_order
from assistant.placement.once import key_of, once
from assistant.placement.rules import RuleBreach, check, rules_of
from assistant.placement.sequence import next_registration_number

NEW, BELOW_RULES = "nieuw", "voldoet_niet"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOffer:
    """An offer.

    hours: a week, the lower end when it is a range. contract_months None: not said, unless `permanent`.
    """

    municipality: str
    organisation_name: str
    contact_name: str
    phone: str | None = None
    email: str | None = None
    place: str | None = None
    kind: str | None = None
    work_kind: str | None = None
    tasks: str | None = None
    days: frozenset[str] = frozenset()
    hours: int | None = None
    hours_max: int | None = None
    contract_months: int | None = None
    permanent: bool = False
    places: int = 1
    conversation_id: str | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """The number to say aloud, the rules it does not meet, and the state ("nieuw" when it meets all)."""

    number: str
    breaches: tuple[RuleBreach, ...]
    state: str


def offer_place(session: Session, offer: PlaceOffer, *, now: datetime) -> Offered:
    """Store an offer. Below a rule it is kept as "voldoet_niet", never as "nieuw": a member of staff decides.

    The same offer in the same conversation gives the same number. Raises ContactMissing, ContactInvalid,
    MunicipalityUnknown or PlaceDataInvalid.
    """
    check_codes(kind=offer.kind, work_kind=offer.work_kind, days=offer.days)
    if offer.hours is not None:
        check_hours((offer.hours, offer.hours_max or offer.hours))
    if offer.places < 1:
        raise PlaceDataInvalid("places")
    check_municipality(session, offer.municipality)
    key = key_of(offer.conversation_id, offer)
    return _offered(once(session, Offer, key, lambda: _store(session, offer, key, now)))


def check_offer(offer: PlaceOffer) -> tuple[RuleBreach, ...]:
    """The rules that an offer would not meet, before anything is stored."""
    rules = rules_of(offer.municipality)
    return check(rules, offer.hours, offer.contract_months, kind=offer.kind, permanent=offer.permanent)


def find_offer(session: Session, number: str, contact: str) -> Offered:
    """An offer for who knows its number and its contact.

    Raises RegistrationNotFound when one of the two is wrong.
    """
    row = session.scalar(select(Offer).where(Offer.number == number.strip().upper()))
    known = same_contact(contact, row.phone if row else None, row.email if row else None)
    if row is None or not known:
        raise RegistrationNotFound("number or contact")
    return _offered(row)


def _store(session: Session, offer: PlaceOffer, key: str | None, now: datetime) -> Offer:
    phone, email = normalise(offer.phone, offer.email)
    breaches = check_offer(offer)
    row = Offer(
        number=next_registration_number(session, now),
        municipality_id=offer.municipality,
        organisation_name=offer.organisation_name.strip(),
        contact_name=offer.contact_name.strip(),
        phone=phone,
        email=email,
        place=offer.place,
        kind=offer.kind,
        work_kind=offer.work_kind,
        tasks=offer.tasks,
        days=in_order(offer.days),
        hours=offer.hours,
        hours_max=offer.hours_max,
        contract_months=offer.contract_months,
        permanent=offer.permanent,
        places=offer.places,
        state=BELOW_RULES if breaches else NEW,
        conversation_id=offer.conversation_id,
        idempotency_key=key,
        created_at=now,
        breaches=[OfferBreach(code=b.code, limit=b.limit, given=b.given, source=b.source) for b in breaches],
    )
    session.add(row)
    session.flush()
    return row


def _offered(row: Offer) -> Offered:
    breaches = tuple(RuleBreach(breach.code, breach.limit, breach.given, breach.source) for breach in row.breaches)
    return Offered(row.number, breaches, row.state)
