"""What goes into the conversation log and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

Beside = TypeVar("Beside")


@dataclass(frozen=True)
class NewConversation:
    """What is known when a conversation starts."""

    id: str
    token_hash: str
    municipality: str | None
    role: str | None
    channel: str
    started_at: datetime
    greeting: int = 1
    """How many messages the assistant began with."""


@dataclass(frozen=True)
class StoredConversation:
    """A conversation as the road needs it."""

    id: str
    token_hash: str
    municipality: str | None
    role: str | None
    channel: str

    @property
    def page(self) -> dict[str, str | None]:
        """What Rasa is told about where the talk takes place."""
        return {"municipality": self.municipality, "role": self.role, "channel": self.channel}


@dataclass(frozen=True)
class TurnRecord:
    """One masked turn."""

    conversation_id: str
    client_message_id: str | None
    at: datetime
    said: str
    intent: str
    confidence: float
    answers: list[str]
    replies: list[dict[str, Any]] | None
    milliseconds: int
    danger: str | None
    guesses: list[list[Any]] | None = None
    """The best three as [intent, probability]; None for a button."""
    messages: int = 1
    """How many messages the assistant answered with."""


@dataclass(frozen=True)
class Arrival(Generic[Beside]):
    """A message at the door: its conversation, what it was answered before, and what was read in the same look."""

    talk: StoredConversation
    earlier: list[dict[str, Any]] | None
    """None for a message that is new or has no id."""
    beside: Beside


@dataclass(frozen=True)
class KeptTurn:
    """One turn as it was kept: masked words, the masked replies when the message had an id, and how many there were."""

    said: str
    client_message_id: str | None
    replies: list[dict[str, Any]] | None
    messages: int
