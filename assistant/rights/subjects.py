"""The things that somebody can ask to keep or to see, by their number."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from assistant.core.scope import NATIONAL, Scope
from assistant.database.scope import within
from assistant.placement.models import CallBack, Offer, Registration
from assistant.review.models import Conversation

KINDS: dict[str, tuple[InstrumentedAttribute[Any], InstrumentedAttribute[Any]]] = {
    "aanmelding": (Registration.number, Registration.municipality_id),
    "terugbelverzoek": (CallBack.number, CallBack.municipality_id),
    "aanbod": (Offer.number, Offer.municipality_id),
    "gesprek": (Conversation.id, Conversation.municipality),
}
"""Kind → its number and its municipality."""


def municipality_of(session: Session, kind: str, subject: str, scope: Scope) -> str | None:
    """Return the municipality of a thing inside the scope, `landelijk` when it has none; None when it is not there."""
    number, municipality = KINDS[kind]
    row = session.execute(select(municipality).where(number == subject, within(municipality, scope))).first()
    return None if row is None else row[0] or NATIONAL
