"""What reviewers say of a turn: a verdict, and for what went wrong the cause.

The three causes are those that research on welfare chats names: people lack the word, cannot tell whether a rule fits
them, or believe something that is not so and nobody corrects it (research 03, R1).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.core.scope import Scope
from assistant.database.scope import within
from assistant.review.errors import NotAVerdict
from assistant.review.kappa import Agreement, agreement
from assistant.review.models import Turn
from assistant.review.summary import add_judgement
from assistant.review.work_models import Judgement, TalkSummary

VERDICTS = {
    "goed": "Goed",
    "verkeerd_begrepen": "Verkeerd begrepen",
    "antwoord_fout": "Antwoord klopt niet",
    "antwoord_onduidelijk": "Antwoord is onduidelijk",
    "geen_werkplek": "Geen passende werkplek",
    "spraak": "Verkeerd gehoord (spraak)",
    "techniek": "Techniek werkte niet",
}
"""Code → words on the button. Cause coding of row F60."""
CAUSES = {
    "geen_woord": "Kent het woord niet",
    "regel_past": "Weet niet of de regel past",
    "verkeerd_beeld": "Heeft een verkeerd beeld",
}


@dataclass(frozen=True)
class Reviewer:
    """Who judges."""

    id: int
    name: str


@dataclass(frozen=True)
class Opinion:
    """What somebody thinks of a turn. Raises NotAVerdict for codes that do not exist or do not go together."""

    verdict: str
    cause: str | None = None
    right_intent: str | None = None

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS or (self.cause is not None and self.cause not in CAUSES):
            raise NotAVerdict("unknown code")
        if self.verdict == "verkeerd_begrepen" and not self.right_intent:
            raise NotAVerdict("which intent it should have been is missing")
        if self.verdict != "verkeerd_begrepen" and self.right_intent:
            raise NotAVerdict("only a wrong intent has a right one")


def judge(
    session: Session, turn_id: int, opinion: Opinion, who: Reviewer, now: datetime, *, scope: Scope
) -> Judgement | None:
    """Keep what somebody thinks of a turn, in place of what they thought before; None for a turn out of scope."""
    turn = turn_in(session, turn_id, scope=scope)
    if turn is None:
        return None
    mine = (Judgement.turn_id == turn_id, Judgement.account_id == who.id)
    row = session.scalar(select(Judgement).where(*mine)) or Judgement(
        turn_id=turn_id, conversation_id=turn.conversation_id, account_id=who.id
    )
    row.by, row.at = who.name, now
    row.verdict, row.cause, row.right_intent = opinion.verdict, opinion.cause, opinion.right_intent
    session.add(row)
    session.flush()
    add_judgement(session, turn.conversation_id)
    return row


def turn_in(session: Session, turn_id: int, *, scope: Scope) -> Turn | None:
    """Return a turn whose talk lies in the scope, or None."""
    query = select(Turn).join(TalkSummary, TalkSummary.conversation_id == Turn.conversation_id)
    return session.scalar(query.where(Turn.id == turn_id, within(TalkSummary.municipality, scope)))


def readers_agree(session: Session, *, scope: Scope, since: datetime) -> tuple[Agreement, Agreement]:
    """Return how far two readers of the same turns agree since a moment: on the verdict, and on the cause.

    Of a turn with more than two readers the first two count. A cause that was not given counts as "geen".
    """
    query = (
        select(Judgement.turn_id, Judgement.verdict, Judgement.cause)
        .join(TalkSummary, TalkSummary.conversation_id == Judgement.conversation_id)
        .where(within(TalkSummary.municipality, scope), Judgement.at >= since)
        .order_by(Judgement.turn_id, Judgement.id)
    )
    by_turn: dict[int, list[tuple[str, str]]] = {}
    for turn_id, verdict, cause in session.execute(query):
        by_turn.setdefault(turn_id, []).append((verdict, cause or "geen"))
    pairs = [opinions[:2] for opinions in by_turn.values() if len(opinions) > 1]
    return _on(pairs, 0), _on(pairs, 1)


def _on(pairs: Iterable[list[tuple[str, str]]], field: int) -> Agreement:
    return agreement((first[field], second[field]) for first, second in pairs)
