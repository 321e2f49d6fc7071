"""The desk that the actions work at: a database, a clock, pigeonholes and a count of wrong guesses.

Put there once when the app starts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from assistant.database import Database
from assistant.placement.my_registration import erase_number


class Pigeonholes(Protocol):
    """Where a form that is not finished waits under a short code."""

    def put(self, form: str, values: dict[str, Any], now: datetime) -> str:
        """Keep the values and return their code."""

    def take(self, code: str, now: datetime) -> tuple[str, dict[str, Any]] | None:
        """Return the form and its values, and forget them; None for a code that is wrong, used or too old."""


class Guesses(Protocol):
    """Counts wrong guesses, so that nobody can try numbers until one fits."""

    def wrong(self, kind: str, conversation: str, number: str, now: datetime) -> int:
        """Count one wrong guess and return how many this conversation made."""

    def too_many(self, kind: str, conversation: str, number: str, now: datetime) -> bool:
        """Whether this conversation, this number or everybody together guessed wrong too often."""


class Eraser(Protocol):
    """Erases a person from every store, not from the table of registrations alone (assistant.rights)."""

    def erase(self, session: Any, number: str, municipality: str, now: datetime, talk: str) -> None:
        """Erase who has this number, in the transaction of the session; `talk` is the conversation that asks for it."""


class _NoPigeonholes:
    """Stands in where no database of forms was given: nothing can be put away."""

    def put(self, form: str, values: dict[str, Any], now: datetime) -> str:
        return ""

    def take(self, code: str, now: datetime) -> tuple[str, dict[str, Any]] | None:
        return None


class _NoGuesses:
    """Stands in where no count was given: every guess is the first."""

    def wrong(self, kind: str, conversation: str, number: str, now: datetime) -> int:
        return 0

    def too_many(self, kind: str, conversation: str, number: str, now: datetime) -> bool:
        return False


class _OnlyTheRegistration:
    """Stands in where no other store was given."""

    def erase(self, session: Any, number: str, municipality: str, now: datetime, talk: str) -> None:
        erase_number(session, number, now=now)


NO_PIGEONHOLES, NO_GUESSES, ONLY_THE_REGISTRATION = _NoPigeonholes(), _NoGuesses(), _OnlyTheRegistration()


@dataclass(frozen=True)
class Desk:
    """What an action needs from outside."""

    database: Database
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    pigeonholes: Pigeonholes = NO_PIGEONHOLES
    guesses: Guesses = NO_GUESSES
    eraser: Eraser = ONLY_THE_REGISTRATION


_desk: Desk | None = None


def open_desk(desk: Desk) -> None:
    """Give the actions their desk. Rasa's executor makes the actions itself, so it cannot be handed to them."""
    global _desk
    _desk = desk


def desk() -> Desk:
    """Return the desk; raises RuntimeError when the app forgot to open it."""
    if _desk is None:
        raise RuntimeError("open_desk() was not called")
    return _desk
