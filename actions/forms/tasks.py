"""The tasks that an employer names, cut into cards that an adviser can join into a job."""

from __future__ import annotations

import re
from typing import Any

from actions.forms import phrases
from actions.message import CONTROL, Message
from assistant.placement import task_cards

Card = dict[str, Any]
"""`task`: the employer's words; `work_kind`: code of the lexicon, or None."""

_ENUMERATES = re.compile(r"\b(?:rot)?klus(?:jes?|sen)?\b|\btaken\b|\bwerkzaamheden\b", re.IGNORECASE)
"""Words by which somebody says that tasks follow, also when no question asked for them."""
SURE = 0.6
"""From this probability a question of the employer's is a question and no task."""


def read_tasks(message: Message, asked: bool) -> list[Card] | None:
    """Return the tasks in a message; unasked only when it says that it names tasks, and names two at least."""
    cards = [{"task": card.task, "work_kind": card.work_kind} for card in task_cards(message.text)]
    if not asked:
        return cards if len(cards) > 1 and _ENUMERATES.search(message.text) else None
    return cards if cards and not _is_no_answer(message, cards) else None


def _is_no_answer(message: Message, cards: list[Card]) -> bool:
    """Whether the words are no tasks: a skipped question, a remark on the talk, or a question of their own."""
    if phrases.SKIP.search(message.text) or "?" in message.text or message.intent in CONTROL:
        return True
    talk = message.is_question and message.confidence >= SURE
    return talk and not any(card["work_kind"] for card in cards)


def kind_of(cards: list[Card]) -> str | None:
    """Return the kind of work that most cards are of, the first one when they are equal; None when none is known."""
    kinds = [card["work_kind"] for card in cards if card["work_kind"]]
    return max(kinds, key=kinds.count) if kinds else None


def shown_tasks(cards: list[Card]) -> str:
    """Return the tasks as one line to read back."""
    return ", ".join(card["task"] for card in cards)


def numbered(cards: list[Card]) -> str:
    """Return a line per card, numbered, so that each can be talked about."""
    return "\n".join(f"{number}. {card['task']}" for number, card in enumerate(cards, start=1))
