"""Asterisk AudioSocket over TCP: kind (1 byte), length (2 bytes, big-endian), body.

Kinds: 0x00 hang-up, 0x01 UUID of the call, 0x03 key, 0x10 sound of 8 kHz and 0x12 of 16 kHz, 0xff error.
Source: docs.asterisk.org, Configuration/Channel-Drivers/AudioSocket, and res_audiosocket.c.
"""

from __future__ import annotations

import asyncio
import struct
import uuid
from collections.abc import AsyncIterator

from assistant.voice.telephone.wire import Key, Ringing, Sound, WireBroken, WireEvent

HANG_UP, UUID, DTMF, SOUND, SOUND_16K, ERROR = 0x00, 0x01, 0x03, 0x10, 0x12, 0xFF
RATES = {SOUND: 8_000, SOUND_16K: 16_000}
LONGEST = 8_192
"""Bytes of one body; twenty milliseconds are 320."""
SILENT_SECONDS = 30.0
"""An exchange sends sound all the time; one that does not is gone."""


class AudioSocket:
    """One call. Asterisk plays what it gets, so sound is sent when it is due and not before."""

    ahead_seconds = 0.04

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def events(self) -> AsyncIterator[WireEvent]:
        """Yield the call's number, sound and keys."""
        while True:
            async with asyncio.timeout(SILENT_SECONDS):
                frame = await self._frame()
            if frame is None or frame[0] in (HANG_UP, ERROR):
                return
            yield _event(*frame)

    async def play(self, pcm: bytes) -> None:
        """Send a frame."""
        await self._send(SOUND, pcm)

    async def clear(self) -> None:
        """Nothing is ahead, so nothing is to be forgotten."""

    async def hang_up(self) -> None:
        """Say that it is over and close."""
        await self._send(HANG_UP, b"")

    async def _send(self, kind: int, body: bytes) -> None:
        """Send a frame in one piece: Asterisk reads a header in one go. Who is gone gets nothing."""
        try:
            self._writer.write(struct.pack(">BH", kind, len(body)) + body)
            await self._writer.drain()
        except (ConnectionError, RuntimeError):  # uvloop says the second when its transport is closed
            return

    async def _frame(self) -> tuple[int, bytes] | None:
        try:
            kind, length = struct.unpack(">BH", await self._reader.readexactly(3))
            if length > LONGEST:
                raise WireBroken(f"{length} bytes")
            return kind, await self._reader.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionError):
            return None


def _event(kind: int, body: bytes) -> WireEvent:
    if kind in RATES and len(body) % 2 == 0:
        return Sound(body, RATES[kind])
    if kind == DTMF and len(body) == 1 and (key := body.decode("ascii", "replace")) in "0123456789*#":
        return Key(key)
    if kind == UUID and len(body) == 16:
        return Ringing(str(uuid.UUID(bytes=body)))
    if kind == DTMF:  # A to D, which no telephone at home has
        return Sound(b"")
    raise WireBroken(f"kind {kind:#04x} with {len(body)} bytes")
