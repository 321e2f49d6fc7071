"""What Rasa gets to hear: the name of what was understood with the talk in mind, with the words themselves beside it.

When the words leave doubt, Rasa gets the words, and its doubt policy asks back.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from assistant.conversation.follow_up import resolve
from assistant.conversation.heard import Heard
from assistant.conversation.meant import Meant
from assistant.conversation.role_pairs import with_role
from assistant.conversation.steps import CARRIER
from assistant.conversation.tracker import TrackerView
from assistant.conversation.two_questions import separate, value_and_question

LEARNT = ("gemeente", "rol")
"""Entities that fill a slot by themselves."""
ALARM, ALARM_CHANCE = "veiligheid_", 0.5
"""One or two words that the signs of danger do not know are an alarm only from this probability."""
ALARM_STEMS = (
    "dood",
    "help",
    "zelfm",
    "suï",
    "suic",
    "mishand",
    "misbr",
    "verkrach",
    "geslagen",
    "nood",
    "gevaar",
    "11",
)
"""How a single word begins that may be an alarm; 'meer' alone never is."""


@dataclass(frozen=True)
class Message:
    """One message for Rasa's REST channel."""

    text: str
    page: dict[str, Any]
    intent: str


def said_in(whole: Heard, halves: list[Heard], *, in_form: bool) -> list[Heard]:
    """Return what is answered one after the other: the whole message, or its pieces."""
    if in_form:
        return halves if value_and_question(halves) else [whole]
    return separate(whole, halves) if halves else [whole]


def to_rasa(heard: Heard, talk: TrackerView, page: dict[str, Any]) -> Message:
    """Return the message for what was heard: in a form as it was understood, outside it with the talk in mind."""
    whole, heard = heard, without_false_alarm(heard)
    calmed = heard is not whole
    heard = replace(heard, ranking=with_role(heard.ranking, talk.slot("rol") or page.get("role")))
    meant = None if talk.form else resolve(heard, talk)
    if meant is None and ((talk.form is None and not heard.is_clear) or not heard.best):
        if calmed:  # Rasa would raise the alarm that was just taken out
            return _as_button(heard, Meant(CARRIER.lstrip("/"), doubt=True), page)
        return Message(heard.text, page, heard.best)
    return _as_button(heard, meant or Meant(heard.best), page)


def without_false_alarm(heard: Heard) -> Heard:
    """Take a weak guess at danger out of the guesses for a word or two; what is dangerous the guard knows by itself."""
    if len(heard.words) > 2 or not heard.best.startswith(ALARM) or any(w.startswith(ALARM_STEMS) for w in heard.words):
        return heard
    if len(heard.words) == 2 and heard.chance >= ALARM_CHANCE:
        return heard
    rest = tuple((name, chance) for name, chance in heard.ranking if not name.startswith(ALARM))
    return Heard(heard.text, rest, heard.entities)


def _as_button(heard: Heard, meant: Meant, page: dict[str, Any]) -> Message:
    learnt = {each["entity"]: each["value"] for each in heard.entities if each["entity"] in LEARNT} | meant.sets
    text = f"/{meant.intent}" + (json.dumps(learnt) if learnt else "")
    beside = {"said": heard.said()} | {name: value for name, value in _extra(meant) if value}
    return Message(text, page | beside, meant.answer or meant.intent)


def _extra(meant: Meant) -> list[tuple[str, str | bool | None]]:
    return [("answer", meant.answer), ("lead", meant.lead), ("doubt", meant.doubt)]
