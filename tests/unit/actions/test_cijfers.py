"""What is told of our own count after an answer on numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.cijfers import Cijfers
from actions.desk import Desk, open_desk
from assistant.answers import AnswerBook
from assistant.database import Database, upgrade
from assistant.placement import seed
from assistant.placement.models import Placement, Target
from tests.unit.actions.test_forms_at_random import assert_can_be_said

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path}/meedoen.db"
    upgrade(url)
    database = Database(url)
    with database.session() as session:
        seed(session)
    open_desk(Desk(database, lambda: NOW))
    yield database
    database.dispose()


def employ(database: Database, people: int, kind: str = "beschut") -> None:
    with database.session() as session:
        session.add_all(
            Placement(municipality_id="almere", kind=kind, hours=24, started_on=NOW.date()) for _ in range(people)
        )


async def told(intent: str, municipality: str | None = "almere", confidence: float = 0.9) -> list[dict[str, Any]]:
    latest = {
        "intent": {"name": intent, "confidence": confidence},
        "text": "hoeveel plekken zijn er",
        "entities": [],
        "metadata": {"municipality": municipality},
    }
    tracker = Tracker("test", {}, latest, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    await Cijfers().run(dispatcher, tracker, {})
    return [part for message in dispatcher.messages for part in message["parts"]]


async def test_nothing_is_told_below_five_people(database: Database) -> None:
    employ(database, 4)
    assert await told("lokaal/cijfers") == []


async def test_people_at_work_are_counted_and_the_other_reading_stands_beside_it(
    database: Database, book: AnswerBook
) -> None:
    employ(database, 6)
    parts = await told("beschut_werk/aantal_plekken")
    assert [part["keys"][0] for part in parts] == ["cijfers/nu/beschut_werk", "cijfers/anders/beschut_werk"]
    assert [part["values"]["geteld"] for part in parts] == ["6", "5"]  # 6 x 24 hours are 4.6 jobs of 31
    assert_can_be_said(tuple(parts), book, "almere")


async def test_the_norm_of_this_year_is_told_when_a_source_gives_it(database: Database) -> None:
    employ(database, 5)
    with database.session() as session:
        session.add(
            Target(
                key="nieuw",
                municipality_id="almere",
                year=2026,
                definition="beschut_werk",
                norm=80,
                source="brief",
                quote="80",
            )
        )
    keys = {part["keys"][0]: part["values"] for part in await told("lokaal/cijfers")}
    assert keys["cijfers/norm"] == {"norm": "80", "jaar": "2026"}


@pytest.mark.parametrize(("municipality", "confidence"), [(None, 0.9), ("almere", 0.4)])
async def test_silent_without_a_municipality_or_when_unsure(
    database: Database, municipality: str | None, confidence: float
) -> None:
    employ(database, 9)
    assert await told("lokaal/cijfers", municipality, confidence) == []
