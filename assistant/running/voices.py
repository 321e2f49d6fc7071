"""The voice doors of this process: the microphone's, and the telephone's when a port was given."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Protocol

from assistant.conversation.converse import Conversations
from assistant.gateway.limits import Limits
from assistant.settings import Settings
from assistant.voice.house import VoiceHouse
from assistant.voice.listen import phrases
from assistant.voice.read_aloud import ReadAloud
from assistant.voice.speak import Speaker, speaker
from assistant.voice.speak.speaker import Piece
from assistant.voice.speak.voice import Voice
from assistant.voice.talk import Engines
from assistant.voice.telephone.calls import Calls
from assistant.voice.telephone.clock import LIFE, Clock
from assistant.voice.telephone.switchboard import Switchboard


class WithVoices(Protocol):
    """The house, once its public app was made."""

    voices: VoiceHouse | None


class CountedSpeaker(Speaker):
    """A speaker that tells how many seconds of sound it made."""

    def __init__(self, voice: Voice, spoken: Callable[[float], None]) -> None:
        super().__init__(voice)
        self._spoken = spoken

    def stream(self, text: str, rate: float = 1.0) -> Iterator[Piece]:
        """As every speaker."""
        for piece in super().stream(text, rate):
            self._spoken(len(piece.pcm) / 2 / self.voice.rate_hertz)
            yield piece


def voice_house(
    settings: Settings, conversations: Conversations, limits: Limits, spoken: Callable[[float], None]
) -> VoiceHouse:
    """Put together what the voice doors need; nothing is loaded before somebody speaks or listens.

    `spoken` is told the seconds of every piece of sound that was made; for the figures.
    """
    models = settings.var / "voice"
    return VoiceHouse(
        conversations=conversations,
        limits=limits,
        engines=Engines(models, settings.listen_script if settings.listen else None),
        read_aloud=ReadAloud(lambda: CountedSpeaker(speaker(models).voice, spoken), lambda: conversations.book),
        phrases=phrases(settings.data),
        origins=settings.allowed_origins,
        most_talks=settings.voice_talks,
    )


def switchboard(settings: Settings, house: WithVoices, clock: Clock = LIFE) -> Switchboard:
    """Return where telephone calls come in; without a port nobody can ring."""
    assert house.voices is not None, "the public app comes first"
    return Switchboard(house.voices, Calls(settings.phone_allowed, settings.phone_calls), clock)


@asynccontextmanager
async def audiosocket(settings: Settings, board: Switchboard) -> AsyncIterator[None]:
    """Listen for Asterisk's AudioSocket while the house is open, when a port was given."""
    if not settings.audiosocket_port:
        yield
        return
    server = await asyncio.start_server(board.tcp, settings.phone_host, settings.audiosocket_port)
    try:
        yield
    finally:
        server.close()
