"""The clock: summer and winter time, 29 February, New Year's night, and a clock that is set back or forward."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
import time_machine
from sqlalchemy import select

from assistant.answers import AnswerBook, Library
from assistant.core.context import TalkContext
from assistant.database import Database, upgrade
from assistant.placement import InterestWish, register_interest, seed
from assistant.placement.models import Registration
from assistant.review.models import Turn
from assistant.rights.terms import read_terms
from assistant.running.app import gateway_app
from tests.faults.table import Table
from tests.unit.watching.conftest import *  # noqa: F403  the house in this process, with a brain of the test

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def book() -> AnswerBook:
    return AnswerBook.read(ROOT / "data")


def says_open(book: AnswerBook, moment: datetime) -> bool:
    """Whether the assistant says at this moment that somebody is there, by the real clock of the book."""
    with time_machine.travel(moment, tick=False):
        text = book.word("mens_spreken", TalkContext("almere")).text
    assert "17" in text or "9" in text, text
    return "tot 17" in text


HALF_PAST_EIGHT_UTC = {  # 8.30 in UTC is 9.30 in winter and 10.30 in summer; Almere is there from 9 to 17
    "the Friday before summer time": (date(2027, 3, 19), 8, 0),
    "the Tuesday after summer time began": (date(2027, 3, 30), 7, 0),
    "the Friday before winter time": (date(2026, 10, 23), 7, 0),
    "the Monday after winter time began": (date(2026, 10, 26), 8, 0),
    "29 February": (date(2028, 2, 29), 8, 0),
}


@pytest.mark.parametrize("day", HALF_PAST_EIGHT_UTC)
def test_opening_hours_follow_the_clock_on_the_wall(book: AnswerBook, day: str) -> None:
    """Open from nine o'clock on the wall, whatever that is in UTC; closed one minute before, and at five again."""
    on, hour_utc, _ = HALF_PAST_EIGHT_UTC[day]
    opens = datetime(on.year, on.month, on.day, hour_utc, tzinfo=UTC)
    assert opens.astimezone(AMSTERDAM).hour == 9
    assert not says_open(book, opens - timedelta(minutes=1))
    assert says_open(book, opens)
    assert says_open(book, opens + timedelta(hours=7, minutes=59))
    assert not says_open(book, opens + timedelta(hours=8))


@pytest.mark.parametrize("day", [date(2026, 12, 25), date(2027, 1, 1), date(2027, 4, 27), date(2028, 4, 17)])
def test_nobody_is_there_on_a_public_holiday(book: AnswerBook, day: date) -> None:
    assert not says_open(book, datetime(day.year, day.month, day.day, 11, tzinfo=UTC))


@pytest.fixture
def database(tmp_path: Path) -> Database:
    url = f"sqlite:///{tmp_path / 'clock.db'}"
    upgrade(url)
    database = Database(url)
    with database.session() as session:
        seed(session)
    return database


def register_at(database: Database, moment: datetime) -> tuple[str, date]:
    """Register somebody at a moment and return the number and the last day for the first contact."""
    wish = InterestWish(
        municipality="almere", name="Jan", phone="+31612345678", consent_text_version="v1", consented_at=moment,
        conversation_id=f"{moment.timestamp():032.0f}",
    )  # fmt: skip
    with database.session() as session:
        number = register_interest(session, wish, now=moment).number
    with database.session(write=False) as session:
        row = session.scalars(select(Registration).where(Registration.number == number)).one()
        assert row.next_action_by is not None
        return number, row.next_action_by


DEADLINES = {  # five working days after the day on the wall in the Netherlands
    "over 29 February": (datetime(2028, 2, 24, 10, tzinfo=UTC), date(2028, 3, 2)),
    "without 29 February": (datetime(2027, 2, 24, 10, tzinfo=UTC), date(2027, 3, 3)),
    "over the change to winter time": (datetime(2026, 10, 21, 10, tzinfo=UTC), date(2026, 10, 28)),
    "just before midnight in UTC it is tomorrow here": (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), date(2026, 11, 30)),
    "over Christmas and New Year": (datetime(2026, 12, 22, 10, tzinfo=UTC), date(2026, 12, 30)),
}


@pytest.mark.parametrize("case", DEADLINES)
def test_deadlines_count_days_here_and_skip_days_off(database: Database, case: str) -> None:
    moment, last_day = DEADLINES[case]
    assert register_at(database, moment)[1] == last_day


def test_the_number_of_new_years_night_is_of_the_year_here(database: Database) -> None:
    assert register_at(database, datetime(2026, 12, 31, 22, 59, tzinfo=UTC))[0].startswith("AW-2026-")
    assert register_at(database, datetime(2026, 12, 31, 23, 1, tzinfo=UTC))[0].startswith("AW-2027-00001")


def test_terms_are_whole_days_over_summer_time_and_29_february() -> None:
    """A term of n days is n times 24 hours: never an hour short in October, never a day short in a leap year."""
    for term in read_terms(ROOT / "data").values():
        for now in (datetime(2026, 10, 26, 9, tzinfo=UTC), datetime(2028, 3, 1, 9, tzinfo=UTC)):
            assert now - term.border(now) == term.kept


@pytest.mark.parametrize("jump", [timedelta(hours=-3), timedelta(days=-1), timedelta(days=400)], ids=str)
async def test_a_clock_that_jumps_in_the_middle_of_a_talk_loses_nothing(
    house: object, table: Table, jump: timedelta
) -> None:
    """NTP sets the clock, or somebody does: the talk goes on, turns keep their order, a retry is still a retry."""
    transport = httpx.ASGITransport(app=gateway_app(house))  # type: ignore[arg-type]
    begin = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        with time_machine.travel(begin):
            talk = (await client.post("/api/v1/conversations", json={})).json()["id"]
            address = f"/api/v1/conversations/{talk}/messages"
            first = await client.post(address, json={"text": "een", "client_message_id": "1"})
        with time_machine.travel(begin + jump):
            again = await client.post(address, json={"text": "een", "client_message_id": "1"})
            await client.post(address, json={"text": "twee", "client_message_id": "2"})
    assert again.json() == first.json()
    with house.database.session(write=False) as session:  # type: ignore[attr-defined]
        said = list(session.scalars(select(Turn.said).where(Turn.conversation_id == talk).order_by(Turn.id)))
    words = {"-1": "back"}.get(str(jump).split(" ")[0][:2], "forward")
    name = f"clock set {words} {abs(jump)}"
    table.row(name, "(merkt niets)", 0, 2 - len(set(said)), len(said) - len(set(said)))
    assert said == ["een", "twee"]


def test_the_library_reads_again_after_the_clock_was_set_back(tmp_path: Path) -> None:
    """It looks at what changed, not at what is newer."""

    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    library = Library(data, every_seconds=0.0)
    file = data / "answers" / "storing.yml"
    with time_machine.travel(datetime(2020, 1, 1, tzinfo=UTC)):
        file.write_text(
            file.read_text(encoding="utf-8").replace("Er gaat iets mis", "Er ging iets mis"), encoding="utf-8"
        )
        os.utime(file, (1577836800, 1577836800))
        assert "Er ging iets mis" in library.book.word("storing/algemeen", TalkContext("almere")).text
