"""One talk as a reviewer reads it: what was said, understood and answered at each turn, and what was thought of it.

All of it as it was kept: masked before it was stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.core.masking import mask
from assistant.core.scope import Scope
from assistant.database.scope import within
from assistant.review.models import Conversation, Feedback, Turn
from assistant.review.work_models import Correction, Judgement, Note, TalkSummary

NOTE_LENGTH = 1000


@dataclass(frozen=True)
class TurnView:
    """One turn. `faces` are those for the messages of this turn."""

    row: Turn
    number: int
    faces: tuple[str, ...]
    judgements: tuple[Judgement, ...]
    corrections: tuple[Correction, ...]

    @property
    def is_words(self) -> bool:
        """Whether the person typed or said something that was kept; not for a button or a hidden turn."""
        return not self.row.said.startswith(("/", "["))

    @property
    def texts(self) -> list[str] | None:
        """The answers word for word, None when only their keys were kept."""
        return None if self.row.replies is None else [str(reply.get("text") or "") for reply in self.row.replies]

    def by(self, account_id: int) -> Judgement | None:
        """What this person thinks of it."""
        return next((each for each in self.judgements if each.account_id == account_id), None)


@dataclass(frozen=True)
class TalkView:
    """A whole talk."""

    summary: TalkSummary
    turns: tuple[TurnView, ...]
    notes: tuple[Note, ...]


def talk_view(session: Session, conversation_id: str, *, scope: Scope) -> TalkView | None:
    """Return a talk in scope, or None."""
    summary = summary_in(session, conversation_id, scope=scope)
    if summary is None:
        return None
    talk = session.get_one(Conversation, conversation_id)
    turns = session.scalars(select(Turn).where(Turn.conversation_id == conversation_id).order_by(Turn.id)).all()
    notes = session.scalars(select(Note).where(Note.conversation_id == conversation_id).order_by(Note.id)).all()
    return TalkView(summary, tuple(_turns(session, talk, turns)), tuple(notes))


def summary_in(session: Session, conversation_id: str, *, scope: Scope) -> TalkSummary | None:
    """Return the summary of a talk in scope, or None."""
    mine = (TalkSummary.conversation_id == conversation_id, within(TalkSummary.municipality, scope))
    return session.scalar(select(TalkSummary).where(*mine))


def add_note(
    session: Session, conversation_id: str, text: str, who: tuple[int, str], now: datetime, *, scope: Scope
) -> bool:
    """Keep a remark beside a talk, masked; False when the talk is out of scope or nothing was written."""
    words = mask(" ".join(text.split()))[:NOTE_LENGTH]
    if not words or summary_in(session, conversation_id, scope=scope) is None:
        return False
    session.add(Note(conversation_id=conversation_id, account_id=who[0], by=who[1], text=words, at=now))
    return True


def assign(session: Session, conversation_id: str, *, first: int | None, second: int | None, scope: Scope) -> bool:
    """Give a talk to a reader and to a second one (account ids, None = nobody); False when it is out of scope."""
    summary = summary_in(session, conversation_id, scope=scope)
    if summary is None:
        return False
    summary.assigned_to = first
    summary.second_reader = None if second == first else second
    return True


def _turns(session: Session, talk: Conversation, turns: Sequence[Turn]) -> list[TurnView]:
    given = session.scalars(select(Feedback).where(Feedback.conversation_id == talk.id))
    faces = {each.message: each.face for each in given}
    mine = Judgement.conversation_id == talk.id
    judgements = session.scalars(select(Judgement).where(mine).order_by(Judgement.id)).all()
    ids = [turn.id for turn in turns]
    corrections = session.scalars(select(Correction).where(Correction.turn_id.in_(ids)).order_by(Correction.id)).all()
    views, message = [], talk.greeting
    for number, turn in enumerate(turns, start=1):
        mine_faces = tuple(faces[index] for index in range(message, message + turn.messages) if index in faces)
        message += turn.messages
        views.append(
            TurnView(
                turn, number, mine_faces,
                tuple(each for each in judgements if each.turn_id == turn.id),
                tuple(each for each in corrections if each.turn_id == turn.id),
            )
        )  # fmt: skip
    return views
