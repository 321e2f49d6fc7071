"""Tables of the conversation log. Texts in here are masked before they arrive."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Float, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assistant.database.base import Base, UtcDateTime


class Conversation(Base):
    """One conversation. The token itself is never stored, only its SHA-256."""

    __tablename__ = "conversation"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64))
    municipality: Mapped[str | None] = mapped_column(String(40))
    role: Mapped[str | None] = mapped_column(String(20))
    channel: Mapped[str] = mapped_column(String(10))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    greeting: Mapped[int] = mapped_column(server_default="1")
    """How many messages the assistant began with: from there the messages of the talk are counted."""


class Turn(Base):
    """One message and what was answered."""

    __tablename__ = "turn"
    __table_args__ = (
        UniqueConstraint("conversation_id", "client_message_id"),
        Index(None, "conversation_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    client_message_id: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    said: Mapped[str] = mapped_column(String(1200))
    intent: Mapped[str] = mapped_column(String(80))
    confidence: Mapped[float] = mapped_column(Float)
    answers: Mapped[list[str]] = mapped_column(JSON)
    """Keys of the answers that were given."""
    replies: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    """The replies, kept only for a message with an id, so that a retry gets the same ones; masked."""
    milliseconds: Mapped[int]
    danger: Mapped[str | None] = mapped_column(String(40))
    guesses: Mapped[list[list[Any]] | None] = mapped_column(JSON)
    """The best three guesses as [intent, probability]; None for a button."""
    outcome: Mapped[str] = mapped_column(String(20), server_default="antwoord")
    """What came of it: a code of outcome.py."""
    messages: Mapped[int] = mapped_column(server_default="1")
    """How many messages the assistant answered with."""


class Feedback(Base):
    """One of three faces for one message of the assistant; a second thought replaces the first."""

    __tablename__ = "feedback"
    __table_args__ = (UniqueConstraint("conversation_id", "message"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    message: Mapped[int]
    """Which message of the assistant: 0 is the welcome."""
    face: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ResumeCode(Base):
    """A form that waits for its person, for seven days at most. The code itself is never stored."""

    __tablename__ = "resume_code"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    form: Mapped[str] = mapped_column(String(40))
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class WrongGuess(Base):
    """A wrong code or a wrong registration number with its contact; kept for a day, to stop who keeps trying."""

    __tablename__ = "wrong_guess"
    __table_args__ = (Index(None, "kind", "conversation_hash"), Index(None, "kind", "number_hash"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    conversation_hash: Mapped[str] = mapped_column(String(64))
    number_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
