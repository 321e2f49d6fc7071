"""Searching the openings: a look-up by the person's own filters, in one order that is the same for everybody.

Order: confirmed in the last 90 days first, then the nearest, then the first start date (a start date that has
passed counts as today), then the number. Nothing about a person comes in: there is no ranking, only sorting
(03-mission-anchors.md, section 1, point 8). How it stays fast with 100,000 openings: `search_order`.
"""

from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, or_, select
from sqlalchemy.orm import Session

from assistant.placement.codes import DAYS
from assistant.placement.errors import OpeningFull, OpeningNotFound
from assistant.placement.models import Opening
from assistant.placement.needs import fitting
from assistant.placement.openings import OpeningView, is_shown, shown, view
from assistant.placement.places import Location, distance_km, locate
from assistant.placement.search_order import COUNT_UP_TO, first_ids, within
from assistant.placement.sequence import today_here

RADIUS = 20.0  # kilometres: what "in Steenwijk" or "near Almere" means when no distance is given
WORKDAY = 8  # hours: how much work fits in one day
RELAXABLE = ("hours", "days", "kind", "place", "work_kind", "needs")


@dataclass(frozen=True, slots=True)
class OpeningSearch:
    """The filters, all optional.

    hours: (least, most) a week. days: on which somebody can work. radius_km: round `place`. needs: what the place
    of work must have, codes of data/placement/needs.yml.
    """

    work_kind: str | None = None
    place: str | None = None
    hours: tuple[int, int] | None = None
    days: frozenset[str] | None = None
    kind: str | None = None
    municipality: str | None = None
    radius_km: float = RADIUS
    needs: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A page of openings and how many there are in all.

    relaxed: the filters that were dropped because nothing fitted ("place": the radius; nearest still comes first;
    "needs": openings whose trait nobody filled in are let through, never one that contradicts a need). origin: the
    place that distances are measured from; None when no place was asked for or it was not recognised. or_more: the
    counting stopped at `total`, there are more.
    """

    openings: list[OpeningView]
    total: int
    relaxed: tuple[str, ...]
    origin: Location | None = None
    or_more: bool = False


def search_openings(
    session: Session, search: OpeningSearch, *, today: date, limit: int = 3, offset: int = 0
) -> SearchResult:
    """The openings that fit, or that fit after dropping filters.

    When none fits, one filter is dropped in the order of RELAXABLE; when that never helps, more together.
    Hours fit when they overlap. Days fit when the person's days can hold the least hours (8 a day). Hidden:
    no free place, `valid_until` has passed, or not confirmed for 180 days. A place that the gazetteer does not
    know is compared with the place names of the openings. Raises PlaceDataInvalid for a need that is none.
    """
    origin = locate(search.place) if search.place else None
    for relaxed in ((), *_ladder(search)):
        filters = _filters(search, origin, relaxed, today)
        ids, total = first_ids(session, filters, origin, today, offset + limit)
        if total:
            page = _load(session, ids[offset:], origin, today)
            return SearchResult(page, min(total, COUNT_UP_TO), relaxed, origin, total > COUNT_UP_TO)
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
    if search.needs:
        conditions += fitting(search.needs, unknown="needs" in relaxed)
    return conditions


def _days_fit(days: frozenset[str]) -> ColumnElement[bool]:
    """The shared days hold the least hours of the opening; an opening without fixed days always fits."""
    shared: Any = sum(
        (case((Opening.days.contains(day, autoescape=True), 1), else_=0) for day in DAYS if day in days),
        literal(0),
    )
    return or_(Opening.days == (), (shared > 0) & (shared * WORKDAY >= Opening.hours_min))


def _near(place: str, origin: Location | None, radius_km: float) -> ColumnElement[bool]:
    """Within the radius; a place that is not on the map must be in the same words."""
    if origin is None:
        return func.lower(Opening.place) == place.strip().lower()
    return within(origin, radius_km)


def _load(session: Session, ids: list[int], origin: Location | None, today: date) -> list[OpeningView]:
    """The openings that will be shown, and only those, in the order of `ids`."""
    rows = {row.id: row for row in session.scalars(select(Opening).where(Opening.id.in_(ids)))}
    return [view(rows[id], today, distance_km(origin, rows[id]) if origin else None) for id in ids]
