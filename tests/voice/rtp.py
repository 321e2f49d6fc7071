"""Sound and keys of one call over UDP: mu-law, twenty milliseconds a packet (RFC 3550, 3551), keys by RFC 4733."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from assistant.voice.telephone.g711 import from_mulaw, to_mulaw

KEYS = "0123456789*#"
SAMPLES = 160
PAUSE_SECONDS = 0.06
"""After more than three packets' time without sound a new stretch of speech begins, and is marked."""


@dataclass(frozen=True)
class Sent:
    """One packet that went out."""

    at: float
    """Seconds on the clock of the loop."""
    sequence: int
    timestamp: int
    begins: bool
    """Whether it begins a stretch of speech."""


class Rtp(asyncio.DatagramProtocol):
    """One stream each way. `heard` gets 16-bit sound of 8 kHz, `pressed` each key once."""

    def __init__(self, heard: Callable[[bytes], None], pressed: Callable[[str], None]) -> None:
        self._heard, self._pressed = heard, pressed
        self._transport: asyncio.DatagramTransport | None = None
        self._peer, self._key_type = ("", 0), -1
        self._key_at = self._last = -1
        self.sent: list[Sent] = []
        self.came = self.lost = 0
        """Packets of the caller."""

    @property
    def port(self) -> int:
        """The UDP port of this side."""
        assert self._transport is not None
        return int(self._transport.get_extra_info("sockname")[1])

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)

    def goes_to(self, host: str, port: int, key_type: int) -> None:
        """Say where the caller wants to hear us, and how it tells its keys."""
        self._peer, self._key_type = (host, port), key_type

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Take a packet of the caller."""
        first, second, sequence, timestamp, _ = struct.unpack(">BBHII", data[:12])
        if first >> 6 != 2 or 72 <= second & 0x7F <= 76:  # other things, and RTCP
            return
        self.came += 1
        self.lost += (sequence - self._last - 1) % 65536 if self._last >= 0 else 0
        self._last = sequence
        body = data[12 + 4 * (first & 0x0F) :]
        if second & 0x7F == self._key_type:
            self._key(body, timestamp)
        elif second & 0x7F == 0:
            self._heard(from_mulaw(body))

    def _key(self, body: bytes, timestamp: int) -> None:
        """Tell a key at its end, as Asterisk does; the last packet comes three times."""
        event, ended = body[0], bool(body[1] & 0x80)
        if ended and timestamp != self._key_at and event < len(KEYS):
            self._key_at = timestamp
            self._pressed(KEYS[event])

    def send(self, pcm: bytes) -> None:
        """Send twenty milliseconds on, as soon as they come: whoever stutters is heard stuttering."""
        assert self._transport is not None
        now, before = asyncio.get_running_loop().time(), self.sent[-1] if self.sent else None
        begins = before is None or now - before.at > PAUSE_SECONDS
        pause = round((now - before.at) * 8000) if before and begins else SAMPLES
        timestamp = before.timestamp + pause if before else 0
        packet = Sent(now, before.sequence + 1 if before else 0, timestamp, begins)
        self.sent.append(packet)
        kind = 0x80 if begins else 0
        head = struct.pack(">BBHII", 0x80, kind, packet.sequence % 65536, timestamp % 2**32, 0x4D45)
        self._transport.sendto(head + to_mulaw(pcm), self._peer)

    def close(self) -> None:
        """Let go of the port."""
        if self._transport is not None:
            self._transport.close()
