"""Finding an opening: filters, the one order, and what happens when nothing fits."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from assistant.database import Database
from assistant.placement import OpeningSearch, opening_by_number, register_interest, search_openings
from assistant.placement.codes import DAYS, KINDS, WORK_KINDS
from assistant.placement.models import Opening

from .conftest import NOW, TODAY, MakeOpening, MakeWish


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.session() as opened:
        opened.execute(update(Opening).values(confirmed_on=TODAY))
        yield opened


@pytest.fixture
def empty(session: Session) -> Session:
    """No openings but those of the test."""
    session.execute(delete(Opening))
    return session


def numbers(session: Session, search: OpeningSearch, **page: int) -> list[str]:
    page.setdefault("limit", 100)
    return [view.number for view in search_openings(session, search, today=TODAY, **page).openings]


def test_greenery_near_steenwijk_is_there(session: Session) -> None:
    result = search_openings(session, OpeningSearch(work_kind="groen", place="steenwijk"), today=TODAY)
    assert len(result.openings) == 3 <= result.total
    assert result.relaxed == ()
    assert {view.work_kind for view in result.openings} == {"groen"}
    assert all(view.is_example for view in result.openings)
    assert [view.distance_km for view in result.openings] == sorted(view.distance_km or 0 for view in result.openings)


def test_order_is_distance_then_start_then_number(empty: Session, opening: MakeOpening) -> None:
    later = TODAY + timedelta(days=30)
    empty.add_all(
        [
            opening("W-0109", place="Tuk", lat=52.80, lon=6.09),
            opening("W-0103", start_date=later),
            opening("W-0102"),
            opening("W-0101", start_date=TODAY - timedelta(days=400)),  # has begun: the same as at once
        ]
    )
    assert numbers(empty, OpeningSearch(place="Steenwijk")) == ["W-0101", "W-0102", "W-0103", "W-0109"]
    assert numbers(empty, OpeningSearch(place="Tuk")) == ["W-0109", "W-0101", "W-0102", "W-0103"]
    assert numbers(empty, OpeningSearch()) == ["W-0101", "W-0102", "W-0109", "W-0103"]


def test_stale_is_hidden_and_unconfirmed_comes_last_and_says_so(empty: Session, opening: MakeOpening) -> None:
    empty.add_all(
        [
            opening("W-0101", confirmed_on=TODAY - timedelta(days=91)),
            opening("W-0102", confirmed_on=None),
            opening("W-0103", confirmed_on=TODAY - timedelta(days=90), place="Almere", lat=52.37, lon=5.22),
            opening("W-0104", valid_until=TODAY - timedelta(days=1)),
            opening("W-0105", valid_until=TODAY),
            opening("W-0106", places_free=0),
        ]
    )
    found = search_openings(empty, OpeningSearch(place="Steenwijk", radius_km=500), today=TODAY, limit=9).openings
    assert [(view.number, view.unconfirmed) for view in found] == [
        ("W-0105", False),
        ("W-0103", False),
        ("W-0101", True),
        ("W-0102", True),
    ]


@pytest.mark.parametrize(
    ("hours", "fits"),
    [((12, 12), True), ((8, 11), False), ((24, 40), True), ((25, 40), False), ((1, 40), True)],
)
def test_hours_overlap(empty: Session, opening: MakeOpening, hours: tuple[int, int], fits: bool) -> None:
    empty.add(opening("W-0101", hours_min=12, hours_max=24))
    result = search_openings(empty, OpeningSearch(hours=hours), today=TODAY)
    assert result.relaxed == (() if fits else ("hours",))


@pytest.mark.parametrize(
    ("days", "fits"),
    [
        ({"ma", "wo"}, True),
        ({"ma"}, False),
        ({"za", "zo"}, False),
        ({"ma", "za", "zo"}, False),
        (set(DAYS), True),
    ],
)
def test_shared_days_must_hold_the_least_hours(
    empty: Session, opening: MakeOpening, days: set[str], fits: bool
) -> None:
    empty.add(opening("W-0101", hours_min=12, days=("ma", "di", "wo")))
    result = search_openings(empty, OpeningSearch(days=frozenset(days)), today=TODAY)
    assert result.relaxed == (() if fits else ("days",))


def test_days_in_consultation_always_fit(empty: Session, opening: MakeOpening) -> None:
    empty.add(opening("W-0101", days=()))
    assert numbers(empty, OpeningSearch(days=frozenset({"zo"}))) == ["W-0101"]


@pytest.mark.parametrize(
    ("search", "relaxed"),
    [
        (OpeningSearch(hours=(40, 40), work_kind="metaal"), ("hours",)),
        (OpeningSearch(days=frozenset({"zo"}), work_kind="metaal"), ("days",)),
        (OpeningSearch(kind="detachering", work_kind="metaal"), ("kind",)),
        (OpeningSearch(place="Maastricht", work_kind="metaal"), ("place",)),
        (OpeningSearch(place="Atlantis", work_kind="metaal"), ("place",)),
        (OpeningSearch(work_kind="catering", place="Steenwijk"), ("work_kind",)),
        (OpeningSearch(hours=(40, 40), kind="detachering"), ("hours", "kind")),
        (OpeningSearch(hours=(40, 40), place="Maastricht", work_kind="metaal"), ("hours", "place")),
    ],
)
def test_when_nothing_fits_as_little_as_possible_is_dropped(
    empty: Session, opening: MakeOpening, search: OpeningSearch, relaxed: tuple[str, ...]
) -> None:
    empty.add(opening("W-0101"))
    result = search_openings(empty, search, today=TODAY)
    assert [view.number for view in result.openings] == ["W-0101"]
    assert result.relaxed == relaxed


def test_the_municipality_is_never_dropped(empty: Session, opening: MakeOpening) -> None:
    empty.add(opening("W-0101"))
    result = search_openings(empty, OpeningSearch(municipality="almere", hours=(40, 40)), today=TODAY)
    assert (result.openings, result.total, result.relaxed) == ([], 0, ())


def test_pages_follow_each_other(session: Session) -> None:
    search = OpeningSearch(municipality="almere")
    everything = numbers(session, search)
    assert numbers(session, search, limit=5) + numbers(session, search, limit=100, offset=5) == everything
    assert search_openings(session, search, today=TODAY, limit=2).total == len(everything)


def test_one_opening_by_its_number(session: Session) -> None:
    view = opening_by_number(session, " w-0018 ", today=TODAY)
    assert view is not None
    assert (view.municipality, view.rules) == (
        "almere",
        (("min_hours_per_week", 28), ("min_contract_months", 12)),
    )
    assert view.traits.noise == "stil"
    assert opening_by_number(session, "W-9999") is None
    assert opening_by_number(session, "W-0018", today=date(2026, 11, 23)) == view


SEARCHES = st.builds(
    OpeningSearch,
    work_kind=st.none() | st.sampled_from(WORK_KINDS),
    place=st.none() | st.sampled_from(["Steenwijk", "Almere Poort", "Meppel", "8375", "Atlantis"]),
    hours=st.none() | st.tuples(st.integers(1, 20), st.integers(20, 40)),
    days=st.none() | st.frozensets(st.sampled_from(DAYS)),
    kind=st.none() | st.sampled_from(KINDS),
    municipality=st.none() | st.sampled_from(["almere", "steenwijkerland"]),
)


def test_a_search_has_no_room_for_a_person() -> None:
    assert {field.name for field in fields(OpeningSearch)} == {
        *("work_kind", "place", "hours", "days", "kind", "municipality", "radius_km", "needs")
    }


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(search=SEARCHES, name=st.text(min_size=1, max_size=20), conversation=st.uuids())
def test_who_asks_changes_nothing(
    database: Database, wish: MakeWish, search: OpeningSearch, name: str, conversation: UUID
) -> None:
    """The same filters give the same openings in the same order, whoever registered before."""
    with database.session(write=False) as session:
        before = search_openings(session, search, today=TODAY, limit=50)
    person = wish(name=name.replace("\x00", "-"), municipality="almere", conversation_id=str(conversation))
    with database.session() as session:
        register_interest(session, person, now=NOW)
        assert search_openings(session, search, today=TODAY, limit=50) == before
    shown = before.openings
    keys = [(view.unconfirmed, view.distance_km or 0) for view in shown]
    assert keys == sorted(keys)


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(["W-0201", "W-0202", "W-0203", "W-0204", "W-0205"]))
def test_the_order_of_storing_changes_nothing(database: Database, opening: MakeOpening, order: list[str]) -> None:
    with database.session() as session:
        session.execute(delete(Opening))
        session.add_all([opening(number) for number in order])
        session.flush()
        assert numbers(session, OpeningSearch(place="Tuk")) == sorted(order)
        session.rollback()
