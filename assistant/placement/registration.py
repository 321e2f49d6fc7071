"""Putting a jobseeker on the list. What the person can do with it afterwards: `my_registration`."""

from datetime import datetime

from sqlalchemy.orm import Session

from assistant.placement.check_values import check_codes, check_hours, check_municipality
from assistant.placement.claim import take_place
from assistant.placement.contact import normalise
from assistant.placement.errors import ConsentMissing
from assistant.placement.models import Opening, Registration
from assistant.placement.models.columns import in_order
from assistant.placement.once import key_of, once
from assistant.placement.search import open_opening
from assistant.placement.sequence import AMSTERDAM, next_registration_number
from assistant.placement.wishes import InterestWish, Registered
from assistant.placement.workflow import FIRST, PERSON, enter


def register_interest(session: Session, wish: InterestWish, *, now: datetime) -> Registered:
    """Put a jobseeker on the list; the same wish in the same conversation gives the same number.

    A wish for an opening takes one of its places, which comes back when the registration ends without a
    placement. Raises ConsentMissing, ContactMissing, ContactInvalid, MunicipalityUnknown, PlaceDataInvalid,
    OpeningNotFound (wrong number, no longer shown) or OpeningFull (the last place was just taken). Nothing is
    stored then.
    """
    if not wish.consent_text_version or wish.consented_at is None:
        raise ConsentMissing("consent text version and moment")
    check_codes(work_kind=wish.work_kind, days=wish.days)
    check_hours(wish.hours)
    check_municipality(session, wish.municipality)
    key = key_of(wish.conversation_id, wish)
    row = once(session, Registration, key, lambda: _store(session, wish, key, now))
    return Registered(row.number, row.next_action, row.next_action_by, row.next_actor)


def _store(session: Session, wish: InterestWish, key: str | None, now: datetime) -> Registration:
    """Row first, place last: a repeated request must fail on its key, not on a full opening."""
    phone, email = normalise(wish.phone, wish.email)
    opening = open_opening(session, wish.opening, now.astimezone(AMSTERDAM).date()) if wish.opening else None
    least, most = wish.hours or (None, None)
    row = Registration(
        number=next_registration_number(session, now),
        municipality_id=wish.municipality,
        name=wish.name.strip(),
        phone=phone,
        email=email,
        work_kind=wish.work_kind or (opening.work_kind if opening else None),
        place=wish.place,
        hours_min=least,
        hours_max=most,
        days=in_order(wish.days),
        travel_km=wish.travel_km,
        workplace_needs=wish.workplace_needs,
        opening=opening,
        consent_text_version=wish.consent_text_version,
        consented_at=wish.consented_at,
        conversation_id=wish.conversation_id,
        idempotency_key=key,
        created_at=now,
    )
    session.add(row)
    enter(session, row, FIRST, PERSON, None, now)
    _take(session, opening)
    return row


def _take(session: Session, opening: Opening | None) -> None:
    if opening is not None:
        take_place(session, opening)
