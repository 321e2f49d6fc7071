"""From a message that was understood wrongly to a sentence to learn from, with two people in between.

voorgesteld → goedgekeurd by another person than the proposer → in the files that a model is trained on. One in five
goes to the test set instead, chosen by the sentence itself: learning and testing on the same sentence proves nothing.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from assistant.core.masking import mask
from assistant.core.scope import Scope
from assistant.database.scope import within
from assistant.review.errors import NothingToLearn
from assistant.review.judging import Reviewer, turn_in
from assistant.review.work_models import Correction, TalkSummary

PROPOSED, APPROVED, REJECTED = "voorgesteld", "goedgekeurd", "afgewezen"
LEARN, TEST = "leren", "toets"
LENGTH = 300
_ENTITY = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")
_MARK = re.compile(r"\[[\w -]{1,20}\]")
_SYNTAX = re.compile(r"[\[\](){}|`\\]")
"""Signs that mean something in Rasa's training files."""


@dataclass(frozen=True)
class Proposal:
    """A sentence as the reviewer wants it learnt; empty = the words of the turn."""

    turn_id: int
    intent: str
    sentence: str = ""


def propose(session: Session, proposal: Proposal, who: Reviewer, now: datetime, *, scope: Scope) -> Correction | None:
    """Propose that a message means `intent` (checked by the caller); None for a turn out of scope.

    Raises NothingToLearn for a button or a message that has no words left when it is masked.
    """
    turn = turn_in(session, proposal.turn_id, scope=scope)
    if turn is None:
        return None
    sentence = learnable(proposal.sentence or turn.said)
    if turn.said.startswith("/") or turn.danger or not sentence:
        raise NothingToLearn("no words")
    same = (Correction.turn_id == turn.id, Correction.sentence == sentence, Correction.intent == proposal.intent)
    if earlier := session.scalar(select(Correction).where(*same, Correction.state != REJECTED)):
        return earlier
    municipality = session.scalars(
        select(TalkSummary.municipality).where(TalkSummary.conversation_id == turn.conversation_id)
    ).one()
    row = Correction(
        turn_id=turn.id, municipality=municipality, sentence=sentence, was=turn.intent, intent=proposal.intent,
        state=PROPOSED, goes_to=goes_to(sentence), proposed_by=who.id, proposed_name=who.name, proposed_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def decide(
    session: Session, correction_id: int, who: Reviewer, now: datetime, *, approve: bool, reason: str, scope: Scope
) -> bool:
    """Approve or reject what somebody else proposed. False when it is out of scope, decided already, or one's own.

    The condition stands in the statement itself, so that no page and no two clicks at once can get around it.
    """
    changed = session.execute(
        update(Correction)
        .where(
            Correction.id == correction_id,
            Correction.state == PROPOSED,
            Correction.proposed_by != who.id,
            within(Correction.municipality, scope),
        )
        .values(
            state=APPROVED if approve else REJECTED,
            decided_by=who.id,
            decided_name=who.name,
            decided_at=now,
            reason=mask(reason)[:300] or None,
        )
    )
    return bool(changed.rowcount == 1)  # type: ignore[attr-defined]  # an update has it


def correction_in(session: Session, correction_id: int, *, scope: Scope) -> Correction | None:
    """Return a correction in scope, or None."""
    mine = (Correction.id == correction_id, within(Correction.municipality, scope))
    return session.scalar(select(Correction).where(*mine))


def corrections(session: Session, state: str, *, scope: Scope, most: int = 200) -> list[Correction]:
    """Return corrections in a state, newest first."""
    mine = (Correction.state == state, within(Correction.municipality, scope))
    return list(session.scalars(select(Correction).where(*mine).order_by(Correction.id.desc()).limit(most)))


def approved(session: Session) -> list[dict[str, Any]]:
    """Return every approved sentence of every municipality, in order of approval: all share one model."""
    query = select(Correction).where(Correction.state == APPROVED).order_by(Correction.id)
    return [
        {"id": row.id, "intent": row.intent, "sentence": row.sentence, "goes_to": row.goes_to}
        for row in session.scalars(query)
    ]


def mark_exported(session: Session, notes: dict[int, str | None], now: datetime) -> None:
    """Write beside each exported correction when that was, and why it was left out if it was."""
    for row in session.scalars(select(Correction).where(Correction.id.in_(notes))):
        row.exported_at, row.export_note = now, notes[row.id]


def learnable(text: str) -> str:
    """Return a sentence without personal data, marks of masking, and signs that mean something to Rasa.

    >>> learnable("ik heet [naam], wat verdien [ik](begrip)")
    'ik heet , wat verdien ik'
    """
    words = _SYNTAX.sub(" ", _MARK.sub(" ", mask(_ENTITY.sub(r"\1", text))))
    words = " ".join(words.split())[:LENGTH].strip(" -/#'\"")
    return words if re.search(r"[^\W\d_]{2}", words) else ""


def goes_to(sentence: str) -> str:
    """Return TEST for one sentence in five, by its SHA-256 in small letters, else LEARN: always the same answer."""
    digest = hashlib.sha256(" ".join(sentence.lower().split()).encode()).digest()
    return TEST if int.from_bytes(digest[:4], "big") % 5 == 0 else LEARN
