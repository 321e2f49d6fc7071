"""The answers of the house in their spoken form, for one call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from assistant.answers import AnswerBook, Wording
from assistant.core.context import TalkContext
from assistant.core.reply import Button


class Words(Protocol):
    """What a call needs of the answers."""

    def __call__(self, key: str, **values: str) -> str:
        """Return the spoken form of an answer."""

    def buttons(self, key: str) -> tuple[Button, ...]:
        """Return the fixed choices of an answer."""


class BookWords:
    """Words from data/answers for one municipality, as they are at the moment of asking."""

    def __init__(self, book: Callable[[], AnswerBook], municipality: str | None) -> None:
        self._book, self._context = book, TalkContext(municipality, channel="phone")

    def __call__(self, key: str, **values: str) -> str:
        """Return the spoken form of an answer."""
        return self._book().word(key, self._context, Wording(values)).spoken

    def buttons(self, key: str) -> tuple[Button, ...]:
        """Return the choices of an answer."""
        return self._book().word(key, self._context).buttons
