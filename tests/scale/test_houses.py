"""Two gateways and two Rasas are one assistant: a talk does not notice who answers, nor that somebody dies."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from typing import Any

import httpx
import pytest
from sqlalchemy import create_engine, make_url, text

from assistant.load.houses import Houses

pytestmark = pytest.mark.rasa


class Talk:
    """A talk that can go through any gateway."""

    def __init__(self, houses: Houses, municipality: str = "steenwijkerland") -> None:
        body = {"municipality": municipality, "channel": "web"}
        started = httpx.post(f"{houses.urls[0]}/api/v1/conversations", json=body, timeout=30).raise_for_status().json()
        self.id, self._houses = started["id"], houses
        self._headers = {"authorization": f"Bearer {started['token']}"}

    def post(self, gateway: int, line: str, message_id: str | None = None) -> httpx.Response:
        """Say something at a gateway."""
        body = {"text": line} | ({"client_message_id": message_id} if message_id else {})
        address = f"{self._houses.urls[gateway]}/api/v1/conversations/{self.id}/messages"
        return httpx.post(address, json=body, headers=self._headers, timeout=30)

    def answers(self, gateway: int, line: str) -> list[Any]:
        """Say something and return the keys of the answers."""
        return [each["answer"] for each in self.post(gateway, line).raise_for_status().json()["messages"]]


FORM = (
    ("schrijf mij maar op voor beschut werk", "vraag/naam"),
    ("Jan de Vries", "vraag/contact"),
    ("wat verdien ik dan eigenlijk?", "vraag/contact"),
    ("06 12345678", "vraag/woonplaats"),
    ("Tuk", "vraag/soort_werk"),
    ("groen", "vraag/uren"),
    ("20 uur", "vraag/aanmelden_werkzoekende/toestemming"),
    ("ja", "aanmelden_werkzoekende/gelukt"),
)


def rows(url: str, question: str, **values: Any) -> int:
    """Return the one number that a question to a database gives."""
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    try:
        with engine.connect() as connection:
            return int(connection.execute(text(question), values).scalar_one())
    finally:
        engine.dispose()


def test_a_form_goes_on_at_the_other_gateway(houses: Houses) -> None:
    talk = Talk(houses)
    for gateway, (line, wanted) in zip(cycle((0, 1)), FORM, strict=False):
        assert wanted in talk.answers(gateway, line), (gateway, line)
    assert rows(houses.database_url, "SELECT count(*) FROM registration WHERE conversation_id = :id", id=talk.id) == 1


def test_both_rasas_have_work(houses: Houses) -> None:
    for _ in range(8):
        assert Talk(houses).answers(0, "wat is beschut werk")
    workers = [houses.pids("rasa0")[0], houses.pids("rasa1")[0]]
    assert len(set(workers)) == 2
    assert rows(houses.tracker_url, "SELECT count(DISTINCT sender_id) FROM events") >= 8


def test_one_message_at_both_gateways_at_once_is_answered_once(houses: Houses) -> None:
    talk = Talk(houses)
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(talk.post, gateway, "hoeveel verdien ik", "m-1") for gateway in (0, 1, 0, 1)]
        said = [each.result().raise_for_status().json()["messages"] for each in waiting]
    assert [[each["answer"] for each in one] for one in said] == [[each["answer"] for each in said[0]]] * 4
    assert rows(houses.database_url, "SELECT count(*) FROM turn WHERE conversation_id = :id", id=talk.id) == 1
    heard = "SELECT count(*) FROM events WHERE sender_id = :id AND type_name = 'user'"
    assert rows(houses.tracker_url, heard, id=talk.id) == 1


def test_messages_at_both_gateways_wait_for_each_other(houses: Houses) -> None:
    talk = Talk(houses)
    talk.answers(0, "schrijf mij maar op voor beschut werk")
    with ThreadPoolExecutor(6) as pool:
        waiting = [pool.submit(talk.post, number % 2, f"vraag nummer {number}") for number in range(6)]
        assert [each.result().status_code for each in waiting] == [200] * 6
    heard = "SELECT count(*) FROM events WHERE sender_id = :id AND type_name = 'user'"
    assert rows(houses.tracker_url, heard, id=talk.id) == 7


def test_the_limit_counts_both_gateways(houses: Houses) -> None:
    talk = Talk(houses)
    statuses = [talk.post(number % 2, "hallo").status_code for number in range(44)]
    assert statuses[:40] == [200] * 40
    assert set(statuses[40:]) == {429}


def test_a_form_survives_a_rasa_that_dies_and_a_gateway_that_dies(houses: Houses) -> None:
    talk = Talk(houses)
    for number, (line, wanted) in enumerate(FORM):
        if number == 2:
            houses.kill("rasa0")
        if number == 4:
            houses.kill("gateway1")
            houses.start_rasa(0)
            houses.wait()
        if number == 6:
            houses.kill("rasa1")
        assert wanted in talk.answers(0, line), (number, line)
    assert rows(houses.database_url, "SELECT count(*) FROM registration WHERE conversation_id = :id", id=talk.id) == 1
    houses.start_rasa(1)
    houses.start_gateway(1)
    houses.wait()
    assert "loon/hoeveel" in talk.answers(1, "hoeveel verdien ik")
