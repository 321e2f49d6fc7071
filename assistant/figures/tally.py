"""Adding up: the kept days from `figure_day`, the other ones counted on the spot."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Literal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from assistant.core.scope import Scope
from assistant.database.scope import within
from assistant.figures.counting import Counts, count_day
from assistant.figures.metrics import PARTS, Figures
from assistant.figures.models import FigureDay, FigureDone, FigureMonth
from assistant.figures.periods import Period, day_of, month
from assistant.review.work_models import TalkSummary

Per = Literal["channel", "municipality", "day"]
GROUP = "groep"
DAILY = tuple(part for part in PARTS if part != "wacht")
IN_DAYS = timedelta(days=120)
"""A longer period is added up from whole months where it can be, and has no days of its own."""
Sums = Counter[tuple[str, str]]
"""(metric, part) → count."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which talks: those that began in the period, in the scope, and, when given, in one municipality or channel."""

    period: Period
    scope: Scope
    municipality: str | None = None
    channel: str | None = None


class Tally:
    """The figures of one question, added up when they are asked for, each part once. Lives as long as its session."""

    def __init__(self, session: Session, asked: Asked, *, now: datetime) -> None:
        self._session, self._asked, self._today = session, asked, day_of(now)

    def all(self) -> Figures:
        """Everything together."""
        return Figures(self._over(lambda place, channel: None)[None])

    def per(self, dimension: Per) -> dict[Any, Figures]:
        """One entry for each channel, municipality or day that has talks, in order. Days without waiting times."""
        if dimension == "day":
            found: dict[Any, Sums] = self._days
        else:
            found = self._over(lambda place, channel: channel if dimension == "channel" else place)
        return {key: Figures(found[key]) for key in sorted(found)}

    def per_span(self, spans: list[tuple[str, Period]]) -> list[tuple[str, Figures]]:
        """One entry for each of the weeks or months, also for those without talks; without waiting times."""
        entries = []
        for name, span in spans:
            total: Sums = Counter()
            for day, counts in self._days.items():
                if span.since <= day <= span.until:
                    total.update(counts)
            entries.append((name, Figures(total)))
        return entries

    def groups(self) -> dict[str, Figures]:
        """The messages per group of questions, the most asked first. Talks, faces and waiting times have no group."""
        found: dict[str, Sums] = defaultdict(Counter)
        for (_, _, metric, part), count in self._grid.items():
            if metric == GROUP:
                group, _, outcome = part.rpartition("/")
                found[group]["bericht", outcome] += count
        return {name: Figures(found[name]) for name in sorted(found, key=lambda name: (-found[name].total(), name))}

    def _over(self, key: Callable[[str, str], str | None]) -> dict[Any, Sums]:
        """(metric, part) → count, for each value of key(municipality, channel)."""
        found: dict[Any, Sums] = defaultdict(Counter)
        for (place, channel, metric, part), count in self._grid.items():
            if metric != GROUP:
                found[key(place, channel)][metric, part] += count
        return found

    @cached_property
    def _grid(self) -> Counter[tuple[str, str, str, str]]:
        """The whole period, by municipality, channel, metric and part: one pass over what is kept."""
        found: Counter[tuple[str, str, str, str]] = Counter()
        for kept in self._kept:
            group = (kept.municipality, kept.channel, kept.metric, kept.part)
            query = select(*group, func.sum(kept.count)).where(*self._where(kept)).group_by(*group)
            for place, channel, metric, part, count in self._session.execute(query):
                found[place, channel, metric, part] += int(count)
        for _, (metric, place, channel, part), count in self._live:
            found[place, channel, metric, part] += count
        return found

    @cached_property
    def _days(self) -> dict[Any, Sums]:
        """By day (a whole month of a long period: by its first day), and only what a line through the days needs."""
        found: dict[Any, Sums] = defaultdict(Counter)
        for kept in self._kept:
            group = (kept.day, kept.metric, kept.part)
            where = [kept.metric.in_(DAILY), *self._where(kept)]
            query = select(*group, func.sum(kept.count)).where(*where).group_by(*group)
            for day, metric, part, count in self._session.execute(query):
                found[day][metric, part] += int(count)
        for day, (metric, _, _, part), count in self._live:
            if metric in DAILY:
                found[day][metric, part] += count
        return found

    @cached_property
    def _kept(self) -> tuple[type[FigureDay] | type[FigureMonth], ...]:
        """The tables to add up: of a long period the whole months, and the days that are in none of those."""
        return (FigureMonth, FigureDay) if self._months else (FigureDay,)

    @cached_property
    def _months(self) -> list[date]:
        """The first days of the whole months of a long period that were added up."""
        period = self._asked.period
        if period.until - period.since <= IN_DAYS:
            return []
        whole = [span.since for name, span in period.months() if span == month(name)]
        return list(self._session.scalars(select(FigureMonth.day).where(FigureMonth.day.in_(whole)).distinct()))

    def _where(self, kept: type[FigureDay] | type[FigureMonth]) -> list[ColumnElement[bool]]:
        asked, period = self._asked, self._asked.period
        where = [within(kept.municipality, asked.scope)]
        where += [kept.municipality == asked.municipality] if asked.municipality else []
        where += [kept.channel == asked.channel] if asked.channel else []
        if kept is FigureMonth:
            return [*where, kept.day.in_(self._months)]
        if not self._months:
            return [*where, kept.day.between(period.since, period.until)]
        return [*where, kept.day.in_([day for day in period.days() if day.replace(day=1) not in self._months])]

    @cached_property
    def _live(self) -> list[tuple[date, tuple[str, str, str, str], int]]:
        """The counts of the days that are not kept, of what was asked for alone."""
        asked = self._asked
        between = FigureDone.day.between(asked.period.since, asked.period.until)
        done = set(self._session.scalars(select(FigureDone.day).where(between)))
        first = self._session.scalar(select(func.min(TalkSummary.started_at)))
        begun = day_of(first) if first else date.max  # nothing was said before the first talk that is still there
        days = [day for day in asked.period.days() if begun <= day <= self._today and day not in done]
        return [(day, key, count) for day in days for key, count in self._of_day(day).items() if self._wanted(key)]

    def _of_day(self, day: date) -> Counts:
        return count_day(self._session, day)

    def _wanted(self, key: tuple[str, str, str, str]) -> bool:
        _, place, channel, _ = key
        asked = self._asked
        return (
            place in asked.scope
            and (not asked.municipality or asked.municipality == place)
            and (not asked.channel or asked.channel == channel)
        )
