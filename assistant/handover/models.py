"""Tables of the take-over. What a person says to a member of staff is kept masked once the talk has ended."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.database.base import Base, UtcDateTime
from assistant.handover.states import State

_RUNNING = text("ended_at IS NULL")
STATES = ", ".join(f"'{state}'" for state in State)


class Handover(Base):
    """One request for a person, from the question to the end. A conversation has at most one that has not ended."""

    __tablename__ = "handover"
    __table_args__ = (
        CheckConstraint(f"state IN ({STATES})", name="state"),
        Index("uq_handover_running", "conversation_id", unique=True, sqlite_where=_RUNNING, postgresql_where=_RUNNING),
        Index("ix_handover_queue", "state", "municipality", "queued_at"),
        Index("ix_handover_report", "municipality", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    municipality: Mapped[str] = mapped_column(String(40))  # "landelijk" when the talk has none
    state: Mapped[str] = mapped_column(String(20))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    queued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the first time; the place in the queue
    waits_since: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the last time
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the first time: what time-to-human is counted to
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    staff_id: Mapped[int | None]
    staff_name: Mapped[str | None] = mapped_column(String(60))
    staff_seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    summary: Mapped[dict[str, Any]] = mapped_column(JSON)
    shares_summary: Mapped[bool | None]  # what the person chose, at `consented_at`; None: not chosen yet
    consented_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    place: Mapped[int | None]  # in the queue, as the person was told last
    lines: Mapped[int] = mapped_column(default=0)
    """How many lines were written: the number of the next one, counted by the database."""
    forward: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    reference: Mapped[str | None] = mapped_column(String(20), unique=True)
    mailed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When both mails on the forwarding were handed over; None while they still must."""


class Line(Base):
    """One line of the talk, or one change of who has it. Numbered within its hand-over without a gap."""

    __tablename__ = "handover_line"
    __table_args__ = (
        UniqueConstraint("handover_id", "client_message_id"),
        Index(None, "conversation_id", "handover_id", "number"),
    )

    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    who: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    name: Mapped[str | None] = mapped_column(String(60))  # first name, of a member of staff
    client_message_id: Mapped[str | None] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    masked: Mapped[str] = mapped_column(Text)
    """What stays of the text when the talk has ended."""
    human: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """Who has the talk from here on, in the form of the chat API; None for something said."""


class StaffPresence(Base):
    """Who is there to take talks. Gone when not seen for some minutes."""

    __tablename__ = "staff_presence"

    staff_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(60))
    scope: Mapped[list[str]] = mapped_column(JSON)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
