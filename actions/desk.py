"""The placement desk that the actions work at: a database and a clock, put there once when the app starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.database import Database


@dataclass(frozen=True)
class Desk:
    """What an action needs from outside."""

    database: Database
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


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
