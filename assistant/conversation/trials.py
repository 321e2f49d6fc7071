"""Who tries another model now: read again every few seconds, so that staff begin and end a trial without a restart."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping

import structlog

logger = structlog.get_logger(__name__)
EVERY = 5.0
"""Seconds between two looks."""
Read = Callable[[], Mapping[str, str | None]]


class TrialChoice:
    """Municipality → pool as staff chose it. A message never waits for the look: it goes by what was known."""

    def __init__(self, read: Read, every: float = EVERY, clock: Callable[[], float] = time.monotonic) -> None:
        self._read, self._every, self._clock = read, every, clock
        self._chosen: Mapping[str, str | None] = {}
        self._looked = float("-inf")
        self._looking: asyncio.Task[None] | None = None

    def pool_of(self, municipality: str) -> str | None:
        """Return the pool of a municipality: the one of its own name where nobody chose."""
        if self._clock() - self._looked >= self._every and (self._looking is None or self._looking.done()):
            self._looked = self._clock()
            self._looking = asyncio.create_task(self.look())
        return self._chosen.get(municipality, municipality)

    async def look(self) -> None:
        """Look now; when that fails what was known stays."""
        try:
            self._chosen = await asyncio.to_thread(self._read)
        except Exception as error:  # whatever is wrong with the database: people get their answer
            logger.warning("trials not read", problem=type(error).__name__)
