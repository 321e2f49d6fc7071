"""Tables of the people who review: one line per talk for the inbox, judgements, samples and views.

Staff stand here by account id with their name as it was, so that a judgement outlives an account. No foreign key to
the accounts: the rooms with tables never point at each other.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assistant.database.base import Base, UtcDateTime


class TalkSummary(Base):
    """A talk in one narrow row, kept up to date by the log, so that the inbox need not read the turns.

    It begins with the first thing that the person says: a widget that was only opened is no talk. `id` follows the
    order of beginning, and the inbox is paged by it. Lists of codes are text with a comma on both sides: ",loon,".
    """

    __tablename__ = "talk_summary"
    __table_args__ = (Index(None, "municipality", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), unique=True)
    municipality: Mapped[str] = mapped_column(String(40))
    """"landelijk" when the page named none."""
    role: Mapped[str | None] = mapped_column(String(20))
    channel: Mapped[str] = mapped_column(String(10))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    turns: Mapped[int] = mapped_column(default=0)
    lowest: Mapped[float] = mapped_column(Float, default=1.0)
    """Lowest probability of what was understood; buttons do not count."""
    topics: Mapped[str] = mapped_column(String(500), default=",")
    """First parts of the intents that were understood."""
    asked_back: Mapped[int] = mapped_column(default=0)
    lost: Mapped[int] = mapped_column(default=0)
    handover: Mapped[bool] = mapped_column(default=False)
    danger: Mapped[bool] = mapped_column(default=False)
    trouble: Mapped[bool] = mapped_column(default=False)
    """Whether something of ours was out of order during the talk."""
    face: Mapped[str | None] = mapped_column(String(10))
    """The worst face that was given."""
    judged: Mapped[int] = mapped_column(default=0)
    """How many turns have a judgement."""
    causes: Mapped[str] = mapped_column(String(60), default=",")
    assigned_to: Mapped[int | None] = mapped_column(index=True)
    second_reader: Mapped[int | None] = mapped_column(index=True)


class Judgement(Base):
    """What one reviewer thinks of one turn; thinking again replaces it."""

    __tablename__ = "judgement"
    __table_args__ = (UniqueConstraint("turn_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turn.id", ondelete="CASCADE"))
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int]
    by: Mapped[str] = mapped_column(String(120))
    verdict: Mapped[str] = mapped_column(String(30))
    cause: Mapped[str | None] = mapped_column(String(20))
    right_intent: Mapped[str | None] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Note(Base):
    """A remark of a reviewer beside a talk; masked like everything that is typed."""

    __tablename__ = "review_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int]
    by: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(String(1000))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Unmasking(Base):
    """Somebody may see the contact of the person behind a talk for a while, for a reason."""

    __tablename__ = "review_unmasking"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int]
    reason: Mapped[str] = mapped_column(String(300))
    until: Mapped[datetime] = mapped_column(UtcDateTime)


class SavedView(Base):
    """Filters that one person gave a name."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("account_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(60))
    filters: Mapped[dict[str, str]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Sample(Base):
    """The talks of one week in one municipality that were drawn for reading, with everything to draw them again."""

    __tablename__ = "review_sample"
    __table_args__ = (UniqueConstraint("week", "municipality"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    week: Mapped[str] = mapped_column(String(8))
    """ISO week, "2026-W47"."""
    municipality: Mapped[str] = mapped_column(String(40))
    seed: Mapped[int]
    risky: Mapped[int]
    """Talks of the week with a sign of risk."""
    ordinary: Mapped[int]
    risky_drawn: Mapped[int]
    ordinary_drawn: Mapped[int]
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SampleTalk(Base):
    """One talk of a sample, with the chance that it had to be drawn."""

    __tablename__ = "review_sample_talk"

    sample_id: Mapped[int] = mapped_column(ForeignKey("review_sample.id", ondelete="CASCADE"), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    part: Mapped[str] = mapped_column(String(10))
    """"risico" or "gewoon"."""
    chance: Mapped[float] = mapped_column(Float)


class Correction(Base):
    """A sentence with the intent that it should have had. It stays when the talk that it came from is deleted."""

    __tablename__ = "correction"
    __table_args__ = (
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="four_eyes"),
        Index(None, "state", "municipality"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    turn_id: Mapped[int | None] = mapped_column(ForeignKey("turn.id", ondelete="SET NULL"), index=True)
    municipality: Mapped[str] = mapped_column(String(40))
    sentence: Mapped[str] = mapped_column(String(300))
    was: Mapped[str] = mapped_column(String(80))
    """What was understood."""
    intent: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(20))
    """"voorgesteld", "goedgekeurd" or "afgewezen"."""
    goes_to: Mapped[str] = mapped_column(String(10))
    """"leren" or "toets"."""
    proposed_by: Mapped[int]
    proposed_name: Mapped[str] = mapped_column(String(120))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[int | None]
    decided_name: Mapped[str | None] = mapped_column(String(120))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(String(300))
    exported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    export_note: Mapped[str | None] = mapped_column(String(300))
    """Why it was left out of the files, or None."""
