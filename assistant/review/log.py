"""Writing and reading the conversation log: small synchronous calls, one session each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from assistant.database import Database
from assistant.review.models import Conversation, Feedback, Turn
from assistant.review.outcome import outcome_of
from assistant.review.summary import add_face, add_turn


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
class KeptTurn:
    """One turn as it was kept: masked words, the masked replies when the message had an id, and how many there were."""

    said: str
    client_message_id: str | None
    replies: list[dict[str, Any]] | None
    messages: int


class ConversationLog:
    """The log in the database. Raises DatabaseUnavailable when that is not there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self, conversation: NewConversation) -> None:
        """Store a new conversation."""
        with self._database.session() as session:
            session.add(Conversation(**vars(conversation)))

    def find(self, conversation_id: str) -> StoredConversation | None:
        """Return a conversation, or None."""
        with self._database.session(write=False) as session:
            row = session.get(Conversation, conversation_id)
            return StoredConversation(row.id, row.token_hash, row.municipality, row.role, row.channel) if row else None

    def replies_to(self, conversation_id: str, client_message_id: str) -> list[dict[str, Any]] | None:
        """Return the replies that a message with this id already got, or None when it is new."""
        query = select(Turn.replies).where(
            Turn.conversation_id == conversation_id, Turn.client_message_id == client_message_id
        )
        with self._database.session(write=False) as session:
            return session.scalar(query)

    def kept(self, conversation_id: str) -> tuple[int, list[KeptTurn]]:
        """Return with how many messages a conversation began, and its turns, oldest first."""
        turns = select(Turn.said, Turn.client_message_id, Turn.replies, Turn.messages)
        with self._database.session(write=False) as session:
            greeting = session.scalar(select(Conversation.greeting).where(Conversation.id == conversation_id)) or 1
            rows = session.execute(turns.where(Turn.conversation_id == conversation_id).order_by(Turn.id))
            return greeting, [KeptTurn(*row) for row in rows]

    def rate(self, conversation_id: str, message: int, face: str, at: datetime) -> None:
        """Keep a face for a message; a later one for the same message replaces it."""
        mine = (Feedback.conversation_id == conversation_id, Feedback.message == message)
        with self._database.session() as session:
            session.execute(delete(Feedback).where(*mine))
            session.add(Feedback(conversation_id=conversation_id, message=message, face=face, at=at))
            session.flush()
            add_face(session, conversation_id)

    def record(self, turn: TurnRecord) -> None:
        """Store a turn; a second one with the same client message id is left out."""
        try:
            with self._database.session() as session:
                row = Turn(**vars(turn), outcome=outcome_of(turn.answers, turn.danger, turn.intent))
                session.add(row)
                session.flush()
                add_turn(session, row)
        except IntegrityError:
            if turn.client_message_id is None:
                raise
