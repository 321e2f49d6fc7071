"""The classes of data in the database: what of each is over its term, and how it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from assistant.placement.models import CallBack, Offer, Registration, RegistrationEvent, UnmetWish
from assistant.placement.my_registration import erase_row
from assistant.placement.workflow import END
from assistant.review.models import Conversation, ResumeCode, WrongGuess

Due = Callable[[datetime], Any]
Remove = Callable[[Session, Sequence[Any], datetime], None]


@dataclass(frozen=True, slots=True)
class Sweep:
    """How one class is found and removed."""

    due: Due
    """Border → a query of (key, subject of a hold)."""
    remove: Remove
    """Removes the rows with these keys."""
    kind: str | None = None
    """Kind of hold that can keep it."""


def _rows(model: Any, key: Any) -> Remove:
    def remove(session: Session, keys: Sequence[Any], now: datetime) -> None:
        session.execute(delete(model).where(key.in_(keys)))

    return remove


def _registrations(session: Session, keys: Sequence[Any], now: datetime) -> None:
    for row in session.scalars(select(Registration).where(Registration.id.in_(keys))):
        erase_row(session, row, now=now)


_LAST_STEP = (
    select(func.max(RegistrationEvent.at)).where(RegistrationEvent.registration_id == Registration.id).scalar_subquery()
)
_last = func.coalesce(_LAST_STEP, Registration.created_at)


def _registrations_due(*, ended: bool) -> Due:
    state = Registration.state.in_(END) if ended else Registration.state.not_in(END)
    return lambda border: (
        select(Registration.id, Registration.number).where(state, _last < border).order_by(Registration.id)
    )


SWEEPS: dict[str, Sweep] = {
    "gesprek": Sweep(
        lambda border: (
            select(Conversation.id, Conversation.id)
            .where(Conversation.started_at < border)
            .order_by(Conversation.started_at)
        ),
        _rows(Conversation, Conversation.id),
        "gesprek",
    ),
    "aanmelding_klaar": Sweep(_registrations_due(ended=True), _registrations, "aanmelding"),
    "aanmelding_stil": Sweep(_registrations_due(ended=False), _registrations, "aanmelding"),
    "terugbelverzoek": Sweep(
        lambda border: select(CallBack.id, CallBack.number).where(CallBack.created_at < border).order_by(CallBack.id),
        _rows(CallBack, CallBack.id),
        "terugbelverzoek",
    ),
    "aanbod": Sweep(
        lambda border: select(Offer.id, Offer.number).where(Offer.created_at < border).order_by(Offer.id),
        _rows(Offer, Offer.id),
        "aanbod",
    ),
    "formulier": Sweep(
        lambda border: select(ResumeCode.code_hash, ResumeCode.code_hash).where(ResumeCode.expires_at < border),
        _rows(ResumeCode, ResumeCode.code_hash),
    ),
    "poging": Sweep(
        lambda border: select(WrongGuess.id, WrongGuess.number_hash).where(WrongGuess.at < border),
        _rows(WrongGuess, WrongGuess.id),
    ),
    "vraag_zonder_plek": Sweep(
        lambda border: select(UnmetWish.id, UnmetWish.missing).where(UnmetWish.day < border.date()),
        _rows(UnmetWish, UnmetWish.id),
    ),
}
"""Class of data/privacy/bewaartermijnen.yml → how it is swept."""
