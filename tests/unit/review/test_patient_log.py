"""Turns that find the database away are stored later, in order, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from assistant.database import Database, DatabaseUnavailable, upgrade
from assistant.review import NewConversation, TurnRecord
from assistant.review.models import Turn
from assistant.review.patient_log import KEPT, PatientLog

TURN = TurnRecord("a" * 32, None, datetime.now(UTC), "hoi", "groet", 0.9, ["hulp"], None, 5, None)


@dataclass
class Clock:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


class Away(Database):
    """A real database that can be away."""

    away = False

    def session(self, *, write: bool = True):  # type: ignore[no-untyped-def]
        if self.away:
            raise DatabaseUnavailable("away")
        return super().session(write=write)


@pytest.fixture
def database(tmp_path: Path) -> Away:
    url = f"sqlite:///{tmp_path / 'log.db'}"
    upgrade(url)
    return Away(url)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def log(database: Away, clock: Clock) -> PatientLog:
    log = PatientLog(database, clock, lambda seconds, do: None)
    log.start(NewConversation("a" * 32, "x" * 64, None, None, "web", datetime.now(UTC)))
    return log


def said(database: Database) -> list[str]:
    with database.session(write=False) as session:
        return list(session.scalars(select(Turn.said).order_by(Turn.id)))


def refused(log: PatientLog, word: str) -> None:
    with pytest.raises(DatabaseUnavailable):
        log.record(replace(TURN, said=word))


def test_what_was_said_while_it_was_away_is_stored_before_the_next_turn(
    log: PatientLog, database: Away, clock: Clock
) -> None:
    log.record(replace(TURN, said="een"))
    database.away = True
    refused(log, "twee")
    refused(log, "drie")
    assert log.late == 2
    database.away = False
    clock.now += 3
    log.record(replace(TURN, said="vier"))
    assert said(database) == ["een", "twee", "drie", "vier"]
    assert log.late == 0


def test_nobody_waits_for_a_database_that_failed_a_moment_ago(log: PatientLog, database: Away, clock: Clock) -> None:
    database.away = True
    refused(log, "een")
    database.away = False
    refused(log, "twee")  # it would work, and is not tried yet
    assert said(database) == []
    clock.now += 3
    log.catch_up()
    assert said(database) == ["een", "twee"]


def test_catching_up_while_it_is_still_away_keeps_everything(log: PatientLog, database: Away, clock: Clock) -> None:
    database.away = True
    refused(log, "een")
    clock.now += 3
    log.catch_up()
    assert log.late == 1


def test_it_catches_up_by_itself_when_nobody_says_anything_more(database: Away, clock: Clock, log: PatientLog) -> None:
    later: list[tuple[float, Callable[[], None]]] = []
    alone = PatientLog(database, clock, lambda seconds, do: later.append((seconds, do)))
    database.away = True
    refused(alone, "een")
    for _ in range(3):
        seconds, do = later.pop()
        clock.now += seconds
        do()
        assert later, "it goes on trying while the database is away"
    database.away = False
    clock.now += 3
    later.pop()[1]()
    assert (said(database), later) == (["een"], [])


def test_memory_is_bounded(log: PatientLog, database: Away) -> None:
    database.away = True
    for number in range(KEPT + 5):
        refused(log, str(number))
    assert log.late == KEPT
