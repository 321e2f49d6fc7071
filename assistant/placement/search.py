"""Searching the openings: a look-up by the person's own filters, in one order that is the same for everybody.

Order: confirmed in the last 90 days first, then the nearest, then the first start date (a start date that has
passed counts as today), then the number. Nothing about a person comes in: there is no ranking, only sorting
(03-mission-anchors.md, section 1, point 8).
"""

from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from typing import Any

from sqlalchemy import ColumnElement, Float, Select, case, func, literal, or_, select
from sqlalchemy.orm import Session

from assistant.placement.codes import DAYS
from assistant.placement.errors import OpeningFull, OpeningNotFound
from assistant.placement.models import Opening
from assistant.placement.openings import UNCONFIRMED_AFTER, OpeningView, is_shown, shown, view
from assistant.placement.places import CENTRE, KM_PER_DEGREE, Location, distance_km, locate
from assistant.placement.sequence import today_here

RADIUS = 20.0  # kilometres: what "in Steenwijk" or "near Almere" means when no distance is given
WORKDAY = 8  # hours: how much work fits in one day
RELAXABLE = ("hours", "days", "kind", "place", "work_kind")


@dataclass(frozen=True, slots=True)
class OpeningSearch:
    """The filters, all optional.

    hours: (least, most) a week. days: on which somebody can work. radius_km: round `place`.
    """

    work_kind: str | None = None
    place: str | None = None
    hours: tuple[int, int] | None = None
    days: frozenset[str] | None = None
    kind: str | None = None
    municipality: str | None = None
    radius_km: float = RADIUS


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A page of openings and how many there are in all.

    relaxed: the filters that were dropped because nothing fitted ("place": the radius; nearest still comes
    first). origin: the place that distances are measured from; None when no place was asked for or it was not
    recognised.
    """

    openings: list[OpeningView]
    total: int
    relaxed: tuple[str, ...]
    origin: Location | None = None


def search_openings(
    session: Session, search: OpeningSearch, *, today: date, limit: int = 3, offset: int = 0
) -> SearchResult:
    """The openings that fit, or that fit after dropping filters.

    When none fits, one filter is dropped in the order of RELAXABLE; when that never helps, more together.
    Hours fit when they overlap. Days fit when the person's days can hold the least hours (8 a day). Hidden:
    no free place, or `valid_until` has passed. A place that the gazetteer does not know is compared with the
    place names of the openings.
    """
    origin = locate(search.place) if search.place else None
    for relaxed in ((), *_ladder(search)):
        filters = _filters(search, origin, relaxed, today)
        total = session.scalar(select(func.count()).select_from(Opening).where(*filters)) or 0
        if total:
            rows = session.scalars(_ordered(filters, origin, today).limit(limit).offset(offset))
            return SearchResult([_view(row, origin, today) for row in rows], total, relaxed, origin)
    return SearchResult([], 0, (), origin)


def opening_by_number(session: Session, number: str, *, today: date | None = None) -> OpeningView | None:
    """One opening, or None when there is none or its time has passed.

    A full one is shown: `places_free` says so.
    """
    day = today or today_here()
    row = session.scalar(select(Opening).where(Opening.number == number.strip().upper()))
    return view(row, day) if row is not None and is_shown(row, day) else None


def open_opening(session: Session, number: str, today: date) -> Opening:
    """The row somebody can register for. Raises OpeningNotFound, or OpeningFull when every place is taken."""
    row = session.scalar(select(Opening).where(Opening.number == number.strip().upper()))
    if row is None or not is_shown(row, today):
        raise OpeningNotFound(number)
    if row.places_free < 1:
        raise OpeningFull(number)
    return row


def _ladder(search: OpeningSearch) -> list[tuple[str, ...]]:
    """What to drop, step by step: each filter alone, then the first two, the first three, and so on."""
    asked = [name for name in RELAXABLE if getattr(search, name)]
    alone = [(name,) for name in asked]
    together = list(accumulate(alone, lambda before, more: before + more))[1:]
    return [*alone, *together]


def _filters(
    search: OpeningSearch, origin: Location | None, relaxed: tuple[str, ...], today: date
) -> list[ColumnElement[bool]]:
    """The conditions for the filters that were asked for and not dropped."""
    dropped: dict[str, Any] = dict.fromkeys(relaxed)
    kept = replace(search, **dropped)
    conditions = [shown(today)]
    for column, value in (
        (Opening.work_kind, kept.work_kind),
        (Opening.kind, kept.kind),
        (Opening.municipality_id, kept.municipality),
    ):
        conditions += [] if value is None else [column == value]
    if kept.hours is not None:
        conditions.append((Opening.hours_min <= kept.hours[1]) & (Opening.hours_max >= kept.hours[0]))
    if kept.days:
        conditions.append(_days_fit(kept.days))
    if kept.place:
        conditions.append(_near(kept.place, origin, search.radius_km))
    return conditions


def _days_fit(days: frozenset[str]) -> ColumnElement[bool]:
    """The shared days hold the least hours of the opening; an opening without fixed days always fits."""
    shared: Any = sum(
        (case((Opening.days.contains(day, autoescape=True), 1), else_=0) for day in DAYS if day in days),
        literal(0),
    )
    return or_(Opening.days == (), (shared > 0) & (shared * WORKDAY >= Opening.hours_min))


def _near(place: str, origin: Location | None, radius_km: float) -> ColumnElement[bool]:
    """Within the radius, first by a box that an index can answer."""
    if origin is None:
        return func.lower(Opening.place) == place.strip().lower()
    north, east = radius_km / KM_PER_DEGREE, radius_km / (KM_PER_DEGREE * CENTRE)
    return (
        Opening.lat.between(origin.lat - north, origin.lat + north)
        & Opening.lon.between(origin.lon - east, origin.lon + east)
        & (_square_km(origin) <= radius_km**2)
    )


def _square_km(origin: Location) -> ColumnElement[float]:
    """The distance squared: sorts like the distance, and needs no square root, which SQLite may not have."""
    north: ColumnElement[float] = (Opening.lat - literal(origin.lat, Float)) * KM_PER_DEGREE
    east: ColumnElement[float] = (Opening.lon - literal(origin.lon, Float)) * (KM_PER_DEGREE * CENTRE)
    return north * north + east * east


def _ordered(filters: list[ColumnElement[bool]], origin: Location | None, today: date) -> Select[Opening]:
    """The documented order."""
    confirmed = case((Opening.confirmed_on >= today - UNCONFIRMED_AFTER, 0), else_=1)
    start = case((Opening.start_date > today, Opening.start_date), else_=today)
    nearest = [_square_km(origin)] if origin else []
    return select(Opening).where(*filters).order_by(confirmed, *nearest, start, Opening.number)


def _view(row: Opening, origin: Location | None, today: date) -> OpeningView:
    return view(row, today, distance_km(origin, row) if origin else None)
