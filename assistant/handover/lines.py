"""Writing and reading the lines of a hand-over.

A number is given out by counting up in the row of the hand-over, in the same transaction: who writes waits for who
writes, so a reader that has seen number 7 can never miss a number 6 that was committed later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from assistant.handover.models import Handover, Line

PERSON, STAFF, ASSISTANT = "persoon", "medewerker", "assistent"


@dataclass(frozen=True)
class NewLine:
    """Something to write; `human` says who has the talk from here on."""

    who: str
    text: str = ""
    masked: str = ""
    human: dict[str, Any] | None = None
    client_message_id: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class LineView:
    """One line, with its place in the talk: `<hand-over>.<number>`."""

    handover_id: int
    number: int
    who: str
    text: str
    at: datetime
    human: dict[str, Any] | None
    name: str = ""

    @property
    def id(self) -> str:
        """Return the id that a client sends back to get what came after it."""
        return f"{self.handover_id}.{self.number}"


def write(session: Session, handover: Handover, now: datetime, *lines: NewLine) -> None:
    """Append lines. The caller must have the row of the hand-over updated, and so locked, in this transaction."""
    for line in lines:
        handover.lines += 1
        session.add(
            Line(
                handover_id=handover.id,
                number=handover.lines,
                conversation_id=handover.conversation_id,
                at=now,
                **vars(line),
            )
        )
    handover.changed_at = now


def lock(session: Session, handover_id: int, *conditions: Any, **values: Any) -> Handover | None:
    """Update one hand-over when the conditions hold, and return it, locked; None when they do not."""
    found = session.scalar(
        update(Handover)
        .where(Handover.id == handover_id, *conditions)
        .values(**values or {"lines": Handover.lines})
        .returning(Handover.id)
        .execution_options(synchronize_session=False)
    )
    if found is None:
        return None
    return session.get_one(Handover, found, populate_existing=True)


def parse_id(text: str) -> tuple[int, int]:
    """'12.5' → (12, 5). What is no id of ours counts as the beginning."""
    handover, _, number = text.partition(".")
    if not (handover.isascii() and handover.isdigit() and number.isascii() and number.isdigit()):
        return 0, 0
    return (int(handover), int(number)) if len(text) < 20 else (0, 0)


def after(session: Session, conversation_id: str, last: str, limit: int = 200) -> list[LineView]:
    """Return what came after a line id in a conversation, oldest first; an empty id is the beginning."""
    handover, number = parse_id(last)
    later = or_(Line.handover_id > handover, and_(Line.handover_id == handover, Line.number > number))
    order = (Line.handover_id, Line.number)
    query = select(Line).where(Line.conversation_id == conversation_id, later).order_by(*order).limit(limit)
    rows = session.scalars(query)
    return [LineView(row.handover_id, row.number, row.who, row.text, row.at, row.human, row.name or "") for row in rows]


def mask_all(session: Session, handover_id: int) -> None:
    """Keep only the masked text of every line."""
    session.flush()
    session.execute(update(Line).where(Line.handover_id == handover_id).values(text=Line.masked))
