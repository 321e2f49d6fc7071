"""How fast the search is: `python -m assistant.placement.measure [--url postgresql://...] [--rows 1000 10000]`.

Fills a database of its own (a temporary SQLite file, and a PostgreSQL schema that is dropped afterwards) with made-up
openings at real places, asks the same mixed questions of each size and prints a table in milliseconds. One question
is one call of `search_openings`, the whole of it: place look-up, counting, sorting, loading, views.
"""

import argparse
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from uuid import uuid4

from sqlalchemy import create_engine, insert, make_url, text

from assistant.database import Database, upgrade
from assistant.placement.codes import DAYS, GUIDANCE, KINDS, NOISE, PACE, SITTING_STANDING, WORK_KINDS
from assistant.placement.geonames import Place, dutch_places
from assistant.placement.models import Municipality, Opening, Organisation
from assistant.placement.places import municipality_of
from assistant.placement.search import OpeningSearch, search_openings

SIZES = (1_000, 10_000, 100_000)
QUESTIONS = 300
TODAY = date(2026, 11, 23)
POSTGRES = "postgresql://root@127.0.0.1:5432/test"


def main() -> None:
    """Print the table; a PostgreSQL that does not answer is left out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default=POSTGRES, help="PostgreSQL database to make the schema in")
    parser.add_argument("--rows", type=int, nargs="*", default=SIZES, help="numbers of openings")
    given = parser.parse_args()
    print(f"{'database':<12}{'openings':>9}{'questions':>11}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'max ms':>9}")
    for size in given.rows:
        with TemporaryDirectory() as folder:
            _measure("SQLite", f"sqlite:///{Path(folder) / 'measure.db'}", size)
        with _schema(given.url) as url:
            _measure("PostgreSQL", url, size)


def fill(database: Database, size: int) -> None:
    """So many openings at Dutch places, more where more people live, the same at every run."""
    chance, places = random.Random(6), dutch_places()
    weights = [place.people + 500 for place in places]
    homes = {place.name: municipality_of(place.name) or "landelijk" for place in places}
    with database.session() as session:
        session.add_all(Municipality(id=id, name=id) for id in ("almere", "steenwijkerland", "landelijk"))
        session.add(Organisation(id="meting", name="Voorbeeld-meting", kind="werkgever", is_example=True))
        session.flush()
        chosen = chance.choices(places, weights, k=size)
        rows = [_row(chance, number, place, homes[place.name]) for number, place in enumerate(chosen, start=1)]
        session.execute(insert(Opening), rows)
    with database.session() as session:
        session.execute(text("ANALYZE"))


def questions(chance: random.Random) -> Iterator[OpeningSearch]:
    """What people ask: mostly work near a place, sometimes hours, days, needs or a kind; one in twelve asks little."""
    names = [place.name for place in dutch_places()]
    towns = names[:40]
    while True:
        broad = chance.random() < 1 / 12
        at = None if broad or chance.random() < 0.15 else chance.choice(towns if chance.random() < 0.7 else names)
        least = chance.choice((8, 12, 16, 20, 24, 28))
        yield OpeningSearch(
            work_kind=None if broad or chance.random() < 0.3 else chance.choice(WORK_KINDS),
            place=at,
            hours=(least, least + 8) if chance.random() < 0.35 else None,
            days=frozenset(chance.sample(DAYS, 3)) if chance.random() < 0.2 else None,
            kind=chance.choice(KINDS) if chance.random() < 0.2 else None,
            municipality=None if at else chance.choice(("almere", "steenwijkerland", "landelijk", None)),
            needs=frozenset({chance.choice(("stil", "rolstoel", "rustig", "zitten"))})
            if chance.random() < 0.15
            else None,
        )


def _row(chance: random.Random, number: int, place: Place, municipality: str) -> dict[str, Any]:
    least = chance.choice((8, 12, 16, 20, 24, 28))
    return {
        "number": f"W-{number:04d}", "title": "Meten", "tasks": "U meet hoe snel het gaat. " * 8,
        "organisation_id": "meting", "kind": chance.choice(KINDS), "work_kind": chance.choice(WORK_KINDS),
        "place": place.name, "municipality_id": municipality, "is_example": True, "transport": (), "source": "",
        "lat": place.lat + chance.gauss(0, 0.01), "lon": place.lon + chance.gauss(0, 0.015),
        "hours_min": least, "hours_max": least + chance.choice((0, 4, 8, 12)), "days": chance.sample(DAYS[:5], 3),
        "places_total": 2, "places_free": chance.choice((0, 1, 2, 2)), "entered_on": TODAY - timedelta(days=200),
        "confirmed_on": TODAY - timedelta(days=chance.randint(0, 200)),
        "valid_until": TODAY + timedelta(days=chance.randint(-20, 300)) if chance.random() < 0.5 else None,
        "start_date": TODAY + timedelta(days=chance.randint(-60, 60)) if chance.random() < 0.5 else None,
        "guidance": chance.choice(GUIDANCE), "noise": chance.choice((*NOISE, None)), "pace": chance.choice(PACE),
        "sitting_standing": chance.choice(SITTING_STANDING), "wheelchair": chance.choice((True, False, None)),
    }  # fmt: skip


def _measure(name: str, url: str, size: int) -> None:
    upgrade(url)
    database = Database(url)
    fill(database, size)
    asked = [search for search, _ in zip(questions(random.Random(7)), range(QUESTIONS), strict=False)]
    _times(database, asked[:20])  # connections, prepared statements and the gazetteer are there once per process
    times = sorted(_times(database, asked))
    database.dispose()
    marks = [times[int(len(times) * share)] for share in (0.5, 0.95, 0.99)]
    print(f"{name:<12}{size:>9}{len(times):>11}" + "".join(f"{mark * 1000:>9.1f}" for mark in (*marks, times[-1])))


def _times(database: Database, asked: list[OpeningSearch]) -> list[float]:
    """Seconds per question."""
    taken = []
    for search in asked:
        started = perf_counter()
        with database.session(write=False) as session:
            search_openings(session, search, today=TODAY)
        taken.append(perf_counter() - started)
    return taken


@contextmanager
def _schema(url: str) -> Iterator[str]:
    """An empty schema of our own, dropped afterwards."""
    schema = f"measure_{uuid4().hex[:12]}"
    base = make_url(url).set(drivername="postgresql+psycopg")
    engine = create_engine(base, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    try:
        yield base.update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        engine.dispose()


if __name__ == "__main__":
    main()
