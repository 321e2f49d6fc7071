"""Counts per day. No person, no talk: only how often."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.database.base import Base, UtcDateTime


class FigureDay(Base):
    """How often something was, on one day, in one municipality, by one channel. metric and part: see counting.py."""

    __tablename__ = "figure_day"
    __table_args__ = (Index("ix_figure_day_of", "day"), {"sqlite_with_rowid": False})

    metric: Mapped[str] = mapped_column(String(20), primary_key=True)
    municipality: Mapped[str] = mapped_column(String(40), primary_key=True)
    """"landelijk" when the talk named none."""
    day: Mapped[date] = mapped_column(primary_key=True)
    """The day in the Netherlands on which the talk began."""
    channel: Mapped[str] = mapped_column(String(10), primary_key=True)
    part: Mapped[str] = mapped_column(String(80), primary_key=True)
    count: Mapped[int]


class FigureMonth(Base):
    """The same, added up over a whole month in which nothing changes any more: a year is twelve of these."""

    __tablename__ = "figure_month"
    __table_args__ = (Index("ix_figure_month_of", "day"), {"sqlite_with_rowid": False})

    metric: Mapped[str] = mapped_column(String(20), primary_key=True)
    municipality: Mapped[str] = mapped_column(String(40), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    """The first of the month."""
    channel: Mapped[str] = mapped_column(String(10), primary_key=True)
    part: Mapped[str] = mapped_column(String(80), primary_key=True)
    count: Mapped[int]


class FigureDone(Base):
    """A day that was counted, and when for the last time."""

    __tablename__ = "figure_done"

    day: Mapped[date] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
