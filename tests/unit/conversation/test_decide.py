"""From words to what Rasa is to answer."""

from __future__ import annotations

from typing import Any

from assistant.conversation.decide import decide, texts_to_understand

TALK: dict[str, Any] = {"slots": {}, "events": []}
PAGE: dict[str, Any] = {"municipality": "almere"}


def understood(text: str, intent: str, chance: float = 0.95) -> dict[str, Any]:
    """What Rasa's pipeline makes of a text."""
    return {"text": text, "intent_ranking": [{"name": intent, "confidence": chance}], "entities": []}


def test_a_button_says_what_it_means() -> None:
    assert texts_to_understand("/loon/hoeveel") == []


def test_a_greeting_is_taken_off_and_two_questions_are_looked_at_apart() -> None:
    assert texts_to_understand("Goedemorgen, wat verdien ik? En krijg ik vakantie?") == [
        "wat verdien ik? En krijg ik vakantie?",
        "wat verdien ik?",
        "En krijg ik vakantie?",
    ]


def test_what_is_clear_goes_to_rasa_as_the_button_for_it() -> None:
    (one,) = decide([understood("wat verdien ik", "loon/hoeveel")], TALK, PAGE)
    assert (one.message.text, one.message.intent, one.parsed) == ("/loon/hoeveel", "loon/hoeveel", None)
    assert one.message.page["municipality"] == "almere"


def test_what_is_in_doubt_goes_as_it_was_said_with_what_is_known_of_it() -> None:
    heard = understood("wat verdien ik", "loon/hoeveel", 0.3)
    (one,) = decide([heard], TALK, PAGE)
    assert one.message.text == "wat verdien ik"
    assert one.parsed is heard


def test_two_clear_questions_are_two_messages() -> None:
    first, last = understood("wat verdien ik?", "loon/hoeveel"), understood("krijg ik vakantie?", "loon/vakantie")
    whole = understood("wat verdien ik? krijg ik vakantie?", "loon/hoeveel", 0.6)
    assert [one.message.text for one in decide([whole, first, last], TALK, PAGE)] == ["/loon/hoeveel", "/loon/vakantie"]
