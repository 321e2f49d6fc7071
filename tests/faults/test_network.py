"""The wire between a person and the gateway, and between the gateway and Rasa, is slow, cut or gives half."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.faults.conftest import Supervised, until
from tests.faults.person import FORM, HOURS, YES, Person
from tests.faults.table import Table
from tests.faults.wire import Wire


@pytest.fixture
def phone(large: Supervised) -> Iterator[Wire]:
    """The wire between somebody's phone and the gateway."""
    with Wire() as wire:
        yield wire.to(large.settings.public_port)


@pytest.fixture(autouse=True)
def good_again(wire: Wire) -> Iterator[None]:
    """Leave a good wire to Rasa behind, and a breaker that is closed."""
    yield
    wire.good()


# between a person and the gateway

BAD_PHONE = {
    "answer cut in half on its way to the person": {"keep": 90},
    "answer lost on its way to the person": {"keep": 0},
    "answer 3 s late on its way to the person": {"delay": 3.0},
}


@pytest.mark.rasa
@pytest.mark.parametrize("fault", BAD_PHONE)
def test_trying_again_gives_nothing_double(large: Supervised, phone: Wire, table: Table, fault: str) -> None:
    """The person says yes, the answer does not arrive, the widget sends the same again: one registration."""
    jan = large.person(url=phone.url, timeout=2.0)
    jan.say_all(*FORM, HOURS)
    turns = large.rows("turn", jan)
    for name, value in BAD_PHONE[fault].items():
        setattr(phone, name, value)
    with pytest.raises(httpx.HTTPError):
        jan.say(YES, "ja-1")
    until(lambda: large.rows("turn", jan) == turns + 1, 15)
    phone.good()
    began = time.monotonic()
    until(lambda: arrives(jan, YES, "ja-1"), 15)
    seconds = time.monotonic() - began
    assert "aanmelden_werkzoekende/gelukt" in jan.keys
    assert large.rows("turn", jan) == turns + 1, "the second sending is no second turn"
    stored = large.rows("registration", jan)
    table.row(fault, "(de widget probeert opnieuw) " + jan.seen, seconds, max(0, 1 - stored), max(0, stored - 1))


@pytest.mark.rasa
def test_a_talk_goes_on_after_the_phone_was_away(large: Supervised, phone: Wire, table: Table) -> None:
    """A tunnel of three tries; the same message arrives once."""
    jan = large.person(url=phone.url, timeout=2.0)
    jan.say_all(*FORM)
    turns = large.rows("turn", jan)
    phone.refuse = True
    phone.cut()
    for _ in range(3):
        assert not arrives(jan, HOURS, "uren-1")
    phone.good()
    began = time.monotonic()
    until(lambda: arrives(jan, HOURS, "uren-1"), 15)
    assert "vraag/aanmelden_werkzoekende/toestemming" in jan.keys
    lost = turns + 1 - large.rows("turn", jan)
    table.row("phone without network", "(de widget zegt dat er geen verbinding is)", time.monotonic() - began, lost, 0)


# between the gateway and Rasa

BAD_RASA = {
    "wire to Rasa cut": {"refuse": True},
    "half an answer of Rasa": {"keep": 120},
    "Rasa 6 s late, more than it may be": {"delay": 6.0},
}


@pytest.mark.rasa
@pytest.mark.parametrize("fault", BAD_RASA)
def test_a_bad_wire_to_rasa_is_an_honest_menu(large: Supervised, wire: Wire, table: Table, fault: str) -> None:
    """The menu comes within the time-out (4 s here); the breaker then spares people the wait; the form goes on."""
    jan = large.person()
    jan.say_all(*FORM)
    for name, value in BAD_RASA[fault].items():
        setattr(wire, name, value)
    wire.cut()
    assert jan.say("hoeveel verdien ik dan") == ["storing/begrijpen"]
    assert jan.seconds < 5.5
    seen = jan.seen
    for _ in range(2):
        jan.say("hoeveel verdien ik dan")
    jan.say("hoeveel verdien ik dan")
    assert jan.seconds < 1, "the breaker is open: nobody waits any more"
    assert figure(large, "meedoen_breaker_open") == 1
    wire.good()
    wire.cut()
    began = time.monotonic()
    until(large.understands, 30)
    seconds = time.monotonic() - began
    assert figure(large, "meedoen_breaker_open") == 0
    keys = jan.say(HOURS)
    if "vraag/aanmelden_werkzoekende/toestemming" not in keys:
        keys = jan.say(HOURS)  # a message that Rasa took in while its answer was lost has moved the talk on
    jan.say(YES)
    stored = large.rows("registration", jan)
    table.row(fault, seen, seconds, max(0, 1 - stored), max(0, stored - 1))


@pytest.mark.rasa
def test_the_yes_reaches_rasa_but_its_answer_does_not_come_back(large: Supervised, wire: Wire, table: Table) -> None:
    """The registration is stored and the person read the menu; saying yes again does not make a second one."""
    jan = large.person()
    jan.say_all(*FORM, HOURS)
    wire.keep = 0
    jan.say(YES)
    seen = jan.seen
    wire.good()
    wire.cut()
    began = time.monotonic()
    until(large.understands, 30)
    seconds = time.monotonic() - began
    jan.say(YES)
    stored = large.rows("registration", jan)
    if not stored:
        jan.say(YES)
        stored = large.rows("registration", jan)
    table.row("answer of Rasa to the last yes lost", seen, seconds, max(0, 1 - stored), max(0, stored - 1))


def arrives(jan: Person, text: str, message_id: str) -> bool:
    """Send a message; whether an answer came."""
    with contextlib.suppress(httpx.HTTPError):
        jan.say(text, message_id)
        return jan.status == 200
    return False


def figure(house: Supervised, name: str) -> float:
    """One figure of the house as Prometheus reads it."""
    text = httpx.get(f"http://127.0.0.1:{house.settings.internal_port}/metrics").text
    return float(next(line.split()[-1] for line in text.splitlines() if line.startswith(f"{name} ")))
