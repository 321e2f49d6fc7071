"""Waiting for what happens in a conversation, for thousands at once: one look at the database a second for all of them.

Whoever listens has an `asyncio.Event` and nothing else: no thread, no query until something changed in their talk. A
change is heard at once when it was made in this process (or when the signals reach further), and within a second
otherwise.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import structlog

from assistant.conversation.errors import TooManyMessages
from assistant.database import DatabaseUnavailable
from assistant.handover import HandoverDesk, LineView, Signals

logger = structlog.get_logger(__name__)
EVERY = 1.0  # seconds between two looks
LOOK_BACK = timedelta(seconds=60)
"""How far a look reaches back: longer than a transaction takes and clocks of machines differ."""
PER_CONVERSATION, ALTOGETHER = 4, 5000
"""Streams that may be open at once; a browser that opens more polls instead."""


class LiveTalks:
    """Everybody who listens to a conversation in this process."""

    def __init__(self, desk: HandoverDesk, signals: Signals) -> None:
        self._desk, self._signals = desk, signals
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self._known: dict[int, int] = {}
        self._looking: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._count, self._closed = 0, False
        self.looks = 0
        """How often the database was looked at for changes, for tests and figures."""

    def close(self) -> None:
        """End every stream, so that a server that stops need not wait for them; clients come back by themselves."""
        self._closed = True
        for conversation_id in list(self._waiting):
            self._wake(conversation_id)

    @property
    def listeners(self) -> int:
        """How many listen now."""
        return self._count

    async def after(self, conversation_id: str, last: str) -> list[LineView]:
        """Return what came after a line id."""
        return await asyncio.to_thread(self._desk.lines_after, conversation_id, last)

    async def follow(self, conversation_id: str, last: str) -> AsyncGenerator[list[LineView]]:
        """Yield what came after a line id, and then whatever comes; an empty list when a look failed. Ends on `close`.

        Raises TooManyMessages before the first one when this conversation, or everybody together, listens too often.
        """
        async with self._listening(conversation_id) as changed:
            while not self._closed:
                changed.clear()
                try:
                    lines = await self.after(conversation_id, last)
                except DatabaseUnavailable:
                    lines = []
                    asyncio.get_running_loop().call_later(EVERY, changed.set)
                if lines:
                    last = lines[-1].id
                yield lines
                await changed.wait()

    @asynccontextmanager
    async def _listening(self, conversation_id: str) -> AsyncIterator[asyncio.Event]:
        mine = self._waiting.setdefault(conversation_id, set())
        if len(mine) >= PER_CONVERSATION or self._count >= ALTOGETHER:
            raise TooManyMessages("open streams")
        changed = asyncio.Event()
        mine.add(changed)
        self._count += 1
        self._look_while_somebody_listens()
        try:
            yield changed
        finally:
            self._count -= 1
            mine.discard(changed)
            if not mine:
                self._waiting.pop(conversation_id, None)

    def _look_while_somebody_listens(self) -> None:
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._signals.listen(self._wake)
            self._loop = loop
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())

    async def _look(self) -> None:
        while self._count:
            with contextlib.suppress(DatabaseUnavailable):
                found = await asyncio.to_thread(self._desk.queue.changed_since, datetime.now(UTC) - LOOK_BACK)
                self.looks += 1
                for conversation_id, handover_id, lines in found:
                    if self._known.get(handover_id) != lines:
                        self._wake(conversation_id)
                self._known = {handover_id: lines for _, handover_id, lines in found}
            await asyncio.sleep(EVERY)

    def _wake(self, conversation_id: str) -> None:
        for changed in self._waiting.get(conversation_id, ()):
            changed.set()
