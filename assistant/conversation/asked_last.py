"""The question of a form that still stands when a member of staff came in between."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.core.reply import Reply
from assistant.review.outcome import WITH_STAFF
from assistant.review.told import ToldTurn

QUESTION = "vraag/"
_BETWEEN = ("mens/", "mens_spreken", WITH_STAFF)


def asked_last(turns: Sequence[ToldTurn]) -> Reply | None:
    """Return the question that the assistant asked before all this, None when it asked nothing."""
    before = next((turn for turn in reversed(turns) if not turn.intent.startswith(_BETWEEN)), None)
    last = Reply.from_dict(before.replies[-1]) if before and before.replies else None
    return last if last and (last.answer or "").startswith(QUESTION) else None
