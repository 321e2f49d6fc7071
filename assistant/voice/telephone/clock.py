"""The time of a call. A telephone lives at the pace of life; a test lives faster through the same code."""

from __future__ import annotations

import asyncio


class Clock:
    """Seconds of talk. At `speed` 8 eight of them pass in one second of the wall; the sound is the same."""

    def __init__(self, speed: float = 1.0) -> None:
        self.speed = speed

    def now(self) -> float:
        """Return the seconds of talk on the clock of the running loop."""
        return asyncio.get_running_loop().time() * self.speed

    async def sleep(self, seconds: float) -> None:
        """Wait so many seconds of talk; less than nothing is nothing."""
        await asyncio.sleep(max(0.0, seconds) / self.speed)


LIFE = Clock()
