"""What a person can do with an own registration: see it, change it, withdraw it, erase it.

All but `find` need a writing session (`Database.session()`).
"""

import re
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from assistant.placement.check_values import check_codes, check_hours
from assistant.placement.claim import release_place
from assistant.placement.contact import normalise, same_contact
from assistant.placement.errors import RegistrationClosed, RegistrationNotFound
from assistant.placement.models import Registration, RegistrationEvent
from assistant.placement.models.columns import in_order
from assistant.placement.sequence import AMSTERDAM
from assistant.placement.wishes import RegistrationView, WishChange, view
from assistant.placement.workflow import PERSON, STATES, move

NUMBER = re.compile(r"AW[- ]?(\d{4})[- ]?(\d{1,6})", re.IGNORECASE)
COUNT_ERASED = text(
    "INSERT INTO erased_count (municipality_id, year, state, count) VALUES (:municipality, :year, :state, 1) "
    "ON CONFLICT (municipality_id, year, state) DO UPDATE SET count = erased_count.count + 1"
)


def find(session: Session, number: str, contact: str) -> RegistrationView:
    """The registration with this number, for who knows the phone number or e-mail address given with it.

    Raises RegistrationNotFound for a wrong number and for a wrong contact alike, after the same work.
    """
    return view(_find(session, number, contact))


def withdraw(
    session: Session, number: str, contact: str, *, now: datetime, reason: str | None = None
) -> RegistrationView:
    """End a registration on the person's own word. Doing so twice is fine.

    Raises RegistrationNotFound, or RegistrationClosed when the person has been placed or the registration was
    stopped.
    """
    row = _find(session, number, contact)
    if row.state == "ingetrokken":
        return view(row)
    if "ingetrokken" not in STATES[row.state].moves:
        raise RegistrationClosed(row.state)
    move(session, row, "ingetrokken", PERSON, reason, now)
    return view(row)


def change(session: Session, number: str, contact: str, wanted: WishChange, *, now: datetime) -> RegistrationView:
    """Change the wishes or the contact.

    Raises as `find`, RegistrationClosed, ContactInvalid or PlaceDataInvalid.
    """
    row = _find(session, number, contact)
    if STATES[row.state].final:
        raise RegistrationClosed(row.state)
    check_codes(work_kind=wanted.work_kind, days=wanted.days or ())
    check_hours(wanted.hours)
    _apply(row, wanted)
    row.events.append(
        RegistrationEvent(at=now, from_state=row.state, to_state=row.state, by=PERSON, reason="gewijzigd")
    )
    session.flush()
    return view(row)


def erase(session: Session, number: str, contact: str, *, now: datetime) -> None:
    """Delete a registration with its whole history.

    What stays is one more in a count per municipality, year and state. The number is not given out again.
    Raises RegistrationNotFound (also the second time).
    """
    erase_row(session, _find(session, number, contact), now=now)


def erase_number(session: Session, number: str, *, now: datetime) -> None:
    """As `erase`, for who has proved already whose it is. Raises RegistrationNotFound."""
    row = session.scalar(select(Registration).where(Registration.number == _standard(number)))
    if row is None:
        raise RegistrationNotFound("number")
    erase_row(session, row, now=now)


def erase_row(session: Session, row: Registration, *, now: datetime) -> None:
    """Delete a registration that may go: the person asks (`erase`), staff does, or its time is over."""
    if not STATES[row.state].final and row.state != "geplaatst":
        release_place(session, row)
    year = now.astimezone(AMSTERDAM).year
    session.execute(COUNT_ERASED, {"municipality": row.municipality_id, "year": year, "state": row.state})
    session.delete(row)
    session.flush()


def _find(session: Session, number: str, contact: str) -> Registration:
    """Always one query and one comparison, whatever is wrong, so that the time tells nothing."""
    row = session.scalar(select(Registration).where(Registration.number == _standard(number)))
    known = same_contact(contact, row.phone if row else None, row.email if row else None)
    if row is None or not known:
        raise RegistrationNotFound("number or contact")
    return row


def _standard(number: str) -> str:
    """ "aw 2026 123" → "AW-2026-00123"; anything else stays what it is and is found nowhere."""
    found = NUMBER.fullmatch(number.strip())
    return f"AW-{found[1]}-{int(found[2]):05d}" if found else number


def _apply(row: Registration, wanted: WishChange) -> None:
    """Copy what is not None."""
    if wanted.phone or wanted.email:
        phone, email = normalise(wanted.phone, wanted.email)
        row.phone, row.email = phone or row.phone, email or row.email
    if wanted.hours:
        row.hours_min, row.hours_max = wanted.hours
    if wanted.days is not None:
        row.days = in_order(wanted.days)
    for name in ("work_kind", "place", "travel_km", "workplace_needs"):
        if getattr(wanted, name) is not None:
            setattr(row, name, getattr(wanted, name))
