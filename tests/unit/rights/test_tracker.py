"""Rasa's memory of a talk is cleaned without breaking the talk."""

from __future__ import annotations

from typing import Any

from assistant.running.retention import clean_quiet_talks
from tests.unit.rights.conftest import NOW, House, ago

TALK: list[dict[str, Any]] = [
    {"event": "action", "name": "action_session_start"},
    {"event": "slot", "name": "gemeente", "value": "almere"},
    {
        "event": "user",
        "text": "/aanmelden_werkzoekende",
        "parse_data": {"intent": {"name": "aanmelden_werkzoekende"}, "entities": []},
        "metadata": {
            "said": {"text": "ik heet Wobbe Zand, 06 12345678", "entities": [{"entity": "naam", "value": "Wobbe Zand"}]}
        },
    },
    {"event": "slot", "name": "naam", "value": "Wobbe Zand"},
    {"event": "slot", "name": "contact", "value": "+31612345678"},
    {
        "event": "bot",
        "text": None,
        "data": {
            "custom": {
                "replies": [
                    {"answer": "vraag/toestemming", "text": "Ik noteer: Wobbe Zand, +31612345678. Bel 036 539 99 11."}
                ]
            }
        },
    },
]
ENDED = [{"event": "slot", "name": name, "value": None} for name in ("naam", "contact")]


def test_while_a_form_needs_it_nothing_changes(house: House) -> None:
    house.remembers("t", ago(minutes=1), *TALK)
    assert house.stores.tracker.clean("t") is None
    assert house.stores.tracker.events("t") == TALK


def test_after_the_form_who_it_is_goes_and_what_the_talk_needs_stays(house: House) -> None:
    house.remembers("t", ago(minutes=1), *TALK, *ENDED)
    assert house.stores.tracker.clean("t") == 4
    events = house.stores.tracker.events("t")
    assert not any(word in str(events) for word in ("Wobbe", "12345678"))
    assert events[1]["value"] == "almere"
    assert events[2]["text"] == "/aanmelden_werkzoekende"
    reply = events[5]["data"]["custom"]["replies"][0]
    assert reply["answer"] == "vraag/toestemming"
    assert "036 539 99 11" in reply["text"], "the number of the municipality is nobody's"
    assert house.stores.tracker.clean("t") == 0


def test_a_name_that_is_said_once_more_after_the_cleaning_goes_too(house: House) -> None:
    """The memory no longer tells who it is by then; who cleans remembers what was told in this talk."""
    thanks = {"event": "user", "text": "dank u, Hermelinde Kluutvogel", "parse_data": {}, "metadata": {}}
    house.remembers("t", ago(minutes=1), *TALK, *ENDED, thanks)
    house.stores.tracker.clean("t", {"hermelinde", "kluutvogel"})
    assert "kluutvogel" not in str(house.stores.tracker.events("t")).lower()


def test_a_form_that_nobody_finishes_is_cleaned_after_an_hour(house: House) -> None:
    house.remembers("quiet", ago(minutes=61), *TALK)
    house.remembers("busy", ago(minutes=59), *TALK)
    assert clean_quiet_talks(house.stores, NOW) == 1
    assert "Wobbe" not in str(house.stores.tracker.events("quiet"))
    assert house.stores.tracker.events("busy") == TALK


def test_without_a_memory_there_is_nothing_to_do(house: House) -> None:
    tracker = house.stores.tracker
    assert (tracker.clean("t"), tracker.events("t"), tracker.quiet_since(NOW)) == (0, [], [])
