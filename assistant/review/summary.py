"""Keeping the one-line summary of a talk in step with its turns, faces and judgements, in the same transaction."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Table, func, insert, select, update
from sqlalchemy.orm import Session

from assistant.core.scope import NATIONAL
from assistant.review.models import Conversation, Feedback
from assistant.review.records import TurnRecord
from assistant.review.work_models import Judgement, TalkSummary

FACES = ("slecht", "gaat_wel", "goed")
"""Worst first."""


def add_turn(session: Session, turn: TurnRecord, outcome: str) -> None:
    """Count one turn in; the first one begins the summary. In plain statements: this is done at every message."""
    known = session.execute(select(*_COUNTED).where(_TABLE.c.conversation_id == turn.conversation_id)).first()
    row = dict(_NOTHING) if known is None else dict(known._mapping)
    row["last_at"], row["turns"] = turn.at, row["turns"] + 1
    if not turn.said.startswith(("/", "[")):
        row["lowest"] = min(row["lowest"], turn.confidence)
    row["asked_back"] += outcome == "teruggevraagd"
    row["lost"] += outcome == "niet_begrepen"
    row["handover"] = row["handover"] or outcome == "mens"
    row["danger"] = row["danger"] or turn.danger is not None
    row["trouble"] = row["trouble"] or outcome == "storing"
    row["topics"] = _with(row["topics"], turn.intent.partition("/")[0], 500)
    if known is None:
        session.execute(insert(_TABLE), _beginning(session, turn.conversation_id) | row)
    else:
        session.execute(update(_TABLE).where(_TABLE.c.id == row.pop("id")), row)


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


def _beginning(session: Session, conversation_id: str) -> dict[str, Any]:
    """Return what a summary takes over from its conversation, and what only staff change."""
    talk = session.execute(select(*_FROM_TALK).where(Conversation.id == conversation_id)).one()._mapping
    place = talk["municipality"] or NATIONAL
    return {**talk, "municipality": place, "conversation_id": conversation_id, "judged": 0, "causes": ","}


def _with(listed: str, code: str, most: int) -> str:
    """Add a code to a list like ",loon,hulp," when it is not in it and there is room."""
    if not code or f",{code}," in listed or len(listed) + len(code) + 1 > most:
        return listed
    return f"{listed}{code},"


_TABLE = cast(Table, TalkSummary.__table__)
_NOTHING: dict[str, Any] = {
    "turns": 0, "lowest": 1.0, "asked_back": 0, "lost": 0, "handover": False, "danger": False, "trouble": False,
    "topics": ",",
}  # fmt: skip
"""The counts of a talk in which nothing was said yet."""
_COUNTED = (_TABLE.c.id, *(_TABLE.c[name] for name in _NOTHING))
_FROM_TALK = (Conversation.municipality, Conversation.role, Conversation.channel, Conversation.started_at)
