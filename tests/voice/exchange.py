"""Telephone exchanges for tests: a caller who speaks AudioSocket over TCP, and one who hears what is said."""

from __future__ import annotations

import asyncio
import struct
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self

from assistant.voice.house import VoiceHouse
from assistant.voice.telephone.calls import Calls
from assistant.voice.telephone.clock import LIFE, Clock
from assistant.voice.telephone.switchboard import Switchboard
from assistant.voice.telephone.wire import FRAME_BYTES

SILENCE = b"\0\0" * 160
LOOPBACK = ("127.0.0.1/32",)


class Caller:
    """Somebody with a telephone, behind an Asterisk that speaks AudioSocket."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, clock: Clock = LIFE) -> None:
        self._reader, self._writer, self.clock = reader, writer, clock
        self.sound = bytearray()
        self.arrived: list[float] = []
        self.is_over = asyncio.Event()
        self._speech = bytearray()
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self.breathe())]
        self.last_speech = self._asked = 0.0

    @classmethod
    async def ring(cls, port: int, call_id: str | None = None, clock: Clock = LIFE) -> Self:
        """Connect and say which call it is."""
        caller = cls(*await asyncio.open_connection("127.0.0.1", port), clock)
        caller.send(0x01, uuid.UUID(call_id or str(uuid.uuid4())).bytes)
        return caller

    def send(self, kind: int, body: bytes) -> None:
        self._writer.write(struct.pack(">BH", kind, len(body)) + body)

    def press(self, keys: str) -> None:
        for key in keys:
            self.send(0x03, key.encode())
        self.asked()

    def asked(self) -> None:
        """Note that this side did something: from now on an answer counts."""
        self._asked = self.clock.now()

    def speak(self, pcm: bytes) -> None:
        """Say this (8 kHz), at the pace of life."""
        self._speech += pcm
        self._asked = self.clock.now() + len(pcm) / 16000

    async def hang_up(self) -> None:
        self.send(0x00, b"")
        await self.end()

    async def end(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._writer.close()

    async def quiet(self, seconds: float = 0.5, at_most: float = 60.0) -> None:
        """Wait until something was heard after what this side did, and then nothing for so many seconds of talk."""
        until = time.monotonic() + at_most
        while time.monotonic() < until:
            await asyncio.sleep(0.05)
            if self.arrived and self.arrived[-1] > self._asked and self.clock.now() - self.arrived[-1] > seconds:
                return
        raise AssertionError("the voice does not stop")

    async def stopped(self, at_most: float) -> None:
        """Wait until the voice is silent, also in the middle of what this side says."""
        until = time.monotonic() + at_most
        while self.clock.now() - self.arrived[-1] < 0.3:
            assert time.monotonic() < until, "the voice does not stop"
            await asyncio.sleep(0.02)

    async def breathe(self) -> None:
        """Send a frame every twenty milliseconds, as an exchange does."""
        due = self.clock.now()
        while True:
            frame, self._speech = bytes(self._speech[:FRAME_BYTES]), self._speech[FRAME_BYTES:]
            if frame:
                self.last_speech = self.clock.now()
            self.send(0x10, (frame or SILENCE).ljust(FRAME_BYTES, b"\0"))
            due += 0.02
            await self.clock.sleep(due - self.clock.now())

    def came(self, body: bytes) -> None:
        """Keep a frame of the house, and when it came."""
        self.sound += body
        self.arrived.append(self.clock.now())

    async def _listen(self) -> None:
        try:
            while True:
                kind, length = struct.unpack(">BH", await self._reader.readexactly(3))
                body = await self._reader.readexactly(length)
                if kind == 0x00:
                    break
                assert kind == 0x10, kind
                self.came(body)
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
