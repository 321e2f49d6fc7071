"""A name that was asked for: "Hoe heet u?" - "bjarty". Then the first words are one, known to our lists or not."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.core.masking.name_words import Message, Sign, name_at
from assistant.core.masking.span import Span


def asked_name(typed: str, low: str) -> Iterator[Span]:
    """Yield the name that a message begins with, when it answers the question for one."""
    place = name_at(Message(typed, low, typed.isupper()), 0, Sign.SURE)
    if place:
        yield Span(*place, "naam")
