"""Tables of the learning loop: trainings, choices of a model, and proposals for new topics."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.database.base import Base, UtcDateTime


class Training(Base):
    """One training that somebody asked for: exported, trained and measured by a process of its own."""

    __tablename__ = "training"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(20))
    """A code of trainings.STATES."""
    active: Mapped[int | None] = mapped_column(unique=True)
    """1 while it waits or runs, else None: the unique column lets at most one do so."""
    asked_by: Mapped[str] = mapped_column(String(120))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    heard_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the process last said that it lives."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sentences: Mapped[int] = mapped_column(default=0)
    model: Mapped[str | None] = mapped_column(String(80))
    live: Mapped[str | None] = mapped_column(String(80))
    """The model that it was compared with."""
    facts: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """Scores of both models, per group too, and what got worse."""
    log: Mapped[str] = mapped_column(Text, default="")
    """Last lines of what the process said."""
    problem: Mapped[str | None] = mapped_column(String(500))


class ModelChange(Base):
    """Somebody chose another model to answer people."""

    __tablename__ = "model_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(120))
    former: Mapped[str | None] = mapped_column(String(80))
    chosen: Mapped[str] = mapped_column(String(80))
    is_return: Mapped[bool]


class ModelTrial(Base):
    """Staff chose which model a municipality tries; see assistant.review.model_trials."""

    __tablename__ = "model_trial"

    municipality: Mapped[str] = mapped_column(String(40), primary_key=True)
    pool: Mapped[str | None] = mapped_column(String(40))
    """None: the usual model."""
    set_by: Mapped[str] = mapped_column(String(120))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TopicProposal(Base):
    """Messages that were not understood and look alike: maybe a question that we should learn."""

    __tablename__ = "topic_proposal"
    __table_args__ = (Index(None, "municipality", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality: Mapped[str] = mapped_column(String(40))
    times: Mapped[int]
    sentences: Mapped[list[str]] = mapped_column(JSON)
    """Masked, the most telling one first."""
    draft: Mapped[str] = mapped_column(String(80))
    """A name made of the words that these sentences share, to be replaced by a person."""
    state: Mapped[str] = mapped_column(String(20))
    """"open", "overgenomen" or "weggelegd"."""
    name: Mapped[str | None] = mapped_column(String(80))
    description: Mapped[str | None] = mapped_column(String(300))
    """What somebody wants to know who asks this, in the words of who took it over."""
    chosen: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """The first sentences to learn from: a choice of `sentences`."""
    answer: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    """A first answer by an editor: title, text and simple."""
    answer_by: Mapped[str | None] = mapped_column(String(120))
    by: Mapped[str | None] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
