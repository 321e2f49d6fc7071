"""Tables of retention: what must stay for a while, and what was deleted when."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assistant.database.base import Base, UtcDateTime


class RetentionHold(Base):
    """Something that may not be deleted yet: a complaint runs, somebody asked for it. Ends by itself on `until`."""

    __tablename__ = "retention_hold"
    __table_args__ = (Index(None, "kind", "subject"), CheckConstraint("length(reason) > 4", name="reason"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    """`aanmelding`, `gesprek`, `terugbelverzoek` or `aanbod`."""
    subject: Mapped[str] = mapped_column(String(64))
    """Number of the registration, offer or call-back, or id of the conversation."""
    municipality: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(String(300))
    until: Mapped[date]
    made_by: Mapped[int | None]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DeletionReport(Base):
    """One run of deletion. Without `ended_at` it was broken off; what it had deleted by then is in its counts."""

    __tablename__ = "deletion_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    cause: Mapped[str] = mapped_column(String(20))
    """`nacht` or `hand`."""
    once: Mapped[str | None] = mapped_column(String(40), unique=True)
    """The day of a nightly run, so that of several processes one does it."""
    made_by: Mapped[int | None]
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    hash: Mapped[str | None] = mapped_column(String(64))
    """SHA-256 over the report; the audit chain carries it too."""
    counts: Mapped[list[DeletionCount]] = relationship(
        order_by="DeletionCount.data_class", cascade="all, delete-orphan", lazy="selectin"
    )


class DeletionCount(Base):
    """How many things of one class a run deleted, and how many it left because of a hold."""

    __tablename__ = "deletion_count"

    report_id: Mapped[int] = mapped_column(ForeignKey("deletion_report.id", ondelete="CASCADE"), primary_key=True)
    data_class: Mapped[str] = mapped_column(String(30), primary_key=True)
    deleted: Mapped[int]
    held: Mapped[int]
    failed: Mapped[str | None] = mapped_column(String(60))
    """Kind of the error that stopped this class; the next run tries again."""
