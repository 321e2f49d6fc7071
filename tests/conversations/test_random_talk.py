"""Any text, any button, any order: never a 500, an empty reply, a dead end, or a row that nobody agreed to.

A few hundred turns here; ten thousand by `make simulate`.
"""

from __future__ import annotations

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.running.house import Running
from assistant.simulation.client import Shown
from assistant.simulation.questions import NEEDS
from assistant.simulation.random_talk import ODD, dead_end, may_be_yes
from assistant.simulation.rows import TABLES, Rows

ASKED = [way for need in NEEDS for way in need.ways]
STEPS = st.one_of(st.sampled_from(ODD), st.sampled_from(ASKED), st.integers(0, 9), st.text(min_size=1, max_size=40))


@pytest.mark.rasa
@given(st.lists(STEPS, min_size=4, max_size=12), st.sampled_from([None, "almere", "steenwijkerland"]))
@settings(max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_nothing_breaks_the_talk(house: Running, steps: list[str | int], municipality: str | None) -> None:
    """Whatever comes, there is an answer and a way on."""
    rows, agreed = Rows(house.settings.database), False
    with httpx.Client(base_url=house.public_url, timeout=30) as client:
        started = client.post("/api/v1/conversations", json={"municipality": municipality}).json()
        shown = _shown(started["messages"])
        for step in steps:
            said = _button(shown, step) if isinstance(step, int) else step
            agreed = agreed or may_be_yes(said)
            response = client.post(f"/api/v1/conversations/{started['id']}/messages", json={"text": said})
            assert response.status_code in (200, 413, 422), (said, response.text)
            if response.status_code == 200:
                shown = _shown(response.json()["messages"])
                assert shown.text.strip(), said
                assert not dead_end(said, shown)
    written = [table for table in TABLES if rows.of(table, started["id"])]
    rows.close()
    assert agreed or not written, written


def _button(shown: Shown, number: int) -> str:
    """Return what a button sends; without buttons a question mark."""
    return shown.buttons[number % len(shown.buttons)][1] if shown.buttons else "?"


def _shown(messages: list[dict[str, list[dict[str, str]]]]) -> Shown:
    buttons = tuple((each["title"], each["payload"]) for message in messages for each in message["buttons"])
    cards = sum(len(message["cards"]) for message in messages)
    return Shown("\n".join(str(message["text"]) for message in messages), buttons, cards)
