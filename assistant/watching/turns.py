"""Counting what becomes of messages, at the place where turns are recorded."""

from __future__ import annotations

from assistant.database import Database
from assistant.review import NewConversation, TurnRecord
from assistant.review.outcome import outcome_of
from assistant.review.patient_log import PatientLog
from assistant.watching.metrics import CHANNELS, PRIVATE, ROLES, Metrics, one_of

PRIVATE_LOG = "[orientatie]"
"""What the log keeps of a step that leaves no trace."""


class WatchedLog(PatientLog):
    """The conversation log, with a count beside it. A turn that cannot be stored yet is counted all the same."""

    def __init__(self, database: Database, metrics: Metrics) -> None:
        super().__init__(database)
        self._metrics = metrics

    def start(self, conversation: NewConversation) -> None:
        """Store and count a new conversation."""
        super().start(conversation)
        role = one_of(conversation.role or "onbekend", ROLES)
        self._metrics.conversations.labels(one_of(conversation.channel, CHANNELS), role).inc()

    def record(self, turn: TurnRecord) -> None:
        """Count and store a turn."""
        outcome = PRIVATE if turn.said == PRIVATE_LOG else outcome_of(turn.answers, turn.danger, turn.intent)
        self._metrics.turns.labels(outcome).inc()
        self._metrics.turn_seconds.observe(turn.milliseconds / 1000)
        super().record(turn)
