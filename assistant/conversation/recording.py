"""The last step of the road: the masked turn goes into the log; a message that is sent again gets the same answer."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from datetime import UTC, datetime
from typing import Any

import structlog

from assistant.conversation.admission import Here
from assistant.conversation.brain import Thought
from assistant.conversation.guard import Utterance, without_code
from assistant.core.masking import mask
from assistant.core.reply import Reply
from assistant.database import DatabaseUnavailable
from assistant.review import ConversationLog, TurnRecord
from assistant.review.outcome import WITH_STAFF

logger = structlog.get_logger(__name__)
REMEMBERED = 2000
"""How many answered messages are remembered word for word, for clients that send one again."""


class Recording:
    """Keeps turns, masked; of the newest messages with an id also the replies word for word, in memory only."""

    def __init__(self, log: ConversationLog) -> None:
        self._log = log
        self._answered: OrderedDict[tuple[str, str], tuple[Reply, ...]] = OrderedDict()

    def earlier(self, arrival: Here, message_id: str | None) -> tuple[Reply, ...] | None:
        """Return what a message with this id was answered before, so that a retry changes nothing; None when new."""
        if message_id is not None and (arrival.talk.id, message_id) in self._answered:
            return self._answered[arrival.talk.id, message_id]
        return None if arrival.earlier is None else tuple(Reply.from_dict(raw) for raw in arrival.earlier)

    async def keep(
        self, talk_id: str, utterance: Utterance, thought: Thought, message_id: str | None, began: float,
        known: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        """Keep a turn; a full or locked database must not take the answer away from the person.

        `began` is the moment (time.perf_counter) at which the turn began, `known` the names that were told in the talk.
        """
        if message_id is not None:
            self._answered[talk_id, message_id] = thought.replies
            while len(self._answered) > REMEMBERED:
                self._answered.popitem(last=False)
        turn = TurnRecord(
            conversation_id=talk_id,
            client_message_id=message_id,
            at=datetime.now(UTC),
            said=utterance.for_the_log,
            intent=utterance.danger or thought.intent,
            confidence=thought.confidence,
            answers=[reply.answer for reply in thought.replies if reply.answer],
            replies=[_masked(reply, known) for reply in thought.replies] if message_id else None,
            milliseconds=round((time.perf_counter() - began) * 1000),
            danger=utterance.danger,
            guesses=[[name, round(chance, 4)] for name, chance in thought.guesses] or None,
            messages=len(thought.replies) if thought.intent == WITH_STAFF else max(1, len(thought.replies)),
        )
        try:
            await asyncio.to_thread(self._log.record, turn)
        except DatabaseUnavailable:
            logger.error("turn not recorded", reason="database unavailable")


def _masked(reply: Reply, known: frozenset[str]) -> dict[str, Any]:
    raw = reply.to_dict()
    raw["extra"].pop("private", None)
    return raw | {name: mask(without_code(raw[name]), known) for name in ("text", "spoken")}
