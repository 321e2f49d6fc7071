"""The database of the small house is locked, or its disk is full."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from assistant.running.backup_manifest import sqlite_file
from tests.faults.conftest import Supervised, until
from tests.faults.person import FORM, HOURS, QUESTION, YES
from tests.faults.table import Table

OTHER_QUESTION = "/indicatie/wie_beslist"
POLITE = "Er is niets van u verloren"


@contextmanager
def locked(house: Supervised) -> Iterator[None]:
    """Hold the write lock of the database from another connection."""
    with sqlite3.connect(sqlite_file(house.settings.database), isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")
    other.close()


@contextmanager
def full(house: Supervised) -> Iterator[None]:
    """Fill the disk to the last byte."""
    with sqlite3.connect(sqlite_file(house.settings.database)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the log of the database would have room inside it
    other.close()
    filler = house.settings.var / "filler"
    try:
        with filler.open("wb", buffering=0) as file:
            for size in (1 << 20, 4096, 1):
                _fill(file.fileno(), size)
        yield
    finally:
        filler.unlink()


def _fill(descriptor: int, size: int) -> None:
    try:
        while True:
            os.write(descriptor, b"x" * size)
    except OSError:
        return


@pytest.mark.rasa
@pytest.mark.parametrize(("fault", "break_it"), [("database locked", locked), ("disk full", full)])
def test_people_are_told_and_nothing_is_lost(house: Supervised, table: Table, fault: str, break_it) -> None:  # type: ignore[no-untyped-def]
    """Questions are answered, a registration is refused honestly; the same yes is enough when it works again."""
    jan, piet = house.person(), house.person()
    jan.say_all(*FORM, HOURS)
    turns = house.rows("turn", jan) + house.rows("turn", piet)
    with break_it(house):
        assert piet.say(QUESTION) == ["loon/hoeveel"], "information needs no database"
        assert piet.say(OTHER_QUESTION) == ["indicatie/wie_beslist"]
        assert piet.seconds < 4, "the second one does not wait for the lock again"
        jan.say(YES)
        assert POLITE in jan.seen, jan.seen
        seen = jan.seen
        assert house.rows("registration", jan) == 0
    began = time.monotonic()
    assert "aanmelden_werkzoekende/gelukt" in jan.say(YES), "the same word is enough"
    piet.say("dank u")
    seconds = time.monotonic() - began
    until(lambda: house.rows("turn", jan) + house.rows("turn", piet) >= turns + 5, 15)
    stored = house.rows("registration", jan)
    assert until(house.is_well, 15) < 15
    table.row(fault, seen, seconds, lost=max(0, 1 - stored), double=max(0, stored - 1))


@pytest.mark.rasa
def test_a_short_lock_is_only_a_short_wait(house: Supervised, table: Table) -> None:
    """Two seconds of somebody else's writing: nobody notices more than the wait."""
    jan = house.person()
    jan.say_all(*FORM, HOURS)
    with locked(house):
        answer = threading.Thread(target=jan.say, args=(YES,))
        answer.start()
        time.sleep(2)
    answer.join()
    assert "aanmelden_werkzoekende/gelukt" in jan.keys
    stored = house.rows("registration", jan)
    table.row("database locked for 2 s", "(wacht even)", jan.seconds, max(0, 1 - stored), max(0, stored - 1))


@pytest.mark.rasa
def test_no_chat_can_begin_and_that_is_said(house: Supervised) -> None:
    """Without a database there is no talk to come back to, so we do not pretend that there is."""
    with locked(house):
        jan = house.person()
        assert jan.status == 503
        assert "bel" in jan.seen
        assert POLITE in jan.seen
        assert httpx.get(f"{house.running.public_url}/health").status_code == 200, "reading still works"
    until(lambda: house.person().status == 201, 15)


@pytest.mark.rasa
def test_broken_answers_leave_the_old_ones_in_use(house: Supervised, table: Table) -> None:
    """An editor saves half a file: people keep the old words, health tells the operator what is wrong."""
    file = Path(house.settings.data) / "answers" / "loon.yml"
    right = file.read_text(encoding="utf-8")
    jan = house.person()
    jan.say(QUESTION)
    before = jan.seen
    for broken in (right[: len(right) // 3] + "\n  text: [", "\x00\x01", right.replace("text:", "tekst:", 1)):
        file.write_text(broken, encoding="utf-8")
        time.sleep(0.7)
        piet = house.person()
        assert piet.say(QUESTION) == ["loon/hoeveel"]
        assert piet.seen == before
        health = httpx.get(f"{house.running.public_url}/health")
        assert (health.status_code, health.json()["answers"]) == (503, False)
    file.write_text(right, encoding="utf-8")
    seconds = until(house.is_well, 10)
    table.row("answers file broken while running", before, seconds, 0, 0)
