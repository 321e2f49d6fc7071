"""What is being said: its sound comes piece by piece, and afterwards we know how much of it was heard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field

from assistant.voice.speak import Mark, Piece, Speaker


@dataclass
class Saying:
    """One message on its way out, with the seconds at which its words begin."""

    text: str
    marks: list[Mark] = field(default_factory=list)
    seconds: float = 0.0
    is_whole: bool = False

    def add(self, piece: Piece, rate_hertz: int) -> None:
        """Count a piece that was sent."""
        self.marks += piece.marks
        self.seconds += len(piece.pcm) / 2 / rate_hertz

    def heard(self, seconds: float) -> str:
        """Return the part of the text that has begun to sound after so many seconds."""
        if self.is_whole and seconds >= self.seconds:
            return self.text
        return self.text[: max((mark.end for mark in self.marks if mark.at < seconds), default=0)]

    def unheard(self, seconds: float) -> str:
        """Return the rest, which stays for 'ga verder'."""
        return self.text[len(self.heard(seconds)) :].lstrip(" .,!?;:")


async def pieces(open_speaker: Callable[[], Speaker], text: str, rate: float) -> AsyncIterator[tuple[Piece, int]]:
    """Yield sound as soon as it is there, with its rate in hertz; made in a thread, a sentence at a time."""
    speaker = await asyncio.to_thread(open_speaker)
    stream = speaker.stream(text, rate)
    while batch := await asyncio.to_thread(_until_pause, stream):
        for piece in batch:
            yield piece, speaker.voice.rate_hertz


def _until_pause(stream: Iterator[Piece]) -> list[Piece]:
    """Take one sentence: a hop to a thread for every tenth of a second would cost more than the sound."""
    batch: list[Piece] = []
    for piece in stream:
        batch.append(piece)
        if not any(piece.pcm):
            break
    return batch
