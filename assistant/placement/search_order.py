"""The first openings in the documented order, without sorting a hundred thousand of them.

One query reads the order of everything that fits, up to COUNT_UP_TO, and Python sorts it. When more fits, the order is
walked in pieces that each come out of an index, until the page is full: first the confirmed ones in rings round the
place (or, without a place, those that can start now by number and then the later ones by start date), then the
unconfirmed ones in the same way. Both ways give the same order; a test compares them.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Float, Integer, bindparam, case, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from assistant.placement.models import Opening
from assistant.placement.models.opening import band_of
from assistant.placement.openings import UNCONFIRMED_AFTER
from assistant.placement.places import CENTRE, KM_PER_DEGREE, Location

COUNT_UP_TO = 200
"""Openings that fit are counted up to here: "more than two hundred" is enough for a person to know."""
RINGS = (-1.0, 3.0, 10.0, 30.0, 100.0, 1000.0)  # kilometres; the first is below zero so that zero is inside
WIDEST_BOX = 120.0  # kilometres

Filters = list[ColumnElement[bool]]
Order = list[ColumnElement[Any] | InstrumentedAttribute[Any]]


def first_ids(
    session: Session, filters: Filters, origin: Location | None, today: date, wanted: int
) -> tuple[list[int], int]:
    """The ids of the first `wanted` openings that fit, and how many fit, counted up to COUNT_UP_TO + 1."""
    some = select(*_order(origin, today), Opening.id).where(*filters).limit(bindparam("some", COUNT_UP_TO + 1, Integer))
    found = session.execute(some).all()
    if len(found) <= COUNT_UP_TO:
        return [row[-1] for row in sorted(found)[:wanted]], len(found)
    return _walk(session, filters, origin, today, wanted), len(found)


def _walk(session: Session, filters: Filters, origin: Location | None, today: date, wanted: int) -> list[int]:
    """The same, of more than can be sorted at once."""
    found: list[int] = []
    for conditions, order in _pieces(origin, today):
        found += _ids(session, filters + conditions, order, wanted - len(found))
        if len(found) >= wanted:
            break
    return found


def within(origin: Location, radius_km: float) -> ColumnElement[bool]:
    """Not further away than so many kilometres; when that is not half the country, first by a box in an index."""
    circle = square_km(origin) <= radius_km**2
    if radius_km > WIDEST_BOX:
        return circle
    north, east = radius_km / KM_PER_DEGREE, radius_km / (KM_PER_DEGREE * CENTRE)
    bands = range(band_of(origin.lat - north), band_of(origin.lat + north) + 1)
    return Opening.lat_band.in_(bands) & Opening.lon.between(origin.lon - east, origin.lon + east) & circle


def square_km(origin: Location) -> ColumnElement[float]:
    """The distance squared: sorts like the distance, and needs no square root, which SQLite may not have."""
    north: ColumnElement[float] = (Opening.lat - literal(origin.lat, Float)) * KM_PER_DEGREE
    east: ColumnElement[float] = (Opening.lon - literal(origin.lon, Float)) * (KM_PER_DEGREE * CENTRE)
    return north * north + east * east


def _ids(session: Session, filters: Filters, order: Order, wanted: int) -> list[int]:
    limit = bindparam("wanted", wanted, Integer)
    return list(session.scalars(select(Opening.id).where(*filters).order_by(*order).limit(limit)))


def _order(origin: Location | None, today: date) -> Order:
    """The documented order."""
    confirmed = case((_confirmed(today), 0), else_=1)
    start = case((Opening.start_date > today, Opening.start_date), else_=today)
    nearest = [square_km(origin)] if origin else []
    return [confirmed, *nearest, start, Opening.number]


def _pieces(origin: Location | None, today: date) -> Iterator[tuple[Filters, Order]]:
    """The same order in pieces: every opening is in exactly one of them."""
    order = _order(origin, today)[1:]
    unconfirmed = or_(Opening.confirmed_on < today - UNCONFIRMED_AFTER, Opening.confirmed_on.is_(None))
    for tier in (_confirmed(today), unconfirmed):
        if origin:
            for inner, outer in pairwise(RINGS):
                ring = square_km(origin) > inner * abs(inner)
                yield [tier, within(origin, outer), ring], order
        else:
            can_start = or_(Opening.start_date.is_(None), Opening.start_date <= today)
            yield [tier, can_start], [Opening.number]
            yield [tier, Opening.start_date > today], [Opening.start_date, Opening.number]


def _confirmed(today: date) -> ColumnElement[bool]:
    return Opening.confirmed_on >= today - UNCONFIRMED_AFTER
