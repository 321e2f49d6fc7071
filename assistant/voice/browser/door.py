"""The door `/api/v1/conversations/{id}/voice`: who may come in, how much, how long.

The app that includes `router` sets `app.state.voice_house` to a `VoiceHouse`.
"""

from __future__ import annotations

import asyncio
import time
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Path, WebSocket, WebSocketDisconnect

from assistant.errors import MeedoenError
from assistant.http.sent_address import parts_of
from assistant.voice.browser.messages import Plain, read, read_start
from assistant.voice.browser.talk import BrowserTalk, Person
from assistant.voice.errors import ListenUnavailable, MessageNotUnderstood, OriginRefused, TooManyTalks, TooMuchSpeech
from assistant.voice.house import VoiceHouse

logger = structlog.get_logger(__name__)
router = APIRouter(prefix="/api/v1")
IDLE_SECONDS, LONGEST_SECONDS = 120.0, 1800.0
START_SECONDS = 10.0
LARGEST_FRAME = 32_000
"""Bytes: one second of sound in one message."""
BYTES_PER_SECOND, BURST_SECONDS = 32_000, 5.0
FASTER_THAN_LIFE = 1.25
"""Sound may come in so much faster than it sounds; more is no microphone."""
POLICY, TRY_LATER = 1008, 1013


@router.websocket("/conversations/{conversation_id}/voice")
async def voice(socket: WebSocket, conversation_id: Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]) -> None:
    """Speak and be spoken to in one conversation."""
    house: VoiceHouse = socket.app.state.voice_house
    await socket.accept()
    try:
        _check_origin(socket, house.origins)
        with house.room_for(conversation_id):
            async with asyncio.timeout(LONGEST_SECONDS):
                await _talk(socket, house, conversation_id)
        await _close(socket, 1000, "")
    except WebSocketDisconnect:
        return
    except TimeoutError:
        await _close(socket, TRY_LATER, "voice.idle")
    except MeedoenError as error:
        await _say(socket, {"type": "error", "code": error.code, "text": house.sentence(error)})
        busy = isinstance(error, TooManyTalks | ListenUnavailable)
        await _close(socket, TRY_LATER if busy else POLICY, error.code)


async def _talk(socket: WebSocket, house: VoiceHouse, conversation_id: str) -> None:
    """Admit the person by the token of the first message, and carry messages until one side stops."""
    async with asyncio.timeout(START_SECONDS):
        start = read_start(await _text(socket))
    await house.conversations.said(conversation_id, start.token, 0)  # raises what the chat API raises
    recogniser = await asyncio.to_thread(house.engines.recogniser)
    person = Person(conversation_id, start.token, start.manner)
    talk = BrowserTalk(house, person, recogniser, lambda message: _say(socket, message), socket.send_bytes)
    meter = _Meter()
    try:
        await talk.begin()
        async with asyncio.timeout(IDLE_SECONDS) as idle:
            while (event := await socket.receive())["type"] != "websocket.disconnect":
                if not await _pass_on(event, talk, meter):
                    return
                idle.reschedule(asyncio.get_running_loop().time() + IDLE_SECONDS)
    finally:
        await talk.end()


async def _pass_on(event: Any, talk: BrowserTalk, meter: _Meter) -> bool:
    """Hand a message to the talk; False when it was the last."""
    if (sound := event.get("bytes")) is not None:
        meter.count(len(sound))
        await talk.sound(sound)
        return True
    meter.count_text()
    message = read(event.get("text") or "")
    if isinstance(message, Plain) and message.type == "stop":
        return False
    await talk.take(message)
    return True


class _Meter:
    """Refuses what no microphone sends."""

    def __init__(self) -> None:
        self._began, self._bytes, self._texts = time.monotonic(), 0, 0

    def count(self, size: int) -> None:
        if size > LARGEST_FRAME or size % 2:
            raise MessageNotUnderstood(f"{size} bytes of sound")
        self._bytes += size
        room = (time.monotonic() - self._began + BURST_SECONDS) * BYTES_PER_SECOND * FASTER_THAN_LIFE
        if self._bytes > room:
            raise TooMuchSpeech("faster than sound")

    def count_text(self) -> None:
        self._texts += 1
        if self._texts > 60 + 4 * (time.monotonic() - self._began):
            raise TooMuchSpeech("too many messages")


def _check_origin(socket: WebSocket, others: tuple[str, ...]) -> None:
    """Only our own pages and those of sites that the municipality listed."""
    origin = socket.headers.get("origin", "")
    own = parts_of(origin).netloc == socket.headers.get("host") and bool(origin)
    if not own and origin not in others:
        raise OriginRefused(origin)


async def _text(socket: WebSocket) -> str:
    event = await socket.receive()
    if event["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(event.get("code", 1000))
    return event.get("text") or ""


async def _say(socket: WebSocket, message: dict[str, Any]) -> None:
    try:
        await socket.send_json(message)
    except (RuntimeError, WebSocketDisconnect):  # gone in the meantime
        return


async def _close(socket: WebSocket, code: int, reason: str) -> None:
    try:
        await socket.close(code, reason)
    except (RuntimeError, WebSocketDisconnect):
        return
