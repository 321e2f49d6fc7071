"""Counting placements towards a target, in every reading of the rule that somebody defends.

The readings are data (data/placement/counting_rules.yml) with their source and the day from which they hold. Beschut
werk is in no reading of the banenafspraak. A count is a stock: who is at work on a day, not who ever began.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import sqrt

import yaml
from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from assistant.placement.gazetteer import DATA
from assistant.placement.models import Placement

RULES = DATA / "placement" / "counting_rules.yml"
YEAR = 365
BAND = 1.645  # standard deviations: nine out of ten, if starts and ends come independently of each other
FEWEST_STARTS = 5  # in the last year; below this a forecast says more than we know


class Reading(BaseModel):
    """One reading of one definition."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    definition: str
    reading: str
    kinds: tuple[str, ...]
    hours_per_job: float | None = None
    valid_from: date
    sure: bool
    source: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What our own placements give in one reading, on one day. sure: the reading itself has a source."""

    reading: str
    value: float
    sure: bool
    source: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """People at work at the end of the year, if it goes on as in the last twelve months; low-high is nine in ten."""

    low: int
    expected: int
    high: int


@cache
def readings() -> tuple[Reading, ...]:
    """Every reading. Raises pydantic.ValidationError for a file that is not right."""
    return tuple(Reading.model_validate(raw) for raw in yaml.safe_load(RULES.read_text(encoding="utf-8")))


def counted(session: Session, definition: str, on: date, municipality: str | None = None) -> tuple[Counted, ...]:
    """The count on a day, once for each reading that held then. Empty for a definition that is counted elsewhere."""
    # A job counts by its hours, and beschut werk never for the banenafspraak: both follow from the readings.
    valid = [rule for rule in readings() if rule.definition == definition and rule.valid_from <= on]
    return tuple(
        Counted(rule.reading, _stock(session, rule, on, municipality), rule.sure, rule.source) for rule in valid
    )


def from_daycare_share(session: Session, on: date, municipality: str | None = None) -> float | None:
    """Per cent of the people in beschut werk who came from dagbesteding; None when it is known of nobody."""
    known = [*_at_work(on, ("beschut",), municipality), Placement.from_daycare.is_not(None)]
    total = session.scalar(select(func.count()).select_from(Placement).where(*known)) or 0
    came = (
        session.scalar(select(func.count()).select_from(Placement).where(*known, Placement.from_daycare.is_(True))) or 0
    )
    return round(100 * came / total, 1) if total else None


def forecast(
    session: Session, kinds: tuple[str, ...], *, today: date, municipality: str | None = None
) -> Forecast | None:
    """A band for 31 December of this year; None when the last year had too few starts to say anything.

    Starts and ends of the last twelve months are taken as a pace, their numbers as their own spread (Poisson).
    """
    since, left = today - timedelta(days=YEAR), (date(today.year, 12, 31) - today).days / YEAR
    of = _of(kinds, municipality)
    starts = _number(session, [*of, Placement.started_on.between(since, today)])
    ends = _number(session, [*of, Placement.ended_on.between(since, today)])
    if starts < FEWEST_STARTS:
        return None
    now = _number(session, _at_work(today, kinds, municipality))
    expected, spread = now + (starts - ends) * left, BAND * sqrt((starts + ends) * left)
    return Forecast(max(0, round(expected - spread)), max(0, round(expected)), round(expected + spread))


def _stock(session: Session, rule: Reading, on: date, municipality: str | None) -> float:
    conditions = _at_work(on, rule.kinds, municipality)
    if rule.hours_per_job is None:
        return float(_number(session, conditions))
    hours = session.scalar(select(func.sum(Placement.hours)).where(*conditions)) or 0
    return round(hours / rule.hours_per_job, 1)


def _number(session: Session, conditions: list[ColumnElement[bool]]) -> int:
    return session.scalar(select(func.count()).select_from(Placement).where(*conditions)) or 0


def _at_work(on: date, kinds: tuple[str, ...], municipality: str | None) -> list[ColumnElement[bool]]:
    running = or_(Placement.ended_on.is_(None), Placement.ended_on > on)
    return [*_of(kinds, municipality), Placement.started_on <= on, running]


def _of(kinds: tuple[str, ...], municipality: str | None) -> list[ColumnElement[bool]]:
    own = [] if municipality is None else [Placement.municipality_id == municipality]
    return [Placement.kind.in_(kinds), *own]
