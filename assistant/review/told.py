"""What was said and answered in one talk so far, as the talk itself needs it: masked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from assistant.database import Database
from assistant.review.models import Turn

NEWEST = 60
"""Turns that are looked back on."""


@dataclass(frozen=True)
class ToldTurn:
    """One masked turn; `outcome` is a code of outcome.py."""

    said: str
    intent: str
    answers: tuple[str, ...]
    replies: tuple[dict[str, Any], ...]
    outcome: str

    @property
    def own_words(self) -> str:
        """What the person typed or said, empty for a button or a turn of which nothing was kept."""
        return "" if self.said.startswith(("/", "[")) else self.said


def told(database: Database, conversation_id: str) -> list[ToldTurn]:
    """Return the newest turns of a talk, oldest first."""
    query = select(Turn).where(Turn.conversation_id == conversation_id).order_by(Turn.id.desc()).limit(NEWEST)
    with database.session(write=False) as session:
        rows = list(session.scalars(query))
    return [
        ToldTurn(row.said, row.intent, tuple(row.answers), tuple(row.replies or ()), row.outcome)
        for row in reversed(rows)
    ]
