"""The contact that somebody left in a talk, for staff who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.core.scope import Scope
from assistant.database.scope import within
from assistant.placement.models import CallBack, Offer, Registration


@dataclass(frozen=True)
class TalkContact:
    """Who can be reached about a talk, and why they left it."""

    kind: str
    """"aanmelding", "werkplek aangeboden" or "terugbellen"."""
    number: str
    name: str
    phone: str | None
    email: str | None


def contact_of_talk(session: Session, conversation_id: str, *, scope: Scope) -> list[TalkContact]:
    """Return what was left in a talk, of the municipalities in scope."""

    def left(table: type[Registration | Offer | CallBack]) -> list[Any]:
        mine = (table.conversation_id == conversation_id, within(table.municipality_id, scope))
        return list(session.scalars(select(table).where(*mine).order_by(table.id)))

    return [
        *(TalkContact("aanmelding", row.number, row.name, row.phone, row.email) for row in left(Registration)),
        *(
            TalkContact("werkplek aangeboden", row.number, row.contact_name, row.phone, row.email)
            for row in left(Offer)
        ),
        *(TalkContact("terugbellen", row.number, row.name, row.phone, None) for row in left(CallBack)),
    ]
