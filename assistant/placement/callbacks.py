"""Somebody wants to be rung back: asked, moved or called off."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.placement.check_values import check_municipality
from assistant.placement.contact import normalise_phone, same_contact
from assistant.placement.errors import ContactMissing, RegistrationNotFound
from assistant.placement.models import CallBack
from assistant.placement.once import key_of, once
from assistant.placement.sequence import next_registration_number

ASKED, CALLED_OFF = "gevraagd", "afgezegd"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackRequest:
    """Whom to ring, and when: "JJJJ-MM-DD UU:MM", "JJJJ-MM-DD middag" or "zsm" (entity `datum_tijd`)."""

    name: str
    phone: str | None
    when: str = "zsm"
    topic: str | None = None
    municipality: str | None = None
    conversation_id: str | None = None


@dataclass(frozen=True, slots=True)
class CallBackView:
    """A call-back as the person who asked for it may see it."""

    number: str
    state: str
    when: str
    topic: str | None


def ask_call_back(session: Session, request: CallBackRequest, *, now: datetime) -> CallBackView:
    """Put a call on the list; the same request in the same conversation gives the same number.

    Raises ContactMissing without a phone number, ContactInvalid or MunicipalityUnknown.
    """
    if not request.phone:
        raise ContactMissing("phone")
    if request.municipality:
        check_municipality(session, request.municipality)
    key = key_of(request.conversation_id, request)
    return _view(once(session, CallBack, key, lambda: _store(session, request, key, now)))


def move_call_back(session: Session, number: str, phone: str, when: str) -> CallBackView:
    """Ask for another moment. Raises RegistrationNotFound for a wrong number or phone."""
    row = _find(session, number, phone)
    row.when, row.state = when, ASKED
    session.flush()
    return _view(row)


def call_off(session: Session, number: str, phone: str) -> CallBackView:
    """No call needed any more. Raises RegistrationNotFound for a wrong number or phone."""
    row = _find(session, number, phone)
    row.state, row.idempotency_key = CALLED_OFF, None
    session.flush()
    return _view(row)


def _store(session: Session, request: CallBackRequest, key: str | None, now: datetime) -> CallBack:
    row = CallBack(
        number=next_registration_number(session, now),
        municipality_id=request.municipality,
        name=request.name.strip(),
        phone=normalise_phone(request.phone or ""),
        when=request.when,
        topic=request.topic,
        state=ASKED,
        conversation_id=request.conversation_id,
        idempotency_key=key,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def _find(session: Session, number: str, phone: str) -> CallBack:
    row = session.scalar(select(CallBack).where(CallBack.number == number.strip().upper()))
    known = same_contact(phone, row.phone if row else None, None)
    if row is None or not known:
        raise RegistrationNotFound("number or contact")
    return row


def _view(row: CallBack) -> CallBackView:
    return CallBackView(row.number, row.state, row.when, row.topic)
