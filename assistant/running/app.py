"""The app: two listeners in one process, the public gateway and the internal door for Rasa."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from fastapi import FastAPI, Response
from fastapi.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from actions.desk import Desk, open_desk
from actions.registry import executor
from assistant.answers import Library
from assistant.conversation.brain import Breaker, RasaBrain
from assistant.conversation.converse import Conversations
from assistant.conversation.danger import DangerSigns
from assistant.database import Database
from assistant.gateway import api_docs, chat_api, openings, pages, problems
from assistant.gateway.internal import internal_app
from assistant.gateway.limits import Limits
from assistant.review import ConversationLog, GuessCount, ResumeCodes
from assistant.settings import Settings
from assistant.voice import routes as voice
from assistant.voice import speak
from assistant.voice.abilities import abilities
from assistant.voice.read_aloud import ReadAloud


@dataclass
class House:
    """Everything that is opened once and shared by both listeners."""

    settings: Settings
    database: Database
    library: Library
    rasa: RasaBrain
    conversations: Conversations

    @classmethod
    def open(cls, settings: Settings) -> House:
        """Open the house. Raises AnswerFileError when the answers cannot be read."""
        database = Database(settings.database)
        library = Library(settings.data)
        rasa = RasaBrain(settings.rasa, settings.rasa_timeout_seconds, lambda: _token(settings))
        danger = DangerSigns.read(settings.data / "safety" / "signalen.yml")
        log = ConversationLog(database)
        conversations = Conversations(Breaker(rasa), library, log, danger, dev=settings.dev)
        open_desk(Desk(database, pigeonholes=ResumeCodes(database), guesses=GuessCount(database)))
        return cls(settings, database, library, rasa, conversations)

    async def close(self) -> None:
        """Close connections."""
        await self.rasa.close()
        self.database.dispose()

    async def health(self) -> dict[str, Any]:
        """Return what works now; `ok` only when a person can be helped completely."""
        rasa, database, voice_can = await asyncio.gather(
            self.rasa.is_ready(),
            asyncio.to_thread(self.database.check),
            asyncio.to_thread(abilities, self.settings.var / "voice"),
        )
        parts = {"rasa": rasa, "database": database, "answers": self.library.problem is None}
        return {
            "ok": all(parts.values()),
            **parts,
            "voice": {"speak": voice_can.speak, "listen": False},  # there is no microphone door yet
            "version": _version(),
        }


def gateway_app(house: House) -> FastAPI:
    """Return the public app: chat API, pages, health, OpenAPI."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        await asyncio.to_thread(speak.close)
        await house.close()

    app = FastAPI(
        title="Meedoen",
        version=_version(),
        description="Chat API of Meedoen. Texts for people are Dutch; errors are problem documents (RFC 9457).",
        lifespan=lifespan,
        docs_url=None,  # our own page: FastAPI's loads its script from another server
        redoc_url=None,
    )
    app.state.house = house
    app.state.conversations, app.state.limits = house.conversations, Limits(house.settings)
    problems.install(app, lambda: house.library.book)
    app.include_router(chat_api.router)
    app.include_router(api_docs.router)
    app.include_router(openings.router)
    app.state.read_aloud = ReadAloud.of(house.settings.var / "voice", lambda: house.library.book)
    app.include_router(voice.router)
    pages.install(app)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(house.settings.allowed_hosts))
    if house.settings.allowed_origins:
        origins = list(house.settings.allowed_origins)
        headers = ["authorization", "content-type"]
        app.add_middleware(CORSMiddleware, allow_origins=origins, allow_methods=["GET", "POST"], allow_headers=headers)

    @app.get("/health", tags=["operations"])
    async def health(response: Response) -> dict[str, Any]:
        """200 only when Rasa, the database and the answers are all usable, else 503 with what is wrong."""
        state = await house.health()
        response.status_code = 200 if state["ok"] else 503
        return state

    return app


def internal(house: House) -> FastAPI:
    """Return the app of the internal door."""
    return internal_app(executor(), house.library)


def _token(settings: Settings) -> str:
    """The token that Rasa was started with; made anew at each start, so it is read at each use."""
    path = settings.var / "rasa-token"
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""


def _version() -> str:
    try:
        return version("meedoen")
    except PackageNotFoundError:
        return "0.1.0"
