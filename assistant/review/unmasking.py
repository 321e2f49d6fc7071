"""Seeing who is behind a talk: only the contact that a person left, for a reason, for ten minutes.

What was typed cannot be unmasked: it was masked before it was stored, and the words themselves were never kept.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.core.scope import Scope
from assistant.review.transcript import summary_in
from assistant.review.work_models import Unmasking

OPEN = timedelta(minutes=10)
REASON = 10
"""Fewest characters of a reason."""


def unmask(
    session: Session, conversation_id: str, account_id: int, reason: str, now: datetime, *, scope: Scope
) -> datetime | None:
    """Open the contact for one account and return until when; None out of scope or without a real reason."""
    words = " ".join(reason.split())[:300]
    if len(words) < REASON or summary_in(session, conversation_id, scope=scope) is None:
        return None
    until = now + OPEN
    session.add(Unmasking(conversation_id=conversation_id, account_id=account_id, reason=words, until=until))
    return until


def unmasked_until(session: Session, conversation_id: str, account_id: int, now: datetime) -> datetime | None:
    """Return until when this account may see the contact, None when it may not."""
    mine = (Unmasking.conversation_id == conversation_id, Unmasking.account_id == account_id, Unmasking.until > now)
    return session.scalar(select(Unmasking.until).where(*mine).order_by(Unmasking.until.desc()).limit(1))
