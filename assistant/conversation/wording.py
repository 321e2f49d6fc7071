"""Words for what Rasa decided: `/nlg` gives the name of a response, this module gives the replies.

Four names exist. `utter_antwoord` words the answer to the question that was understood, `utter_twijfel` asks back when
that is unclear, `utter_herhaal` says the last turn again, and `utter_reply` words the parts that a custom action chose.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

from assistant.answers import AnswerBook, Wording, dutch_date, dutch_moment
from assistant.conversation.around import in_this_talk
from assistant.conversation.before import before_answer
from assistant.conversation.cards import opening_cards, opening_lines
from assistant.conversation.doubt import CHOICES, ask_back, general
from assistant.conversation.role_pairs import for_role
from assistant.conversation.tracker import TrackerView
from assistant.core.context import TalkContext
from assistant.core.reply import Button, Reply

UNKNOWN = "weet_ik_niet"
WHO, WHO_LINES = ("naam", "contact", "einde"), ("veld/naam", "veld/contact")
"""Values, and labels in a read-back, that say who somebody is."""
__all__ = ["CHOICES", "word"]


def word(name: str, arguments: dict[str, Any], tracker: TrackerView, book: AnswerBook) -> list[Reply]:
    """Return the replies for one response name of Rasa. An unknown name raises `KeyError`."""
    return (_first(name, tracker, book)) or _WORDERS[name](arguments, tracker, book)


def _first(name: str, tracker: TrackerView, book: AnswerBook) -> list[Reply]:
    """Return the reply to 'waar komt dat vandaan', and to 'wat betekent ...' where Rasa had no answer to it."""
    if name not in ("utter_antwoord", "utter_twijfel") or tracker.text.startswith("/"):
        return []
    context = tracker.context()
    if book.asks_source(tracker.text):
        return [book.source_of(tracker.last_sourced(), context)]
    answer = book.find(tracker.intent, context.municipality)
    for_others = context.role == "werkzoekende" and answer is not None and answer.audience == "werkgever"
    unanswered = name == "utter_twijfel" or tracker.intent.startswith("buiten_bereik") or for_others
    term = book.term_asked(tracker.text) if unanswered else None
    return [book.word(term, context)] if term else []


def _answer(arguments: dict[str, Any], tracker: TrackerView, book: AnswerBook) -> list[Reply]:
    context = tracker.context()
    if tracker.doubt:
        return ask_back(tracker, book)
    if asked_back := general(tracker, book):
        return asked_back
    key = tracker.step or for_role(tracker.intent, context.role)
    key = key if book.find(key, context.municipality) else UNKNOWN
    return [*before_answer(key, tracker, book), *in_this_talk(key, tracker, book)]


def _doubt(arguments: dict[str, Any], tracker: TrackerView, book: AnswerBook) -> list[Reply]:
    return general(tracker, book) or [*before_answer("", tracker, book), *ask_back(tracker, book)]


def _again(arguments: dict[str, Any], tracker: TrackerView, book: AnswerBook) -> list[Reply]:
    replies = [Reply.from_dict(reply) for reply in tracker.last_replies()]
    return replies or [book.word("herhalen/niets", tracker.context())]


def _parts(arguments: dict[str, Any], tracker: TrackerView, book: AnswerBook) -> list[Reply]:
    context = _context(arguments, tracker)
    parts = arguments.get("parts") or []
    asked = next((part["term_in"] for part in parts if part.get("term_in")), "")
    term = book.term_asked(asked) if asked else None
    return [book.word(term, context)] if term else [_part(part, context, book) for part in parts]


def _part(part: dict[str, Any], context: TalkContext, book: AnswerBook) -> Reply:
    openings = part.get("openings") or []
    values = {name: _value(value, context, book) for name, value in (part.get("values") or {}).items()}
    values.setdefault("extra", "")  # lines of a read-back that not every form has
    values["plekken"] = "\n".join(opening_lines(openings, book, context))
    buttons = tuple(
        Button(_button_title(button["title_key"], book, context), button["payload"])
        for button in part.get("buttons") or []
    )
    key = next((key for key in part["keys"] if book.find(key, context.municipality)), UNKNOWN)
    reply = book.word(key, context, Wording(values=values, buttons=buttons))
    private = _private(part.get("values") or {})
    extra = reply.extra | ({"private": private} if private else {})
    return dataclasses.replace(reply, cards=opening_cards(openings, book, context), extra=extra)


def _private(values: dict[str, Any]) -> list[str]:
    """Return which of the filled-in values say who somebody is, so that they are masked wherever this is kept."""
    lines = [line for value in values.values() if isinstance(value, dict) for line in value.get("lines") or []]
    said = [values.get(name) for name in WHO] + [shown for label, shown in lines if label in WHO_LINES]
    return [value for value in said if isinstance(value, str) and value]


def _value(value: Any, context: TalkContext, book: AnswerBook) -> str:
    """Return a value as text: `{"key"}` is the words under that key, `{"date"}` and `{"moment"}` a day."""
    if isinstance(value, dict) and "lines" in value:
        lines = [(book.word(label, context).text, _value(shown, context, book)) for label, shown in value["lines"]]
        return "".join(f"\n{label}: {shown}" for label, shown in lines)
    if isinstance(value, dict) and "date" in value:
        return dutch_date(dt.date.fromisoformat(value["date"]))
    if isinstance(value, dict) and "moment" in value:
        return dutch_moment(value["moment"])
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
