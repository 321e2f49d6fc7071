"""A whole talk by ear as a file: somebody rings a running house, listens to the end each time, and presses a key.

For a report or a presentation. It registers an interest, so it only rings a house in development.
"""

from __future__ import annotations

import asyncio
import math
import struct
import urllib.parse
import urllib.request
import uuid
from array import array
from collections.abc import Iterator
from pathlib import Path

from assistant.settings import Settings
from assistant.voice.errors import VoiceUnavailable
from assistant.voice.speak import wav
from assistant.voice.telephone.audiosocket import DTMF, HANG_UP, SOUND, UUID
from assistant.voice.telephone.clock import LIFE, Clock
from assistant.voice.telephone.wire import FRAME_BYTES, FRAME_SECONDS, RATE_HERTZ

KEYS = ("1", "2", "5", "2", "66", "#", "#", "1", "1", "8331", "1", "1", "2", "1", "#")
"""Register; spell a name: J, A, N, and yes; this number; postcode and yes; kind of work; hours; yes; ready."""
NUMBER = "0612345678"
LISTENED_SECONDS, LONGEST_SECONDS = 2.0, 600.0
PAUSE_SECONDS = 0.4
"""A shorter gap is a hiccup of the machine, not a silence."""
TONES = {key: (low, high) for low, row in ((697, "123"), (770, "456"), (852, "789"), (941, "*0#"))
         for high, key in zip((1209, 1336, 1477), row, strict=True)}  # fmt: skip
"""Frequencies of the keys in hertz (ITU-T Q.23)."""


def talk_by_ear(settings: Settings, out: Path, municipality: str, clock: Clock = LIFE) -> Iterator[str]:
    """Yield lines on a talk that is written to a file; it lives on the clock of the house that it rings.

    Raises VoiceUnavailable when no telephone answers.
    """
    if not settings.dev or not (settings.audiosocket_port and settings.phone_port):
        raise VoiceUnavailable("needs MEEDOEN_DEV=1 and a running house with both telephone ports")
    try:
        pcm, ended = asyncio.run(_call(settings, municipality, clock))
    except OSError as error:
        raise VoiceUnavailable("no telephone answers; start the house with the same settings") from error
    out.write_bytes(wav.write(pcm, RATE_HERTZ, "espeak-ng over a telephone line"))
    samples = array("h", pcm)
    loud = [one for one in samples if abs(one) > 200]
    level = math.sqrt(sum(one * one for one in loud) / max(1, len(loud)))
    yield f"{out}: {len(samples) / RATE_HERTZ:.1f} s, the house says: {ended}"
    yield f"peak {_decibel(max(map(abs, samples), default=1)):.1f} dBFS, speech {_decibel(level):.1f} dBFS (RMS)"
    yield f"sound in {len(loud) / max(1, len(samples)):.0%} of the samples"


async def _call(settings: Settings, municipality: str, clock: Clock) -> tuple[bytes, str]:
    """Ring, press the keys, and return both sides as one sound."""
    call_id = str(uuid.uuid4())
    base = f"http://{settings.phone_host}:{settings.phone_port}/telefoon/gesprek"
    form = urllib.parse.urlencode({"gesprek": call_id, "nummer": NUMBER, "gemeente": municipality}).encode()
    await asyncio.to_thread(_ask, base, form)
    reader, writer = await asyncio.open_connection(settings.phone_host, settings.audiosocket_port)
    ear = _Ear(reader, clock)
    writer.write(_frame(UUID, uuid.UUID(call_id).bytes))
    listening = asyncio.create_task(ear.listen())
    breathing = asyncio.create_task(_breathe(writer, clock))
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            for keys in KEYS:
                await ear.quiet(listening)
                for key in keys:
                    ear.sound += _tone(key)
                    writer.write(_frame(DTMF, key.encode()))
            await listening
    finally:
        breathing.cancel()
        writer.close()
    return bytes(ear.sound), await asyncio.to_thread(_ask, f"{base}/{call_id}", None)


class _Ear:
    """What was heard, with its silences."""

    def __init__(self, reader: asyncio.StreamReader, clock: Clock) -> None:
        self._reader, self._clock, self.sound, self._last = reader, clock, bytearray(), 0.0
        self._began = False

    async def listen(self) -> None:
        """Keep what is said until the house hangs up."""
        while True:
            kind, length = struct.unpack(">BH", await self._reader.readexactly(3))
            body = await self._reader.readexactly(length)
            if kind == HANG_UP:
                return
            gap = self._clock.now() - self._last
            if self._began and gap > PAUSE_SECONDS:
                self.sound += b"\0" * FRAME_BYTES * round(min(gap, 1.0) / FRAME_SECONDS)
            self.sound += body
            self._last, self._began = self._clock.now(), True

    async def quiet(self, listening: asyncio.Task[None]) -> None:
        """Wait until the voice is done. Raises VoiceUnavailable when the house hangs up before that."""
        began = self._last
        while self._last == began or self._clock.now() - self._last < LISTENED_SECONDS:
            await asyncio.sleep(0.05)
            if listening.done():
                raise VoiceUnavailable("the house ended the call too early")


async def _breathe(writer: asyncio.StreamWriter, clock: Clock) -> None:
    due = clock.now()
    while True:
        writer.write(_frame(SOUND, b"\0" * FRAME_BYTES))
        due += FRAME_SECONDS
        await clock.sleep(due - clock.now())


def _frame(kind: int, body: bytes) -> bytes:
    return struct.pack(">BH", kind, len(body)) + body


def _tone(key: str) -> bytes:
    low, high = (2 * math.pi * hertz / RATE_HERTZ for hertz in TONES[key])
    tone = (round(4000 * (math.sin(low * at) + math.sin(high * at))) for at in range(RATE_HERTZ * 12 // 100))
    return array("h", tone).tobytes() + b"\0\0" * (RATE_HERTZ // 10)


def _decibel(level: float) -> float:
    return 20 * math.log10(max(1.0, level) / 32768)


def _ask(url: str, form: bytes | None) -> str:
    with urllib.request.urlopen(url, form, timeout=10) as response:  # noqa: S310  an address of our own
        return str(response.read().decode())
