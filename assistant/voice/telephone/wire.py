"""What every telephone exchange brings and takes, whatever it speaks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

RATE_HERTZ = 8_000
FRAME_SECONDS = 0.02
FRAME_BYTES = 320
"""Twenty milliseconds of signed 16-bit sound at 8 kHz."""


@dataclass(frozen=True)
class Sound:
    """Sound of the caller: signed 16-bit, mono."""

    pcm: bytes
    rate_hertz: int = RATE_HERTZ


@dataclass(frozen=True)
class Key:
    """A key of the telephone: 0-9, * or #."""

    key: str


@dataclass(frozen=True)
class Ringing:
    """Who calls, when the exchange tells it over this wire."""

    call_id: str
    caller: str = ""
    municipality: str = ""


WireEvent = Sound | Key | Ringing


class WireBroken(Exception):
    """Something that is not in the form of this wire; the call ends."""


class Wire(Protocol):
    """One call on one exchange."""

    ahead_seconds: float
    """How far sound may be ahead of what sounds: nothing can be taken back where the exchange has no way to."""

    def events(self) -> AsyncIterator[WireEvent]:
        """Yield what comes in; ends when the caller is gone. Raises WireBroken."""
        ...

    async def play(self, pcm: bytes) -> None:
        """Send a frame of sound at 8 kHz."""
        ...

    async def clear(self) -> None:
        """Have the exchange forget what it did not play yet."""
        ...

    async def hang_up(self) -> None:
        """End it on our side; the exchange goes on with its dialplan."""
        ...
