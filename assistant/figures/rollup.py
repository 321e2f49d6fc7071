"""Keeping the counts of every day that is over: a page adds up some rows instead of a hundred thousand talks."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from assistant.figures.counting import count_day
from assistant.figures.models import FigureDay, FigureDone, FigureMonth
from assistant.figures.periods import DAY, Period, day_of, month
from assistant.review.work_models import TalkSummary

AGAIN = timedelta(days=7)
"""A day is counted anew for a week: a face or a hand-over can come later than the talk began. After that its counts
stay as they are, also when the talks themselves are deleted. No talk may be deleted within this week."""


def roll_up(session: Session, *, now: datetime) -> int:
    """Count every day that is over and was not counted, and the days of the last week again; how many days.

    Run it every night. Nothing is wrong without it: days that are not counted are counted when somebody looks.
    """
    yesterday = day_of(now) - DAY
    done = set(session.scalars(select(FigureDone.day)))
    first = session.scalar(select(func.min(TalkSummary.started_at)))
    if first is None:
        return 0
    days = [day for day in _days(day_of(first), yesterday) if day not in done or day > yesterday - AGAIN]
    for day in days:
        _keep(session, day, now)
    for span in _new_months(session, day_of(first), yesterday - AGAIN):
        _keep_month(session, span)
    return len(days)


def _keep(session: Session, day: date, now: datetime) -> None:
    rows = [
        {"metric": metric, "municipality": place, "day": day, "channel": channel, "part": part[:80], "count": count}
        for (metric, place, channel, part), count in sorted(count_day(session, day).items())
        if count
    ]
    session.execute(delete(FigureDay).where(FigureDay.day == day))
    session.execute(delete(FigureDone).where(FigureDone.day == day))
    if rows:
        session.execute(insert(FigureDay), rows)
    session.add(FigureDone(day=day, at=now))
    session.flush()


def _new_months(session: Session, first: date, frozen: date) -> list[Period]:
    """The whole months up to a day that were not added up yet."""
    done = set(session.scalars(select(FigureMonth.day).distinct()))
    if frozen < first:
        return []
    whole = (month(name) for name, _ in Period(first, frozen).months())
    return [span for span in whole if span.until <= frozen and span.since not in done]


def _keep_month(session: Session, span: Period) -> None:
    of = (FigureDay.metric, FigureDay.municipality, FigureDay.channel, FigureDay.part)
    days = FigureDay.day.between(span.since, span.until)
    sums = session.execute(select(*of, func.sum(FigureDay.count)).where(days).group_by(*of)).all()
    names = ("metric", "municipality", "channel", "part", "count")
    rows = [dict(zip(names, row, strict=True)) | {"day": span.since} for row in sums]
    if rows:
        session.execute(insert(FigureMonth), rows)


def _days(first: date, last: date) -> list[date]:
    return [first + n * DAY for n in range((last - first).days + 1)]
