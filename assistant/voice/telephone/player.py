"""Speaking on a telephone line: sentences in a row, twenty milliseconds at a time, and silent at once when asked."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from assistant.voice.speak import Speaker
from assistant.voice.talk import pieces
from assistant.voice.telephone.acts import Speak
from assistant.voice.telephone.clock import LIFE, Clock
from assistant.voice.telephone.g711 import to_8k
from assistant.voice.telephone.wire import FRAME_BYTES, FRAME_SECONDS, Wire


class Player:
    """The mouth of one call. `began` is called at each sentence, `silent` when nothing is left to say."""

    def __init__(
        self,
        wire: Wire,
        open_speaker: Callable[[], Speaker],
        began: Callable[[Speak], None],
        silent: Callable[[], Awaitable[None]],
        clock: Clock = LIFE,
    ) -> None:
        self._wire, self._open, self._began, self._silent = wire, open_speaker, began, silent
        self._clock = clock
        self._waiting: deque[Speak] = deque()
        self._task: asyncio.Task[None] | None = None
        self.rate = 1.0
        self.now: Speak | None = None
        self.first_sound: Callable[[], None] = lambda: None
        """Called at the first frame of a message: for measuring."""

    @property
    def speaks(self) -> bool:
        """Whether something sounds or is about to."""
        return self._task is not None and not self._task.done()

    def say(self, said: list[Speak]) -> None:
        """Say this after what is being said."""
        self._waiting += [speak for speak in said if speak.text.strip()]
        if self._waiting and not self.speaks:
            self._task = asyncio.create_task(self._run())

    async def hush(self) -> None:
        """Be silent now, and forget what was still to be said."""
        self._waiting.clear()
        if self._task is not None:
            self._task.cancel()
            self._task = self.now = None
            await self._wire.clear()

    async def _run(self) -> None:
        due = self._clock.now()
        while self._waiting:
            self.now = self._waiting.popleft()
            self._began(self.now)
            due = await self._say(self.now, max(due, self._clock.now()))
        await self._clock.sleep(due - self._clock.now())
        self.now = self._task = None
        await self._silent()

    async def _say(self, speak: Speak, due: float) -> float:
        """Send the frames of one message when they are due; returns when the last will have sounded."""
        clock, rest, is_first = self._clock, b"", True
        async for piece, rate_hertz in pieces(self._open, speak.text, self.rate):
            sound = rest + to_8k(piece.pcm, rate_hertz)
            whole = len(sound) // FRAME_BYTES * FRAME_BYTES
            for at in range(0, whole, FRAME_BYTES):
                await clock.sleep(due - self._wire.ahead_seconds - clock.now())
                await self._wire.play(sound[at : at + FRAME_BYTES])
                if is_first:
                    self.first_sound()
                    is_first = False
                due = max(due, clock.now() - self._wire.ahead_seconds) + FRAME_SECONDS
            rest = sound[whole:]
        if rest:
            await self._wire.play(rest.ljust(FRAME_BYTES, b"\0"))
            due += FRAME_SECONDS
        return due
