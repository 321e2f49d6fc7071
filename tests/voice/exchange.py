"""Telephone exchanges for tests: a caller who speaks AudioSocket over TCP, and one who hears what is said."""

from __future__ import annotations

import asyncio
import struct
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from assistant.voice.house import VoiceHouse
from assistant.voice.telephone.calls import Calls
from assistant.voice.telephone.switchboard import Switchboard
from assistant.voice.telephone.wire import FRAME_BYTES

SILENCE = b"\0\0" * 160
LOOPBACK = ("127.0.0.1/32",)


class Caller:
    """Somebody with a telephone, behind an Asterisk that speaks AudioSocket."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self.sound = bytearray()
        self.arrived: list[float] = []
        self.is_over = asyncio.Event()
        self._speech = bytearray()
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._breathe())]
        self.last_speech = self._asked = 0.0

    @classmethod
    async def ring(cls, port: int, call_id: str | None = None) -> Caller:
        """Connect and say which call it is."""
        caller = cls(*await asyncio.open_connection("127.0.0.1", port))
        caller.send(0x01, uuid.UUID(call_id or str(uuid.uuid4())).bytes)
        return caller

    def send(self, kind: int, body: bytes) -> None:
        self._writer.write(struct.pack(">BH", kind, len(body)) + body)

    def press(self, keys: str) -> None:
        for key in keys:
            self.send(0x03, key.encode())
        self._asked = time.monotonic()

    def speak(self, pcm: bytes) -> None:
        """Say this (8 kHz), at the pace of life."""
        self._speech += pcm
        self._asked = time.monotonic() + len(pcm) / 16000

    async def hang_up(self) -> None:
        self.send(0x00, b"")
        await self.end()

    async def end(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._writer.close()

    async def quiet(self, seconds: float = 0.5, at_most: float = 60.0) -> None:
        """Wait until something was heard after what this side did last, and then nothing for a while."""
        until = time.monotonic() + at_most
        while time.monotonic() < until:
            await asyncio.sleep(0.05)
            if self.arrived and self.arrived[-1] > self._asked and time.monotonic() - self.arrived[-1] > seconds:
                return
        raise AssertionError("the voice does not stop")

    async def stopped(self, at_most: float) -> None:
        """Wait until the voice is silent, also in the middle of what this side says."""
        until = time.monotonic() + at_most
        while time.monotonic() - self.arrived[-1] < 0.3:
            assert time.monotonic() < until, "the voice does not stop"
            await asyncio.sleep(0.02)

    async def _breathe(self) -> None:
        """Send a frame every twenty milliseconds, as an exchange does."""
        due = time.monotonic()
        while True:
            frame, self._speech = bytes(self._speech[:FRAME_BYTES]), self._speech[FRAME_BYTES:]
            if frame:
                self.last_speech = time.monotonic()
            self.send(0x10, (frame or SILENCE).ljust(FRAME_BYTES, b"\0"))
            due += 0.02
            await asyncio.sleep(max(0.0, due - time.monotonic()))

    async def _listen(self) -> None:
        try:
            while True:
                kind, length = struct.unpack(">BH", await self._reader.readexactly(3))
                body = await self._reader.readexactly(length)
                if kind == 0x00:
                    break
                assert kind == 0x10, kind
                self.sound += body
                self.arrived.append(time.monotonic())
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        self.is_over.set()


@asynccontextmanager
async def exchange(
    house: VoiceHouse, most: int = 20, allowed: tuple[str, ...] = LOOPBACK
) -> AsyncIterator[tuple[Switchboard, int]]:
    """A switchboard on a free TCP port."""
    board = Switchboard(house, Calls(allowed, most))
    server = await asyncio.start_server(board.tcp, "127.0.0.1", 0)
    try:
        yield board, server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for _ in range(250):
            if board.calls.going_on:
                await asyncio.sleep(0.02)
