"""Words for what Rasa decided: `/nlg` gives the name of a response, this module gives the replies.

Four names exist. `utter_antwoord` words the answer to the question that was understood, `utter_twijfel` asks back when
that is unclear, `utter_herhaal` says the last turn again, and `utter_reply` words the parts that a custom action chose.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

from assistant.answers import AnswerBook, Wording
from assistant.answers.book import dutch_date
from assistant.conversation.cards import opening_cards, opening_lines
from assistant.conversation.role_pairs import for_role
from assistant.conversation.tracker import TrackerView
from assistant.core.context import TalkContext
from assistant.core.reply import Button, Reply

UNKNOWN = "weet_ik_niet"
CHOICES = 3
WEAK = 0.02
"""A guess less likely than this is not offered as a choice."""


def word(name: str, arguments: dict[str, Any], tracker: TrackerView, book: AnswerBook) -> list[Reply]:
    """Return the replies for one response name of Rasa. An unknown name raises `KeyError`."""
    return _WORDERS[name](arguments, tracker, book)


def _answer(arguments: dict[str, Any], tracker: TrackerView, book: AnswerBook) -> list[Reply]:
    context = tracker.context()
    key = for_role(tracker.intent, context.role)
    return [book.word(key if book.find(key, context.municipality) else UNKNOWN, context)]


def _doubt(arguments: dict[str, Any], tracker: TrackerView, book: AnswerBook) -> list[Reply]:
    """Offer the likeliest guesses in plain words; after two misses in a row a person comes first."""
    context = tracker.context()
    if tracker.misses() >= 2:
        return [book.word("twijfel/mens", context)]
    keys = dict.fromkeys(for_role(name, context.role) for name, chance in tracker.ranking if chance >= WEAK)
    choices = tuple(Button(book.title(key), f"/{key}") for key in keys if book.title(key))[:CHOICES]
    if not choices:
        return [book.word("twijfel/geen_idee", context)]
    key = "twijfel/keuze" if tracker.misses() == 0 else "twijfel/nog_een_keer"
    return [book.word(key, context, Wording(buttons=choices))]


def _again(arguments: dict[str, Any], tracker: TrackerView, book: AnswerBook) -> list[Reply]:
    replies = [Reply.from_dict(reply) for reply in tracker.last_replies()]
    return replies or [book.word("herhalen/niets", tracker.context())]


def _parts(arguments: dict[str, Any], tracker: TrackerView, book: AnswerBook) -> list[Reply]:
    context = _context(arguments, tracker)
    return [_part(part, context, book) for part in arguments.get("parts") or []]


def _part(part: dict[str, Any], context: TalkContext, book: AnswerBook) -> Reply:
    openings = part.get("openings") or []
    values = {name: _value(value, context, book) for name, value in (part.get("values") or {}).items()}
    values["plekken"] = "\n".join(opening_lines(openings, book, context))
    buttons = tuple(
        Button(_button_title(button["title_key"], book, context), button["payload"])
        for button in part.get("buttons") or []
    )
    key = next((key for key in part["keys"] if book.find(key, context.municipality)), UNKNOWN)
    reply = book.word(key, context, Wording(values=values, buttons=buttons))
    return dataclasses.replace(reply, cards=opening_cards(openings, book, context))


def _value(value: Any, context: TalkContext, book: AnswerBook) -> str:
    """Return a value as text: `{"key": ...}` is the words under that key, `{"date": ...}` a day."""
    if isinstance(value, dict) and "date" in value:
        return dutch_date(dt.date.fromisoformat(value["date"]))
    if isinstance(value, dict):
        answer = book.find(value["key"], context.municipality)
        return book.word(value["key"], context).text if answer else str(value.get("else", ""))
    if isinstance(value, list):
        return ", ".join(_value(item, context, book) for item in value)
    return str(value)


def _button_title(key: str, book: AnswerBook, context: TalkContext) -> str:
    return book.title(key) or book.word(key, context).text


def _context(arguments: dict[str, Any], tracker: TrackerView) -> TalkContext:
    """The context of the tracker, with what the action just decided (Rasa stores its slots after the wording)."""
    changed = {name: value for name, value in (arguments.get("context") or {}).items() if value}
    return dataclasses.replace(tracker.context(), **changed)


_WORDERS: dict[str, Callable[[dict[str, Any], TrackerView, AnswerBook], list[Reply]]] = {
    "utter_antwoord": _answer,
    "utter_twijfel": _doubt,
    "utter_herhaal": _again,
    "utter_reply": _parts,
}
