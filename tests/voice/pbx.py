"""A telephone exchange for tests: connects a SIP call to AudioSocket, as deploy/asterisk/extensions.conf does.

It announces the call, picks up, carries sound and keys both ways, and asks afterwards what is next.
"""

from __future__ import annotations

import asyncio
import uuid
from array import array
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from tests.voice.exchange import Caller
from tests.voice.rtp import Rtp
from tests.voice.sip import LOOPBACK, SipCall, SipEndpoint

LOUD = 500


class Through(Caller):
    """The AudioSocket side: what comes from the house goes on as RTP, at the moment that it comes."""

    rtp: Rtp | None = None

    def came(self, body: bytes) -> None:
        """Pass on a frame of the house."""
        super().came(body)
        if self.rtp is not None:
            self.rtp.send(body)

    def heard(self, pcm: bytes) -> None:
        """Pass on sound of the telephone; who speaks expects an answer to it."""
        if max(map(abs, array("h", pcm)), default=0) > LOUD:
            self.asked()
        self.send(0x10, pcm)

    async def breathe(self) -> None:
        """The telephone's own packets are the pace here."""


class Bridged:
    """One call, while it lasts and afterwards."""

    def __init__(self, sip: SipCall) -> None:
        self.sip, self.id = sip, str(uuid.uuid4())
        self.keys, self.next = "", ""
        self.house: Through | None = None
        self.rtp = Rtp(self._heard, self._pressed)
        self.is_over = asyncio.Event()

    def _heard(self, pcm: bytes) -> None:
        if self.house is not None:
            self.house.heard(pcm)

    def _pressed(self, key: str) -> None:
        self.keys += key
        if self.house is not None:
            self.house.press(key)


class Pbx:
    """The exchange. `calls` holds every call that came in."""

    def __init__(self, url: str, audiosocket_port: int, municipality: str) -> None:
        self._url, self._port, self._municipality = url, audiosocket_port, municipality
        self._tasks: set[asyncio.Task[None]] = set()
        self.sip = SipEndpoint(self._ringing)
        self.calls: list[Bridged] = []

    def _ringing(self, call: SipCall) -> None:
        self.calls.append(Bridged(call))
        task = asyncio.create_task(self._through(self.calls[-1]))
        self._tasks.add(task)

    async def _through(self, call: Bridged) -> None:
        loop = asyncio.get_running_loop()
        async with httpx.AsyncClient() as web:
            form = {"gesprek": call.id, "nummer": call.sip.number, "gemeente": self._municipality}
            assert (await web.post(self._url, data=form)).text == "ok"
            offer = call.sip.offer
            await loop.create_datagram_endpoint(lambda: call.rtp, local_addr=(LOOPBACK, 0))
            call.rtp.goes_to(offer.host, offer.port, offer.keys)
            self.sip.pick_up(call.sip, call.rtp.port)
            call.house = await Through.ring(self._port, call.id)
            call.house.rtp = call.rtp
            await self._until_over(call, call.house)
            call.next = (await web.get(f"{self._url}/{call.id}")).text
        call.is_over.set()

    async def _until_over(self, call: Bridged, house: Through) -> None:
        """Whoever ends it, the other is told."""
        ends = [asyncio.create_task(call.sip.over.wait()), asyncio.create_task(house.is_over.wait())]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for one in ends:
            one.cancel()
        if call.sip.over.is_set():
            house.send(0x00, b"")
            await asyncio.wait_for(house.is_over.wait(), 10)  # the house closes when it has tidied up
        else:
            self.sip.put_down(call.sip)
        await house.end()
        call.rtp.close()

    async def close(self) -> None:
        """End what is still going on; an error in a call comes out here."""
        for task in self._tasks:
            if not task.done():
                task.cancel()
        done = await asyncio.gather(*self._tasks, return_exceptions=True)
        for error in done:
            if isinstance(error, Exception):
                raise error


@asynccontextmanager
async def pbx(url: str, audiosocket_port: int, municipality: str) -> AsyncIterator[Pbx]:
    """An exchange on a free UDP port of this machine."""
    one = Pbx(url, audiosocket_port, municipality)
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: one.sip, local_addr=(LOOPBACK, 0))
    try:
        yield one
    finally:
        await one.close()
        transport.close()
