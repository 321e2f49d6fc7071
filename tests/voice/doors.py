"""The voice doors on a real port, with a scripted recogniser and a brain that repeats what it was told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from websockets.sync.client import ClientConnection, connect

from assistant.answers import Library
from assistant.conversation.brain import Thought
from assistant.conversation.converse import Conversations, Started
from assistant.conversation.danger import DangerSigns
from assistant.core.reply import Button, Reply
from assistant.review import Arrival, StoredConversation
from assistant.voice.browser.door import router
from assistant.voice.house import VoiceHouse
from assistant.voice.listen.scripted import ScriptedRecogniser
from assistant.voice.read_aloud import ReadAloud
from assistant.voice.speak import Speaker
from assistant.voice.speak.silent import SilentVoice
from assistant.voice.talk import Engines

DATA = Path(__file__).parents[2] / "data"
SERVER = {"ws": "websockets-sansio", "ws_max_size": 65536, "ws_per_message_deflate": False, "log_level": "error"}


class Log:
    """The conversation log, in memory."""

    def __init__(self) -> None:
        self.talks: dict[str, StoredConversation] = {}
        self.turns: list[Any] = []

    def start(self, new):
        self.talks[new.id] = StoredConversation(new.id, new.token_hash, new.municipality, new.role, new.channel)

    def find(self, conversation_id):
        return self.talks.get(conversation_id)

    def arrive(self, conversation_id, message_id, beside):
        talk = self.find(conversation_id)
        return talk and Arrival(talk, None, None)

    def record(self, turn):
        assert turn.at <= datetime.now(UTC)
        self.turns.append(turn)


class Echo:
    """A brain that says what it heard, in sentences that take a while to say."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    async def think(self, conversation_id, text, page):
        self.heard.append(text)
        words = f"U zei: {text}. Dit is de eerste zin van het antwoord. En dit is de tweede zin, die langer is."
        return Thought((Reply(words, buttons=(Button("Ja", "ja"),), answer="echo"),))


class Free:
    """Counts nothing."""

    async def message(self, conversation_id: str) -> None:
        """Never too many."""


@dataclass
class Doors:
    """A running server and what is behind it."""

    url: str
    house: VoiceHouse
    brain: Any
    voice: Any
    log: Log = field(default_factory=Log)

    async def start(self) -> Started:
        from assistant.core.context import TalkContext

        return await self.house.conversations.start(TalkContext("almere"))

    def open(self, conversation_id: str, origin: str | None = None) -> ClientConnection:
        """Open the door of a conversation, as a page of ours."""
        address = f"{self.url.replace('http', 'ws')}/api/v1/conversations/{conversation_id}/voice"
        return connect(address, origin=origin or self.url, max_size=None, open_timeout=20)


def house_of(
    lines: list[tuple[str, float | None]], voice: Any = None, brain: Any = None
) -> tuple[VoiceHouse, Any, Any]:
    """Return a voice house that hears these lines."""
    library, log, brain = Library(DATA), Log(), brain or Echo()
    talks = Conversations(brain, library, log, DangerSigns.read(DATA / "safety" / "signalen.yml"))
    voice = voice or SilentVoice()
    engines = Engines(Path("/nonexistent"))
    engines._script = ScriptedRecogniser(*lines)
    read_aloud = ReadAloud(lambda: Speaker(voice), lambda: library.book)
    return VoiceHouse(talks, Free(), engines, read_aloud), brain, voice


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Run an app on a free port, the way assistant/running/serve.py does."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, timeout_graceful_shutdown=1, **SERVER))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@contextmanager
def doors(lines: list[tuple[str, float | None]], voice: Any = None, brain: Any = None) -> Iterator[Doors]:
    """A server with the microphone's door."""
    house, brain, voice = house_of(lines, voice, brain)
    app = FastAPI()
    app.state.voice_house = house
    app.include_router(router)
    with serving(app) as url:
        yield Doors(url, house, brain, voice)


class Page:
    """What the page does with the socket, and what came back."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.came: list[tuple[float, Any]] = []

    def say(self, kind: str, **fields: Any) -> None:
        self.socket.send(json.dumps({"type": kind, **fields}))

    def sound(self, pcm: bytes, live: bool = False) -> None:
        for at in range(0, len(pcm), 640):
            self.socket.send(pcm[at : at + 640])
            if live:
                time.sleep(0.02)

    def until(self, kind: str, seconds: float = 10) -> dict[str, Any]:
        """Return the next message of a kind; sound and other messages are kept in `came`."""
        end = time.monotonic() + seconds
        while True:
            raw = self.socket.recv(timeout=max(0.01, end - time.monotonic()))
            message = raw if isinstance(raw, bytes) else json.loads(raw)
            self.came.append((time.monotonic(), message))
            if isinstance(message, dict) and message["type"] == kind:
                return message

    @property
    def sound_bytes(self) -> int:
        return sum(len(message) for _, message in self.came if isinstance(message, bytes))

    def kinds(self) -> list[str]:
        return [message["type"] for _, message in self.came if isinstance(message, dict)]
