"""Tables of the conversation log. Texts in here are masked before they arrive."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
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
    confidence: Mapped[float]
    answers: Mapped[list[str]] = mapped_column(JSON)
    """Keys of the answers that were given."""
    replies: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    """The replies, kept only for a message with an id, so that a retry gets the same ones; masked."""
    milliseconds: Mapped[int]
    danger: Mapped[str | None] = mapped_column(String(40))
