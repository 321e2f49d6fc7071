"""Keeping the one-line summary of a talk in step with its turns, faces and judgements, in the same transaction."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.core.scope import NATIONAL
from assistant.review.models import Conversation, Feedback, Turn
from assistant.review.work_models import Judgement, TalkSummary

FACES = ("slecht", "gaat_wel", "goed")
"""Worst first."""


def add_turn(session: Session, turn: Turn) -> None:
    """Count one turn in; the first one begins the summary."""
    row = _summary(session, turn.conversation_id) or _begin(session, turn)
    row.last_at, row.turns = turn.at, row.turns + 1
    if not turn.said.startswith(("/", "[")):
        row.lowest = min(row.lowest, turn.confidence)
    row.asked_back += turn.outcome == "teruggevraagd"
    row.lost += turn.outcome == "niet_begrepen"
    row.handover = row.handover or turn.outcome == "mens"
    row.danger = row.danger or turn.danger is not None
    row.trouble = row.trouble or turn.outcome == "storing"
    row.topics = _with(row.topics, turn.intent.partition("/")[0], 500)


def add_face(session: Session, conversation_id: str) -> None:
    """Keep the worst face that stands now."""
    if row := _summary(session, conversation_id):
        given = set(session.scalars(select(Feedback.face).where(Feedback.conversation_id == conversation_id)))
        row.face = next((face for face in FACES if face in given), None)


def add_judgement(session: Session, conversation_id: str) -> None:
    """Count the turns that are judged now, and their causes."""
    if row := _summary(session, conversation_id):
        mine = Judgement.conversation_id == conversation_id
        row.judged = session.scalar(select(func.count(Judgement.turn_id.distinct())).where(mine)) or 0
        causes = session.scalars(select(Judgement.cause).where(mine, Judgement.cause.is_not(None)).distinct())
        row.causes = "," + "".join(f"{cause}," for cause in sorted(str(cause) for cause in causes))


def _summary(session: Session, conversation_id: str) -> TalkSummary | None:
    return session.scalar(select(TalkSummary).where(TalkSummary.conversation_id == conversation_id))


def _begin(session: Session, turn: Turn) -> TalkSummary:
    talk = session.get_one(Conversation, turn.conversation_id)
    row = TalkSummary(
        conversation_id=talk.id,
        municipality=talk.municipality or NATIONAL,
        role=talk.role,
        channel=talk.channel,
        started_at=talk.started_at,
        turns=0,
        lowest=1.0,
        topics=",",
        asked_back=0,
        lost=0,
        handover=False,
        danger=False,
        trouble=False,
        judged=0,
        causes=",",
    )
    session.add(row)
    return row


def _with(listed: str, code: str, most: int) -> str:
    """Add a code to a list like ",loon,hulp," when it is not in it and there is room."""
    if not code or f",{code}," in listed or len(listed) + len(code) + 1 > most:
        return listed
    return f"{listed}{code},"
