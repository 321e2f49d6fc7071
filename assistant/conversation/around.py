"""What goes around an answer because of the talk: never the same words twice in a row, and where somebody lives."""

from __future__ import annotations

import dataclasses

from assistant.answers import AnswerBook, Wording
from assistant.conversation.follow_up import ELSEWHERE
from assistant.conversation.tracker import TrackerView
from assistant.core.context import TalkContext
from assistant.core.reply import Button, Reply

WHERE = "gemeente/welke"
NATIONAL = "landelijk"
MOST_TOWNS = 4
MISSES_BEFORE_A_PERSON = 2


def in_this_talk(key: str, tracker: TrackerView, book: AnswerBook) -> list[Reply]:
    """Return the answer under a key as it fits in this talk."""
    context = tracker.context()
    before = [str(reply.get("answer")) for reply in tracker.last_replies()]
    if tracker.lead:
        said_again = context if tracker.lead == ELSEWHERE else _easier(context)
        return [book.word(tracker.lead, context), book.word(key, said_again)]
    if key.startswith("buiten_bereik") and (key in before or tracker.misses() >= MISSES_BEFORE_A_PERSON):
        return [book.word("twijfel/mens_nogmaals" if "twijfel/mens" in before else "twijfel/mens", context)]
    if key in before and "/" in key and not tracker.asked_municipality:
        if "vervolg/zelfde" in before:
            return [book.word("twijfel/mens_nogmaals" if "twijfel/mens" in before else "twijfel/mens", context)]
        return [book.word("vervolg/zelfde", context), book.word(key, _easier(context))]
    return [book.word(key, context), *_where(key, tracker, book)]


def _where(key: str, tracker: TrackerView, book: AnswerBook) -> list[Reply]:
    """Ask once where somebody lives, and only when this answer is another one somewhere."""
    context = tracker.context()
    known = context.municipality or tracker.slot("gemeente")
    differs = any(key in answers for answers in book.local.values())
    if known or not differs or WHERE in tracker.said() or (context.role == "werkgever" and key.startswith("lokaal/")):
        return []
    towns = [each for each in book.municipalities.values() if each.id != NATIONAL][:MOST_TOWNS]
    names = [each.name.removeprefix("de gemeente ") for each in towns]
    buttons = tuple(Button(name, f"in {name}") for name in names)
    return [book.word(WHERE, context, Wording(buttons=buttons))]


def _easier(context: TalkContext) -> TalkContext:
    return dataclasses.replace(context, level="a2")
