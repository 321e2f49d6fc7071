"""The take-over, put together: what the person meets, what staff does, who listens, and a look around now and then."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog

from assistant.answers import Library
from assistant.conversation.human import HumanStep, Slots
from assistant.conversation.live import LiveTalks
from assistant.conversation.staff_side import StaffSide
from assistant.database import Database
from assistant.handover import LocalSignals, Signals
from assistant.settings import Settings

logger = structlog.get_logger(__name__)
LOOK_EVERY = 10.0  # seconds


@dataclass(frozen=True)
class People:
    """Everything of the take-over in one process. Nothing of its state: that is in the database."""

    step: HumanStep
    staff: StaffSide
    live: LiveTalks

    @classmethod
    def open(
        cls, settings: Settings, database: Database, library: Library, slots: Slots, signals: Signals | None = None
    ) -> People:
        """Put it together; `signals` that reach further than this process make several gateways quicker."""
        signals = signals or LocalSignals()
        staff = StaffSide.of(settings, database, library, signals)
        step = HumanStep(staff.desk, staff, database, library, slots)
        return cls(step, staff, LiveTalks(staff.desk, signals))

    @asynccontextmanager
    async def looking_around(self) -> AsyncIterator[None]:
        """Look around every ten seconds while the block lasts."""
        task = asyncio.create_task(self._look_around())
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _look_around(self) -> None:
        while True:
            try:
                await asyncio.to_thread(self.staff.look_around)
            except Exception as error:  # one bad look must not end all looks
                logger.error("look around failed", reason=type(error).__name__)
            await asyncio.sleep(LOOK_EVERY)
