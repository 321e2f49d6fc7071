"""From words to what Rasa is to answer: one message, or one for each of the questions in it. Pure.

It runs inside Rasa's process (tools/lean_rasa/door.py), where the words are understood and the talk is in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.conversation.heard import Heard
from assistant.conversation.to_rasa import Message, said_in, to_rasa
from assistant.conversation.tracker import TrackerView
from assistant.conversation.two_questions import pieces, without_courtesy

Parsed = dict[str, Any]
"""What Rasa's pipeline makes of a text: text, intent, intent_ranking, entities."""


@dataclass(frozen=True)
class Decided:
    """One message for Rasa, with what it was made of."""

    message: Message
    heard: Heard
    parsed: Parsed | None
    """What is known of the message already; None when it is a button, that Rasa reads by itself."""


def texts_to_understand(text: str) -> list[str]:
    """Return the whole message and the pieces that it may consist of; nothing for a button, that says what it means."""
    if text.startswith("/"):
        return []
    text = without_courtesy(text)
    return [text, *pieces(text)]


def decide(parsed: list[Parsed], tracker: dict[str, Any], page: dict[str, Any]) -> list[Decided]:
    """Return what is answered one after the other, given what was understood of `texts_to_understand`."""
    whole, *halves = heard = [Heard.of(each) for each in parsed]
    talk = TrackerView(tracker)
    known = {id(each): its for each, its in zip(heard, parsed, strict=True)}
    return [
        Decided(message, each, known.get(id(each)) if message.text == each.text else None)
        for each in said_in(whole, halves, in_form=talk.form is not None)
        for message in [to_rasa(each, talk, page)]
    ]
