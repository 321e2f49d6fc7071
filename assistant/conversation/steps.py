"""Buttons that lead through a tree of our own, explain a word or change the words: no question that Rasa was taught.

`/keuze/...` and `/begrip/...` travel through Rasa under the name of a question that it knows, with the key beside it as
metadata. So the talk stays one talk: 'nog een keer' and 'makkelijker' work on these answers as on any other, and a new
tree needs no training. A private step (`private: true` in data/answers) never reaches Rasa and leaves no trace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Rasa's process reads this file too, and has no answers
    from assistant.answers import AnswerBook

PREFIXES = ("/keuze/", "/begrip/", "/orientatie/", "/verwarring/")
CARRIER = "/vergelijk/alle_soorten"
ORDINARY = "eenvoudiger/uit"
"""Ordinary words again: a step of ours too, under the name of the wish for easier ones."""
PRIVATE_LOG = "[orientatie]"
"""What the log keeps of a private step."""


def step_of(text: str) -> str | None:
    """Return the key that a payload asks for, when it is a step of ours; the guard let only known keys through."""
    return text[1:] if text.startswith(PREFIXES) or text[1:] == ORDINARY else None


def carrier_of(step: str) -> str:
    """Return the question that Rasa knows under which a step travels."""
    return f"/{step.partition('/')[0]}" if step == ORDINARY else CARRIER


def is_private(key: str | None, book: AnswerBook) -> bool:
    """Whether a step may leave no trace."""
    answer = book.find(key, None) if key else None
    return answer is not None and answer.private
