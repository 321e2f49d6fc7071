"""A small SIP endpoint for tests: it takes calls over UDP (RFC 3261 and 4566, as far as one machine needs).

Nothing is lost on the loopback, so nothing is sent twice.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

LOOPBACK = "127.0.0.1"
SDP = """v=0
o=- 1 1 IN IP4 {host}
s=-
c=IN IP4 {host}
t=0 0
m=audio {port} RTP/AVP 0 {keys}
a=rtpmap:0 PCMU/8000
a=rtpmap:{keys} telephone-event/8000
a=fmtp:{keys} 0-15
a=ptime:20
a=sendrecv
"""


@dataclass(frozen=True)
class Message:
    """A request or an answer."""

    first: str
    headers: tuple[tuple[str, str], ...]
    body: str = ""

    @classmethod
    def read(cls, data: bytes) -> Message:
        """Read what came over the wire."""
        head, _, body = data.decode().partition("\r\n\r\n")
        first, *lines = head.split("\r\n")
        pairs = (line.partition(":") for line in lines)
        return cls(first, tuple((name.strip().lower(), value.strip()) for name, _, value in pairs), body)

    def get(self, name: str) -> str:
        """Return the first header with a name, '' when there is none."""
        return next((value for known, value in self.headers if known == name), "")

    def write(self) -> bytes:
        """Return it as it goes over the wire."""
        lines = [self.first, *(f"{name}: {value}" for name, value in self.headers), f"content-length: {len(self.body)}"]
        return ("\r\n".join(lines) + "\r\n\r\n" + self.body).encode()


@dataclass(frozen=True)
class Offer:
    """What the caller says about sound."""

    host: str
    port: int
    keys: int
    """Payload type of keys (RFC 4733)."""

    @classmethod
    def read(cls, sdp: str) -> Offer:
        """Read an offer; the caller must offer mu-law."""
        host = re.search(r"^c=IN IP4 (\S+)", sdp, re.MULTILINE)
        media = re.search(r"^m=audio (\d+) RTP/AVP (.+)$", sdp, re.MULTILINE)
        keys = re.search(r"^a=rtpmap:(\d+) telephone-event/8000", sdp, re.MULTILINE)
        assert host and media and keys and "0" in media[2].split(), sdp
        return cls(host[1], int(media[1]), int(keys[1]))


@dataclass
class SipCall:
    """One call as signalling sees it."""

    invite: Message
    peer: tuple[str, int]
    tag: str = field(default_factory=lambda: secrets.token_hex(4))
    over: asyncio.Event = field(default_factory=asyncio.Event)
    by_caller: bool = False
    """Whether the caller put down the receiver."""

    @property
    def number(self) -> str:
        """Number of the caller, from its address."""
        found = re.search(r"sip:([^@>]+)@", self.invite.get("from"))
        return found[1] if found else ""

    @property
    def offer(self) -> Offer:
        """What the caller says about sound."""
        return Offer.read(self.invite.body)


class SipEndpoint(asyncio.DatagramProtocol):
    """Takes calls; `ringing` is told of each."""

    def __init__(self, ringing: Callable[[SipCall], None]) -> None:
        self._ringing = ringing
        self._calls: dict[str, SipCall] = {}
        self._transport: asyncio.DatagramTransport | None = None

    @property
    def port(self) -> int:
        """The UDP port it listens on."""
        assert self._transport is not None
        return int(self._transport.get_extra_info("sockname")[1])

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Handle a request; answers (to our own BYE) and keep-alives need nothing."""
        if not data.strip() or data.startswith(b"SIP/2.0"):
            return
        message = Message.read(data)
        method, call = message.first.split()[0], self._calls.get(message.get("call-id"))
        if method == "INVITE" and call is None:
            call = self._calls[message.get("call-id")] = SipCall(message, addr)
            self._answer(message, addr, "100 Trying")
            self._ringing(call)
        elif method == "BYE" and call is not None:
            self._answer(message, addr, "200 OK", call.tag)
            call.by_caller = not call.over.is_set()
            call.over.set()
        elif method not in ("ACK", "INVITE"):
            self._answer(message, addr, "405 Method Not Allowed", call.tag if call else "")

    def pick_up(self, call: SipCall, media_port: int) -> None:
        """Answer a call, with the port where its sound comes in."""
        sdp = SDP.format(host=LOOPBACK, port=media_port, keys=call.offer.keys).replace("\n", "\r\n")
        self._answer(call.invite, call.peer, "200 OK", call.tag, sdp)

    def put_down(self, call: SipCall) -> None:
        """End a call from this side."""
        call.over.set()
        contact = re.search(r"<([^>]+)>", call.invite.get("contact"))
        assert contact
        bye = Message(f"BYE {contact[1]} SIP/2.0", (
            ("via", f"SIP/2.0/UDP {LOOPBACK}:{self.port};branch=z9hG4bK{secrets.token_hex(8)}"),
            ("from", f"{call.invite.get('to')};tag={call.tag}"), ("to", call.invite.get("from")),
            ("call-id", call.invite.get("call-id")), ("cseq", "1 BYE"), ("max-forwards", "70"),
        ))  # fmt: skip
        self._send(bye, call.peer)

    def _answer(self, message: Message, peer: tuple[str, int], status: str, tag: str = "", sdp: str = "") -> None:
        kept = [(name, value) for name, value in message.headers if name in ("via", "from", "call-id", "cseq")]
        to = message.get("to") + (f";tag={tag}" if tag and "tag=" not in message.get("to") else "")
        more = (("content-type", "application/sdp"),) if sdp else ()
        contact = ("contact", f"<sip:meedoen@{LOOPBACK}:{self.port}>")
        self._send(Message(f"SIP/2.0 {status}", (*kept, ("to", to), contact, *more), sdp), peer)

    def _send(self, message: Message, peer: tuple[str, int]) -> None:
        assert self._transport is not None
        self._transport.sendto(message.write(), peer)
