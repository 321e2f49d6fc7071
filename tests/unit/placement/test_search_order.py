"""With many openings the order is walked in pieces: it must be the same order."""

import random
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from assistant.database import Database
from assistant.placement import OpeningSearch, measure, search_openings, search_order
from assistant.placement.codes import WORK_KINDS
from assistant.placement.models import Opening
from assistant.placement.models.opening import band_of

from .conftest import TODAY, MakeOpening


@pytest.fixture
def many(database: Database, opening: MakeOpening) -> Iterator[Session]:
    chance = random.Random(1)
    with database.session() as session:
        session.execute(delete(Opening))
        session.add_all(
            opening(
                f"W-{number:04d}",
                lat=52.79 + chance.choice((0, 0.01, 0.05, 0.3, -1.5)),
                lon=6.12 + chance.choice((0, 0.02, 0.4)),
                work_kind=chance.choice(WORK_KINDS),
                start_date=chance.choice((None, TODAY + timedelta(days=chance.randint(-9, 9)))),
                confirmed_on=chance.choice((None, TODAY - timedelta(days=chance.randint(0, 200)))),
                entered_on=TODAY - timedelta(days=chance.choice((1, 500))),
            )
            for number in chance.sample(range(1, 400), 150)
        )
        session.flush()
        yield session


@pytest.mark.parametrize(
    "search",
    [
        OpeningSearch(),
        OpeningSearch(place="Steenwijk"),
        OpeningSearch(place="Steenwijk", radius_km=300),
        OpeningSearch(place="Maastricht"),
        OpeningSearch(municipality="steenwijkerland", hours=(12, 20)),
    ],
)
def test_walking_gives_the_order_that_sorting_gives(
    many: Session, search: OpeningSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    sorted_all = search_openings(many, search, today=TODAY, limit=500)
    monkeypatch.setattr(search_order, "COUNT_UP_TO", 5)
    monkeypatch.setattr("assistant.placement.search.COUNT_UP_TO", 5)
    walked = search_openings(many, search, today=TODAY, limit=500)
    assert [view.number for view in walked.openings] == [view.number for view in sorted_all.openings]
    assert (walked.total, walked.or_more, sorted_all.or_more) == (5, True, False)
    page = search_openings(many, search, today=TODAY, limit=3, offset=7)
    assert page.openings == sorted_all.openings[7:10]
    keys = [(v.unconfirmed, v.distance_km or 0) for v in walked.openings]
    assert keys == sorted(keys)


def test_the_band_follows_the_latitude(many: Session) -> None:
    row = many.query(Opening).first()
    assert row is not None
    row.lat = 51.05
    many.flush()
    assert row.lat_band == band_of(51.05) == 510


def test_a_thousand_openings_are_found_quickly_enough_to_notice_a_mistake(database: Database) -> None:
    """Not the measurement (`python -m assistant.placement.measure`): only that it runs."""
    with database.session() as session:
        session.execute(delete(Opening))
    with database.session() as session:
        session.connection().exec_driver_sql("DELETE FROM target")
        session.connection().exec_driver_sql("DELETE FROM organisation")
        session.connection().exec_driver_sql("DELETE FROM municipality")
    measure.fill(database, 1000)
    asked = [search for search, _ in zip(measure.questions(random.Random(7)), range(40), strict=False)]
    times = sorted(measure._times(database, asked))
    assert times[20] < 0.1
