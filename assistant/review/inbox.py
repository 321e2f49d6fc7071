"""The list of talks, newest first, a page at a time.

Paged by the last id that was shown (keyset): page 2,000 costs what page 1 costs. No count of everything: that would
read everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.core.scope import Scope
from assistant.database.scope import within
from assistant.review.filters import Filters, conditions
from assistant.review.models import Turn
from assistant.review.work_models import TalkSummary

PAGE = 50


@dataclass(frozen=True)
class TalkLine:
    """One talk in the list."""

    id: int
    conversation_id: str
    municipality: str
    role: str | None
    channel: str
    started_at: datetime
    turns: int
    lowest: float
    asked_back: int
    lost: int
    handover: bool
    danger: bool
    face: str | None
    judged: int
    first: str
    """What the person said first, masked."""


@dataclass(frozen=True)
class InboxPage:
    """A page of talks; `older` and `newer` are the keys of the pages beside it, None when there is none."""

    talks: tuple[TalkLine, ...]
    older: int | None
    newer: int | None


def inbox(
    session: Session,
    filters: Filters,
    *,
    scope: Scope,
    account_id: int,
    parts: frozenset[str] = frozenset(),
    before: int | None = None,
    after: int | None = None,
    size: int = PAGE,
) -> InboxPage:
    """Return the newest talks, those older than id `before`, or those newer than id `after`."""
    wanted = [within(TalkSummary.municipality, scope), *conditions(filters, account_id=account_id, parts=parts)]
    query = select(TalkSummary).where(*wanted).limit(size + 1)
    if after is not None:
        rows = list(session.scalars(query.where(TalkSummary.id > after).order_by(TalkSummary.id)))
        more, rows = len(rows) > size, rows[:size][::-1]
        newer, older = (rows[0].id if rows and more else None), (rows[-1].id if rows else None)
    else:
        query = query if before is None else query.where(TalkSummary.id < before)
        rows = list(session.scalars(query.order_by(TalkSummary.id.desc())))
        more, rows = len(rows) > size, rows[:size]
        newer, older = (rows[0].id if rows and before else None), (rows[-1].id if rows and more else None)
    firsts = _first_words(session, [row.conversation_id for row in rows])
    return InboxPage(tuple(_line(row, firsts.get(row.conversation_id, "")) for row in rows), older, newer)


def next_talk(
    session: Session, filters: Filters, after_id: int, *, scope: Scope, account_id: int, parts: frozenset[str]
) -> str | None:
    """Return the conversation id of the next older talk in the same list, or None at its end."""
    page = inbox(session, filters, scope=scope, account_id=account_id, parts=parts, before=after_id, size=1)
    return page.talks[0].conversation_id if page.talks else None


def _first_words(session: Session, talks: list[str]) -> dict[str, str]:
    """What was said first in each talk that was not a button, else the button."""
    query = select(Turn.conversation_id, Turn.said).where(Turn.conversation_id.in_(talks)).order_by(Turn.id)
    first: dict[str, str] = {}
    for talk, said in session.execute(query):
        if talk not in first or (first[talk].startswith("/") and not said.startswith("/")):
            first[talk] = said
    return first


def _line(row: TalkSummary, first: str) -> TalkLine:
    return TalkLine(
        row.id, row.conversation_id, row.municipality, row.role, row.channel, row.started_at, row.turns, row.lowest,
        row.asked_back, row.lost, row.handover, row.danger, row.face, row.judged, first[:160],
    )  # fmt: skip
