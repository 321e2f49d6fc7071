"""The app itself dies: between two questions of a form, and while the last yes is on its way."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time

import httpx
import pytest

from tests.faults.conftest import Supervised, until
from tests.faults.person import FORM, HOURS, YES, Person
from tests.faults.table import Table
from tests.faults.test_database import locked


@pytest.mark.rasa
@pytest.mark.parametrize("fault", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "frozen"])
def test_the_app_goes_away_in_the_middle_of_a_form(house: Supervised, table: Table, fault: signal.Signals) -> None:
    """The widget shows that the connection is gone; after the restart the same talk and the same form go on."""
    jan = house.person()
    jan.say_all(*FORM)
    turns = house.rows("turn", jan)
    before, began = house.pid("app"), time.monotonic()
    os.kill(before, fault)
    jan_tries_again(jan, HOURS, "uren-1")
    seconds = time.monotonic() - began
    assert house.pid("app") != before
    assert "vraag/aanmelden_werkzoekende/toestemming" in jan.keys
    assert "aanmelden_werkzoekende/gelukt" in jan.say(YES)
    stored = house.rows("registration", jan)
    lost = max(0, 1 - stored) + turns + 2 - house.rows("turn", jan)
    name = {signal.SIGKILL: "app killed in mid-form", signal.SIGSTOP: "app frozen in mid-form"}[fault]
    table.row(name, "(de widget zegt zelf dat er geen verbinding is, en probeert opnieuw)", seconds, lost, stored - 1)


@pytest.mark.rasa
@pytest.mark.parametrize("after", [0.0, 0.05, 0.15], ids=lambda after: f"{after * 1000:.0f} ms")
def test_the_app_is_killed_while_the_last_yes_is_on_its_way(house: Supervised, table: Table, after: float) -> None:
    """Whether or not it had been stored: sending the same message again makes it one registration, never two."""
    jan = house.person()
    jan.say_all(*FORM, HOURS)
    said_yes = threading.Thread(target=_try, args=(jan, YES, "ja-1"))
    said_yes.start()
    time.sleep(after)
    began = time.monotonic()
    os.kill(house.pid("app"), signal.SIGKILL)
    said_yes.join()
    jan_tries_again(jan, YES, "ja-1")
    seconds = time.monotonic() - began
    stored = house.rows("registration", jan)
    assert "aanmelden_werkzoekende/gelukt" in jan.keys or stored == 1, jan.seen
    name = f"app killed {after * 1000:.0f} ms after the last yes"
    table.row(name, jan.seen, seconds, lost=max(0, 1 - stored), double=max(0, stored - 1))


@pytest.mark.rasa
def test_the_app_is_killed_while_the_registration_is_being_written(house: Supervised, table: Table) -> None:
    """The form was already closed when its action was lost: the turn counts as not said, so the same yes is enough."""
    jan = house.person()
    jan.say_all(*FORM, HOURS)
    with locked(house):  # the registration waits for the lock, and dies waiting
        said_yes = threading.Thread(target=_try, args=(jan, YES, "ja-1"))
        said_yes.start()
        time.sleep(1.5)
        began = time.monotonic()
        os.kill(house.pid("app"), signal.SIGKILL)
        said_yes.join()
    jan_tries_again(jan, YES, "ja-1")
    seconds = time.monotonic() - began
    assert "aanmelden_werkzoekende/gelukt" in jan.keys, jan.seen
    stored = house.rows("registration", jan)
    table.row("app killed while it writes the registration", jan.seen, seconds, 1 - stored, stored - 1)


def jan_tries_again(jan: Person, text: str, message_id: str) -> None:
    """Send the same message with the same id until there is an answer, as the widget does."""
    until(lambda: _try(jan, text, message_id), 150)


def _try(jan: Person, text: str, message_id: str) -> bool:
    with contextlib.suppress(httpx.HTTPError):
        jan.say(text, message_id)
        return jan.status == 200
    return False
