"""Two hundred people at once want one of ten places: ten get one, on both databases."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from assistant.database import Database
from assistant.placement import OpeningFull, register_interest, withdraw
from assistant.placement.models import NumberSequence, Opening, Registration, RegistrationEvent

from .conftest import NOW, MakeOpening, MakeWish

PEOPLE, PLACES = 200, 10


def test_ten_of_two_hundred_get_a_place(database: Database, opening: MakeOpening, wish: MakeWish) -> None:
    with database.session() as session:
        session.add(opening("W-0901", places_total=PLACES, places_free=PLACES))
    together = Barrier(PEOPLE)

    def ask(person: int) -> str:
        mine = wish(opening="W-0901", phone=f"06 1234 5{person:03d}", conversation_id=f"c{person}")
        together.wait()
        try:
            with database.session() as session:
                return register_interest(session, mine, now=NOW).number
        except OpeningFull:
            return "vol"

    with ThreadPoolExecutor(PEOPLE) as pool:
        answers = Counter(pool.map(ask, range(PEOPLE)))
    assert answers["vol"] == PEOPLE - PLACES
    numbers = sorted(answer for answer in answers if answer != "vol")
    assert numbers == [f"AW-2026-{n:05d}" for n in range(1, PLACES + 1)]  # and no holes
    with database.session() as session:
        assert session.scalar(select(Opening.places_free).where(Opening.number == "W-0901")) == 0
        assert session.scalar(select(func.count()).select_from(Registration)) == PLACES
        assert session.scalar(select(func.count()).select_from(RegistrationEvent)) == PLACES
        assert session.get_one(NumberSequence, ("AW", 2026)).last == PLACES
        row = session.scalars(select(Registration)).first()
        assert row is not None and row.phone is not None
        withdraw(session, row.number, row.phone, now=NOW)
    assert ask_once(database, wish) == "AW-2026-00011"  # the place that came back is given once more


def ask_once(database: Database, wish: MakeWish) -> str:
    with database.session() as session:
        return register_interest(session, wish(opening="W-0901"), now=NOW).number


def test_one_conversation_that_presses_fifty_times_gets_one_number(
    database: Database, opening: MakeOpening, wish: MakeWish
) -> None:
    with database.session() as session:
        session.add(opening("W-0901", places_total=PLACES, places_free=PLACES))
    mine = wish(opening="W-0901", conversation_id="zelfde")

    def press(_: int) -> str:
        with database.session() as session:
            return register_interest(session, mine, now=NOW).number

    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(press, range(50)))) == 1
    with database.session() as session:
        assert session.scalar(select(Opening.places_free).where(Opening.number == "W-0901")) == PLACES - 1
