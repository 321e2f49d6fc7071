"""Telling who listens that something changed in a conversation.

A signal only makes it faster: whoever listens also looks at the database by itself, so a lost signal costs a second.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

Heard = Callable[[str], None]


class Signals(Protocol):
    """A way to tell listeners, in this process or in others, that a conversation changed."""

    def changed(self, conversation_id: str) -> None:
        """Tell it. May be called from any thread; never raises and never waits."""

    def listen(self, heard: Heard) -> None:
        """From now on call `heard` with each conversation that changed, in the event loop that runs now."""


class LocalSignals:
    """Signals within one process."""

    def __init__(self) -> None:
        self._heard: Heard | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def changed(self, conversation_id: str) -> None:
        """Hand it to the loop of who listens."""
        if self._loop and self._heard:
            with suppress(RuntimeError):  # the loop closed at this very moment: nobody listens any more
                self._loop.call_soon_threadsafe(self._heard, conversation_id)

    def listen(self, heard: Heard) -> None:
        """Remember who listens, and in which loop."""
        self._heard, self._loop = heard, asyncio.get_running_loop()
