"""Where a place is, how far it is from another, and which municipality it belongs to. Offline."""

import re
from dataclasses import dataclass
from functools import cache
from math import cos, hypot, radians
from typing import Protocol

from assistant.placement.gazetteer import gazetteer, plain
from assistant.placement.geonames import Place
from assistant.placement.municipalities import municipality_files

POSTCODE = re.compile(r"\s*(\d{4})\s*(?:[a-zA-Z]{2})?\s*")
KM_PER_DEGREE = 111.2  # of latitude; of longitude too, times the cosine of the latitude
CENTRE = cos(radians(52.3))  # one cosine for the country: at most 4 % off, and SQL can use it too


class Point(Protocol):
    """Anything with a position in degrees (WGS 84)."""

    @property
    def lat(self) -> float:
        """Latitude."""

    @property
    def lon(self) -> float:
        """Longitude."""


@dataclass(frozen=True, slots=True)
class Location:
    """A place that was recognised. Degrees, WGS 84; `municipality` is an id.

    sure is False for a guess: a near spelling, or a name that usually means something else ("Nederland").
    """

    name: str
    lat: float
    lon: float
    municipality: str | None
    sure: bool = True


def locate(name_or_postcode: str) -> Location | None:
    """The place for a name ("almere buiten", "den bosch", "steenwyk") or a postcode ("8331", "8331 AB").

    None when nothing fits. A postcode outside our two municipalities is taken as the main town of its region.
    """
    if found := POSTCODE.fullmatch(name_or_postcode):
        place = gazetteer().by_postcode(int(found[1]))
        return _location(place, municipality_of(found[1])) if place else None
    name = plain(name_or_postcode)
    if not name:
        return None
    place = gazetteer().by_name.get(name)
    if place:
        return _location(place, _by_name().get(plain(place.name)), sure=name not in _ambiguous())
    place = gazetteer().nearly(name)
    return _location(place, _by_name().get(plain(place.name)), sure=False) if place else None


def municipality_of(place: str) -> str | None:
    """The id of the municipality ("almere") of a place or postcode, or None when it is none of ours."""
    if found := POSTCODE.fullmatch(place):
        return _by_postcode(int(found[1]))
    if known := _by_name().get(plain(place)):
        return known
    location = locate(place)
    return location.municipality if location else None


def distance_km(left: Point, right: Point) -> float:
    """Kilometres as the crow flies, one decimal."""
    north = (left.lat - right.lat) * KM_PER_DEGREE
    east = (left.lon - right.lon) * KM_PER_DEGREE * CENTRE
    return round(hypot(north, east), 1)


def _location(place: Place, municipality: str | None, *, sure: bool = True) -> Location:
    return Location(place.name, place.lat, place.lon, municipality, sure)


@cache
def _by_name() -> dict[str, str]:
    return {plain(place): file.id for file in municipality_files() for place in (*file.places, *file.ambiguous_places)}


@cache
def _ambiguous() -> frozenset[str]:
    return frozenset(plain(place) for file in municipality_files() for place in file.ambiguous_places)


def _by_postcode(digits: int) -> str | None:
    for file in municipality_files():
        if any(first <= digits <= last for first, last in file.postcodes):
            return file.id
    return None
