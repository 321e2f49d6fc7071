"""The weekly sample: which talks are read, so that what is found says something about all talks.

Two parts. Talks with a sign of risk (low certainty, a bad face, asked back, not understood, danger, a person wanted)
are drawn more often; of all the others a smaller part is drawn. Within a part every talk has the same chance, and that
chance is written down beside it, so a share can be computed for the whole week by weighing each talk with one over
its chance (Horvitz and Thompson, 1952). The seed is written down too: anybody can draw the same talks again.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.core.scope import Scope
from assistant.database.scope import within
from assistant.review.errors import AlreadyDrawn
from assistant.review.work_models import Judgement, Sample, SampleTalk, TalkSummary

UNSURE = 0.6
"""A talk in which something was understood with less probability than this carries risk."""
RISKY, ORDINARY = 30, 20
"""Talks that are drawn of each part, as far as there are that many."""


@dataclass(frozen=True)
class Draw:
    """Which week to draw of, for which municipality; `seed` only to draw again what was drawn before."""

    week: str
    municipality: str
    risky: int = RISKY
    ordinary: int = ORDINARY
    seed: int | None = None


def draw_sample(session: Session, draw: Draw, by: str, now: datetime) -> Sample:
    """Draw and keep the sample of a week. Raises AlreadyDrawn, and ValueError for a week that does not exist."""
    begin, end = days_of(draw.week)
    seed = secrets.randbelow(2**31) if draw.seed is None else draw.seed
    mine = (
        TalkSummary.municipality == draw.municipality,
        TalkSummary.started_at >= begin,
        TalkSummary.started_at < end,
    )
    risky, ordinary = (
        list(session.scalars(select(TalkSummary.conversation_id).where(*mine, part).order_by(TalkSummary.id)))
        for part in (carries_risk(), ~carries_risk())
    )
    chosen = {"risico": pick(risky, draw.risky, f"{seed} risico"), "gewoon": pick(ordinary, draw.ordinary, f"{seed}")}
    sample = Sample(
        week=draw.week, municipality=draw.municipality, seed=seed, risky=len(risky), ordinary=len(ordinary),
        risky_drawn=len(chosen["risico"]), ordinary_drawn=len(chosen["gewoon"]), by=by, at=now,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(sample)
            session.flush()
    except IntegrityError as error:
        raise AlreadyDrawn(f"{draw.week} {draw.municipality}") from error
    sizes = {"risico": len(risky), "gewoon": len(ordinary)}
    session.add_all(
        SampleTalk(sample_id=sample.id, conversation_id=talk, part=part, chance=len(talks) / sizes[part])
        for part, talks in chosen.items()
        for talk in talks
    )
    return sample


def pick(talks: Sequence[str], most: int, seed: str) -> list[str]:
    """Return `most` of the talks (all when there are fewer), each with the same chance, the same at every run."""
    return random.Random(seed).sample(list(talks), min(most, len(talks)))


def carries_risk() -> ColumnElement[bool]:
    """Return the condition that a talk carries a sign of risk; never null, so that its opposite is the rest."""
    row = TalkSummary
    bad = row.face.is_not(None) & (row.face == "slecht")
    return or_(row.lowest < UNSURE, bad, row.lost > 0, row.asked_back > 0, row.danger, row.handover, row.trouble)


def samples(session: Session, *, scope: Scope, most: int = 52) -> list[tuple[Sample, int]]:
    """Return the samples in scope with how many of their talks were judged, newest first."""
    query = select(Sample).where(within(Sample.municipality, scope)).order_by(Sample.week.desc(), Sample.municipality)
    return [(sample, _judged(session, sample.id)) for sample in session.scalars(query.limit(most))]


def shares(session: Session, sample_id: int, *, scope: Scope) -> dict[str, float]:
    """Return the estimated share of talks of the week in which a verdict was given, from 0 to 1, by verdict.

    Each judged talk weighs one over its chance. Empty while nothing was judged or out of scope.
    """
    query = (
        select(SampleTalk.conversation_id, SampleTalk.chance, Judgement.verdict)
        .join(Judgement, Judgement.conversation_id == SampleTalk.conversation_id)
        .join(Sample, Sample.id == SampleTalk.sample_id)
        .where(SampleTalk.sample_id == sample_id, within(Sample.municipality, scope))
    )
    weights: dict[str, float] = {}
    by_verdict: dict[str, set[str]] = {}
    for talk, chance, verdict in session.execute(query):
        weights[talk] = 1 / chance
        by_verdict.setdefault(verdict, set()).add(talk)
    total = sum(weights.values())
    return {verdict: sum(weights[talk] for talk in talks) / total for verdict, talks in by_verdict.items()}


def week_of(day: date) -> str:
    """2026-11-21 → "2026-W47"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def days_of(week: str) -> tuple[datetime, datetime]:
    """Return the begin of an ISO week and of the next one. Raises ValueError."""
    year, _, number = week.partition("-W")
    monday = date.fromisocalendar(int(year), int(number), 1)
    begin = datetime(monday.year, monday.month, monday.day, tzinfo=UTC)
    return begin, begin + timedelta(days=7)


def _judged(session: Session, sample_id: int) -> int:
    drawn = select(SampleTalk.conversation_id).where(SampleTalk.sample_id == sample_id)
    query = select(TalkSummary.id).where(TalkSummary.conversation_id.in_(drawn), TalkSummary.judged > 0)
    return len(session.scalars(query).all())
