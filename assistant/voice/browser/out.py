"""Sound on its way to the page: sentence by sentence, never far ahead, and remembered for 'herhaal' and 'ga verder'."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from assistant.errors import MeedoenError
from assistant.voice.speak import Speaker
from assistant.voice.talk import Saying, pieces

AHEAD_SECONDS = 3.0
"""How far sound may be ahead of what sounds: on a slow line the word to be silent would come too late."""
Said = tuple[str, str]


class Out:
    """What is being said on one page."""

    def __init__(
        self,
        open_speaker: Callable[[], Speaker],
        tell: Callable[[dict[str, Any]], Awaitable[None]],
        send: Callable[[bytes], Awaitable[None]],
    ) -> None:
        self._open, self._tell, self._send = open_speaker, tell, send
        self.task: asyncio.Task[None] | None = None
        self.last: list[Said] = []
        """What an answer said, to be said again: (number of the reply, words)."""
        self._sayings: list[Saying] = []
        self._heard_seconds: float | None = None

    def begin(self, said: Sequence[Said], rate: float, *, remember: bool) -> None:
        """Start to sound; what sounded before is stopped."""
        if self.task is not None:
            self.task.cancel()
        if remember:
            self.last = [(number, text) for number, text in said if number]
        self._sayings, self._heard_seconds = [], None
        self.task = asyncio.create_task(self._run(list(said), rate))

    async def stop(self, heard_seconds: float | None) -> None:
        """Be silent now, and tell the page to be."""
        if self.task is None:
            return
        self.task.cancel()
        self.task = None
        self._heard_seconds = heard_seconds
        await self._tell({"type": "clear"})

    def was_heard(self, seconds: float) -> None:
        """The page says how much really sounded."""
        self._heard_seconds = seconds

    def rest(self) -> list[Said]:
        """Return what was not heard: the rest of the last answer, or all of it when nothing was cut off."""
        if self._heard_seconds is None:
            return self.last
        left, seconds = [], self._heard_seconds
        said = {saying.text: saying for saying in self._sayings}
        for number, text in self.last:
            saying = said.get(text)
            if saying is None:
                left.append((number, text))
                continue
            if rest := saying.unheard(seconds):
                left.append(("", rest))
            seconds = max(0.0, seconds - saying.seconds)
        return left

    async def _run(self, said: list[Said], rate: float) -> None:
        began, sent = time.monotonic(), 0.0
        try:
            for number, text in said:
                saying = Saying(text)
                self._sayings.append(saying)
                async for piece, rate_hertz in pieces(self._open, text, rate):
                    if not saying.seconds:
                        await self._tell({"type": "speaking", "reply": number, "text": text, "rate_hertz": rate_hertz})
                    if piece.marks:
                        marks = [[round(mark.at * 1000), mark.start, mark.end] for mark in piece.marks]
                        await self._tell({"type": "marks", "marks": marks})
                    await self._send(piece.pcm)
                    saying.add(piece, rate_hertz)
                    await asyncio.sleep(max(0.0, sent + saying.seconds - AHEAD_SECONDS - (time.monotonic() - began)))
                saying.is_whole = True
                sent += saying.seconds
            await self._tell({"type": "spoken"})
        except MeedoenError as error:
            await self._tell({"type": "voice_failed", "code": error.code})
        except RuntimeError:  # the page is gone
            return
