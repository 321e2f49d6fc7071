"""The app: three listeners in one process, the public gateway, the staff console and the internal door for Rasa."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from fastapi import FastAPI, Response
from fastapi.middleware.cors import CORSMiddleware
from starlette.applications import Starlette
from starlette.middleware.trustedhost import TrustedHostMiddleware

from actions.desk import Desk, open_desk
from actions.registry import executor
from assistant.answers import Library
from assistant.console.app import console_app
from assistant.console.rooms import Rooms
from assistant.conversation.converse import Conversations
from assistant.conversation.danger import DangerSigns
from assistant.conversation.workers import ByMunicipality
from assistant.database import Database
from assistant.editing.published import PublishedVersions
from assistant.gateway import api_docs, chat_api, events, openings, pages, problems, security_txt
from assistant.gateway.body_limit import BodyLimit
from assistant.gateway.internal import internal_app
from assistant.gateway.limits import Limits
from assistant.review import GuessCount, ResumeCodes
from assistant.rights.erase import Elsewhere
from assistant.rights.tracker_store import TrackerStore
from assistant.running.people import People
from assistant.running.retention import nightly
from assistant.running.shared import Shared, brain_of
from assistant.running.voices import voice_house
from assistant.settings import Settings
from assistant.voice import routes as voice
from assistant.voice import speak
from assistant.voice.abilities import abilities
from assistant.voice.browser.door import router as microphone
from assistant.voice.house import VoiceHouse
from assistant.watching.brains import WatchedBrain
from assistant.watching.figures import Figures
from assistant.watching.metrics import Metrics
from assistant.watching.requests import WatchedRequests
from assistant.watching.routes import router as operations
from assistant.watching.tracing import Traces
from assistant.watching.turns import WatchedLog


@dataclass
class House:
    """Everything that is opened once and shared by both listeners."""

    settings: Settings
    database: Database
    library: Library
    rasa: ByMunicipality
    shared: Shared
    conversations: Conversations
    people: People
    metrics: Metrics
    figures: Figures
    traces: Traces
    voices: VoiceHouse | None = None
    """Set when the public app is made."""

    @classmethod
    def open(cls, settings: Settings) -> House:
        """Open the house. Raises AnswerFileError when the answers cannot be read."""
        metrics, traces = Metrics(), Traces.to(settings.traces_url)
        database = Database(settings.database, metrics.database_errors.inc)
        reader = ThreadPoolExecutor(1, thread_name_prefix="answers")
        library = Library(settings.data, source=PublishedVersions(database), do=reader.submit)
        rasa, shared = brain_of(settings, database), Shared.of(settings)
        danger = DangerSigns.read(settings.data / "safety" / "signalen.yml")
        log, tracker = WatchedLog(database, metrics), TrackerStore(settings.tracker)
        people = People.open(settings, database, library, rasa.slots, shared.signals)
        queue = people.staff.desk.queue
        figures = Figures(
            metrics, database, library, log, settings.var, lambda: rasa.resting, lambda: len(queue.everybody_waiting())
        )
        brain = WatchedBrain(rasa, metrics, traces)
        conversations = Conversations(
            brain,
            library,
            log,
            danger,
            dev=settings.dev,
            people=people.step,
            turns=shared.turns,
            memory=shared.memory,
            clean=tracker.clean,
        )
        eraser = Elsewhere(tracker, settings.var)
        open_desk(Desk(database, pigeonholes=ResumeCodes(database), guesses=GuessCount(database), eraser=eraser))
        return cls(settings, database, library, rasa, shared, conversations, people, metrics, figures, traces)

    async def close(self) -> None:
        """Close connections."""
        await self.rasa.close()
        await self.shared.close()
        self.database.dispose()
        await asyncio.to_thread(self.traces.close)

    @property
    def _is_scripted(self) -> bool:
        """Whether a script stands in for what listens, as tests do."""
        return self.voices is not None and self.voices.engines.is_scripted

    async def health(self) -> dict[str, Any]:
        """Return what works now; `ok` only when a person can be helped completely."""
        rasa, database, voice_can = await asyncio.gather(
            self.rasa.is_ready(),
            asyncio.to_thread(self.database.check),
            asyncio.to_thread(abilities, self.settings.var / "voice"),
        )
        await asyncio.to_thread(lambda: self.library.book)  # looks at the files, also when nobody talks
        parts = {"rasa": rasa, "database": database, "answers": self.library.problem is None}
        return {
            "ok": all(parts.values()),
            **parts,
            "voice": {"speak": voice_can.speak, "listen": voice_can.listen or self._is_scripted},
            "version": _version(),
        }


def gateway_app(house: House) -> FastAPI:
    """Return the public app: chat API, pages, health, OpenAPI."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with house.people.looking_around(), nightly(house.settings, house.database):
            yield
        await asyncio.to_thread(speak.close)
        await asyncio.to_thread(voices.engines.close)
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
    app.state.live = house.people.live
    app.include_router(chat_api.router)
    app.include_router(events.router)
    app.include_router(api_docs.router)
    app.include_router(openings.router)
    app.state.voice_house = voices = voice_house(
        house.settings, house.conversations, app.state.limits, house.metrics.voice_seconds.labels("spoken").inc
    )
    house.voices = voices
    app.state.read_aloud = voices.read_aloud
    app.include_router(voice.router)
    app.include_router(microphone)
    app.include_router(security_txt.router)
    app.add_middleware(BodyLimit)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(house.settings.allowed_hosts))
    app.add_middleware(WatchedRequests, door="public", metrics=house.metrics, traces=house.traces)
    if house.settings.allowed_origins:
        origins = list(house.settings.allowed_origins)
        headers = ["authorization", "content-type", "last-event-id"]
        shown = ["x-meedoen-marks", "retry-after"]  # what the widget reads on the page of a municipality
        methods = ["GET", "POST"]
        app.add_middleware(
            CORSMiddleware, allow_origins=origins, allow_methods=methods, allow_headers=headers, expose_headers=shown
        )
    pages.install(app)  # last: its security headers are the outermost, so a refused host or origin gets them too

    @app.get("/health", tags=["operations"])
    async def health(response: Response) -> dict[str, Any]:
        """200 only when Rasa, the database and the answers are all usable, else 503 with what is wrong."""
        state = await house.health()
        response.status_code = 200 if state["ok"] else 503
        return state

    return app


def console(house: House) -> FastAPI:
    """Return the app of the staff console, on a listener of its own."""
    app = console_app(
        Rooms(
            settings=house.settings,
            database=house.database,
            library=house.library,
            take_over=house.people.staff,
        )
    )
    app.add_middleware(WatchedRequests, door="console", metrics=house.metrics, traces=house.traces)
    return app


def internal(house: House) -> Starlette:
    """Return the app of the internal door."""
    others = FastAPI(title="Meedoen, internal door", openapi_url=None)
    problems.install(others, lambda: house.library.book)
    others.include_router(operations(house.figures, house.health))
    app = internal_app(executor(), house.library, others)
    app.add_middleware(WatchedRequests, door="internal", metrics=house.metrics, traces=house.traces)
    return app


def _version() -> str:
    try:
        return version("meedoen")
    except PackageNotFoundError:
        return "0.1.0"
