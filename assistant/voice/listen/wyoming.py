"""Any speech server that speaks Wyoming, over TCP: one JSON line per event, then the sound.

The protocol has neither password nor encryption, so only loopback and private addresses are allowed.
"""

from __future__ import annotations

import io
import ipaddress
import json
import socket
from typing import Any
from urllib.parse import urlsplit

from assistant.voice.errors import ListenUnavailable, ModelInvalid
from assistant.voice.listen.engine import RATE_HERTZ, Heard, Kind, Listening
from assistant.voice.listen.segment import Segment

Event = tuple[str, dict[str, Any], bytes]
FORMAT: dict[str, Any] = {"rate": RATE_HERTZ, "width": 2, "channels": 1}
PATIENCE_SECONDS = 20.0
FRAME = 3200
LARGEST_LINE = 1_000_000


class WyomingRecogniser:
    """A server such as wyoming-faster-whisper, by `wyoming://host:port`."""

    takes_phrases = False
    kind: Kind = "segment"

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme != "wyoming" or not parts.hostname or not parts.port:
            raise ModelInvalid("an address looks like wyoming://127.0.0.1:10300")
        self._place = (parts.hostname, parts.port)
        self.name = f"wyoming {parts.hostname}:{parts.port}"
        if not _is_private(parts.hostname):
            raise ModelInvalid("a Wyoming server must stand on the own network: the sound goes there unencrypted")

    def describe(self) -> dict[str, Any]:
        """Return what the server says of itself. Raises ListenUnavailable when it is no speech recogniser."""
        info = self._talk([("describe", {}, b"")], "info")
        if not info.get("asr"):
            raise ListenUnavailable(f"{self.name} recognises no speech")
        return info

    def open(self, phrases: tuple[str, ...] = ()) -> Listening:
        """Begin an utterance."""
        return Segment(self._whole)

    def close(self) -> None:
        """Nothing is kept open between utterances."""

    def _whole(self, pcm: bytes) -> Heard:
        events: list[Event] = [("transcribe", {"language": "nl"}, b""), ("audio-start", FORMAT, b"")]
        events += [("audio-chunk", FORMAT, pcm[at : at + FRAME]) for at in range(0, len(pcm), FRAME)]
        events.append(("audio-stop", {}, b""))
        answer = self._talk(events, "transcript")
        return Heard(str(answer.get("text", "")).strip(), True, None)

    def _talk(self, events: list[Event], until: str) -> dict[str, Any]:
        """Send events and return the data of the answer."""
        try:
            with socket.create_connection(self._place, PATIENCE_SECONDS) as line, line.makefile("rwb") as file:
                for kind, data, payload in events:
                    _send(file, kind, data, payload)
                file.flush()
                while True:
                    kind, data = _receive(file)
                    if kind == until:
                        return data
        except (OSError, ValueError) as error:
            raise ListenUnavailable(f"{self.name}: {type(error).__name__}") from error


def _send(file: io.BufferedRWPair, kind: str, data: dict[str, Any], payload: bytes) -> None:
    head: dict[str, Any] = {"type": kind, "data": data} | ({"payload_length": len(payload)} if payload else {})
    file.write(json.dumps(head).encode() + b"\n" + payload)


def _receive(file: io.BufferedRWPair) -> tuple[str, dict[str, Any]]:
    """Return the kind and the data of an event. Raises ValueError for what is none."""
    try:
        return _event(file)
    except (AttributeError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise ValueError("no event of Wyoming") from error


def _event(file: io.BufferedRWPair) -> tuple[str, dict[str, Any]]:
    line = file.readline(LARGEST_LINE)
    if not line:
        raise ValueError("the server hung up")
    head = json.loads(line)
    data: dict[str, Any] = dict(head.get("data") or {})
    if length := int(head.get("data_length") or 0):
        data |= json.loads(file.read(max(0, min(length, LARGEST_LINE))))
    file.read(max(0, min(int(head.get("payload_length") or 0), LARGEST_LINE)))
    return str(head["type"]), data


def _is_private(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host
