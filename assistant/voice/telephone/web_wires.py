"""Exchanges that speak WebSocket: Asterisk's chan_websocket, and the media-stream JSON that Twilio made common."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from assistant.voice.telephone.g711 import from_mulaw, to_mulaw
from assistant.voice.telephone.wire import Key, Ringing, Sound, WireBroken, WireEvent

KEYS = "0123456789*#"
LONGEST = 32_768


class _Socket:
    """What both have in common."""

    ahead_seconds = 0.4
    """They can forget what was not played yet, so a slow moment of ours need not be heard."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket

    async def _messages(self) -> AsyncIterator[str | bytes]:
        while True:
            try:
                event = await self._socket.receive()
            except RuntimeError:
                return
            if event["type"] == "websocket.disconnect":
                return
            sound: bytes | None = event.get("bytes")
            message: str | bytes = str(event.get("text") or "") if sound is None else sound
            if len(message) > LONGEST:
                raise WireBroken("too long")
            yield message

    async def _send(self, message: str | bytes) -> None:
        try:
            if isinstance(message, bytes):
                await self._socket.send_bytes(message)
            else:
                await self._socket.send_text(message)
        except (RuntimeError, WebSocketDisconnect):
            return


class AsteriskSocket(_Socket):
    """chan_websocket: sound in binary frames, events and commands in text, as words or as JSON.

    Source: docs.asterisk.org, Configuration/Channel-Drivers/WebSocket, and chan_websocket.c.
    """

    def __init__(self, socket: WebSocket) -> None:
        super().__init__(socket)
        self._mulaw = self._json = False

    async def events(self) -> AsyncIterator[WireEvent]:
        """Yield what comes in; commands go back in the form in which events came."""
        async for message in self._messages():
            if isinstance(message, bytes):
                yield self._sound(message)
            elif (event := self._control(message)) is not None:
                yield event

    async def play(self, pcm: bytes) -> None:
        """Send a frame."""
        await self._send(to_mulaw(pcm) if self._mulaw else pcm)

    async def clear(self) -> None:
        """Have Asterisk forget what is in its queue."""
        await self._command("FLUSH_MEDIA")

    async def hang_up(self) -> None:
        """End the channel."""
        await self._command("HANGUP")

    def _sound(self, message: bytes) -> Sound:
        if not self._mulaw and len(message) % 2:
            raise WireBroken(f"{len(message)} bytes of sound: half a sample")
        return Sound(from_mulaw(message) if self._mulaw else message)

    async def _command(self, name: str) -> None:
        await self._send(json.dumps({"command": name}) if self._json else name)

    def _control(self, text: str) -> WireEvent | None:
        self._json = text.startswith("{")
        name, fields = _json_event(text) if self._json else _word_event(text)
        if name == "MEDIA_START":
            return self._start(fields)
        key = str(fields.get("digit", ""))
        return Key(key) if name == "DTMF_END" and len(key) == 1 and key in KEYS else None

    def _start(self, fields: dict[str, Any]) -> WireEvent:
        form = str(fields.get("format", "slin"))
        if form not in ("slin", "ulaw"):
            raise WireBroken(f"format {form}: set it to slin or ulaw")
        self._mulaw = form == "ulaw"
        return Ringing(str(fields.get("channel_id") or fields.get("connection_id") or ""))


class MediaStream(_Socket):
    """connected, start, media, dtmf, mark, stop; sound is mu-law of 8 kHz in base64.

    Source: twilio.com/docs/voice/media-streams/websocket-messages. Own parameters: gesprek, nummer, gemeente.
    """

    def __init__(self, socket: WebSocket) -> None:
        super().__init__(socket)
        self._stream = ""

    async def events(self) -> AsyncIterator[WireEvent]:
        """Yield what comes in until `stop`."""
        async for message in self._messages():
            raw = _json(message)
            match raw.get("event"):
                case "start":
                    yield self._start(raw)
                case "media" if _part(raw, "media").get("track", "inbound") == "inbound":
                    yield Sound(from_mulaw(_payload(raw)))
                case "dtmf" if len(key := str(_part(raw, "dtmf").get("digit", ""))) == 1 and key in KEYS:
                    yield Key(key)
                case "stop":
                    return

    async def play(self, pcm: bytes) -> None:
        """Send a frame."""
        payload = base64.b64encode(to_mulaw(pcm)).decode()
        await self._event("media", media={"payload": payload})

    async def clear(self) -> None:
        """Have the other side forget what it did not play yet."""
        await self._event("clear")

    async def hang_up(self) -> None:
        """Close the stream; the exchange goes on with what it does after a stream."""

    async def _event(self, name: str, **fields: Any) -> None:
        await self._send(json.dumps({"event": name, "streamSid": self._stream, **fields}))

    def _start(self, raw: dict[str, Any]) -> Ringing:
        start = _part(raw, "start")
        form = _part(start, "mediaFormat")
        if form.get("encoding", "audio/x-mulaw") != "audio/x-mulaw" or str(form.get("sampleRate", 8000)) != "8000":
            raise WireBroken(f"sound as {form}: mu-law of 8 kHz is what we take")
        self._stream = str(raw.get("streamSid") or start.get("streamSid") or "")
        own = _part(start, "customParameters")
        call = str(own.get("gesprek") or start.get("callSid") or self._stream)
        return Ringing(call, str(own.get("nummer", "")), str(own.get("gemeente", "")))


def _json(message: str | bytes) -> dict[str, Any]:
    try:
        raw = json.loads(message)
    except (ValueError, RecursionError) as error:
        raise WireBroken("no JSON") from error
    if not isinstance(raw, dict):
        raise WireBroken("no event")
    return raw


def _part(raw: dict[str, Any], name: str) -> dict[str, Any]:
    """Return an object inside an object, empty when it is not there. Raises WireBroken for another kind of value."""
    found = raw.get(name) or {}
    if not isinstance(found, dict):
        raise WireBroken(f"{name} is no object")
    return found


def _payload(raw: dict[str, Any]) -> bytes:
    try:
        return base64.b64decode(str(_part(raw, "media").get("payload", "")), validate=True)
    except ValueError as error:  # binascii.Error, and what is not ASCII
        raise WireBroken("no base64") from error


def _json_event(text: str) -> tuple[str, dict[str, Any]]:
    raw = _json(text)
    return str(raw.get("event", "")), raw


def _word_event(text: str) -> tuple[str, dict[str, Any]]:
    """Read 'DTMF_END digit:5 channel_id:1716.2'."""
    name, _, rest = text.partition(" ")
    return name, dict(part.split(":", 1) for part in rest.split() if ":" in part)
