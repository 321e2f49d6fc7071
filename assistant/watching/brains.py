"""Timing Rasa, and giving it the number of the trace along."""

from __future__ import annotations

import time
from typing import Any

from assistant.conversation.brain import Brain, Thought
from assistant.conversation.errors import BrainUnavailable
from assistant.watching.metrics import Metrics
from assistant.watching.tracing import Traces

UNUSABLE = ("no reply in it", "status 4", "JSONDecodeError", "ContentTypeError")


class WatchedBrain:
    """A brain with a stopwatch. Put it around the breaker: then also what is not asked is counted."""

    def __init__(self, brain: Brain, metrics: Metrics, traces: Traces) -> None:
        self._brain, self._metrics, self._traces = brain, metrics, traces

    async def think(self, conversation_id: str, text: str, page: dict[str, Any]) -> Thought:
        """As the brain behind it."""
        began = time.perf_counter()
        with self._traces.span("rasa"):
            try:
                thought = await self._brain.think(conversation_id, text, page | self._traces.outgoing())
            except BrainUnavailable as error:
                self._metrics.rasa_failures.labels(reason_of(error)).inc()
                raise
        self._metrics.rasa_seconds.observe(time.perf_counter() - began)
        return thought

    async def is_ready(self) -> bool:
        """As the brain behind it."""
        return await self._brain.is_ready()


def reason_of(error: BrainUnavailable) -> str:
    """Return one of REASONS."""
    why = str(error)
    if why in ("slow", "resting"):
        return why
    return "unusable" if why.startswith(UNUSABLE) else "slow" if "Timeout" in why else "unreachable"
