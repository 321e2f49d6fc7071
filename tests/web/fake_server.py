"""A scripted server for the widget's tests: the real pages, and a chat API that follows a script instead of Rasa.

It keeps every message it has taken, so that a test can say "nothing lost, nothing double", and it plays the take-over
by a member of staff over `/events`, which the real gateway gets later.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import json
import math
import secrets
import struct
import wave
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse, StreamingResponse

from assistant.answers import AnswerBook, Wording
from assistant.conversation.errors import ConversationNotFound, MessageTooLong
from assistant.core.context import TalkContext
from assistant.core.reply import Button, Card, Reply
from assistant.gateway import pages
from assistant.gateway.schemas import FeedbackRequest, reply_model
from assistant.handover import LineView

DATA = Path(__file__).parents[2] / "data"

HUMAN = Button("Ik wil een mens spreken", "/mens_spreken")
WELCOME = Reply(
    "Hallo. Ik ben de digitale assistent van de gemeente. Ik ben een computer, geen mens.\n\n"
    "U kunt vragen stellen over werk. Typ uw vraag, of kies hieronder.",
    buttons=(
        Button("Wat is beschut werk?", "/beschut_werk/wat_is_het"),
        Button("Ik zoek een werkplek", "/werkplek_zoeken"),
        Button("Ik wil mij aanmelden", "/aanmelden_werkzoekende"),
        HUMAN,
    ),
    answer="welkom",
)
FACT = Reply(
    "Beschut werk is een gewone baan met extra hulp. U hebt daarvoor een indicatie van UWV nodig.\n\n"
    "Wilt u meer weten? Bel 14 036 of kijk op www.almere.nl.",
    buttons=(Button("Wat verdien ik?", "/loon/hoeveel"), Button("Bel mij terug", "/terugbellen"), HUMAN),
    answer="beschut_werk/wat_is_het",
    source="Nagekeken op 21 november 2026. Bron: UWV, Beschut werk.",
)
LONG = Reply("\n\n".join([FACT.text] * 8), answer="lang", source=FACT.source)
EASY = Reply("Goed. Ik zeg het makkelijker. Beschut werk is een baan met hulp.", answer="eenvoudiger")
ORDINARY = Reply("Goed. Ik gebruik weer gewone woorden.", answer="eenvoudiger/uit")
FORM = (
    Reply("Hoe heet u? Uw voornaam is genoeg.", answer="vraag/naam"),
    Reply("Wat is uw telefoonnummer? Een e-mailadres mag ook.", answer="vraag/contact"),
    Reply(
        "Welk werk wilt u doen? U mag dit overslaan.",
        buttons=(
            Button("Werk in het groen", "groen"),
            Button("Inpakken of in elkaar zetten", "inpakken"),
            Button("Schoonmaken", "schoonmaak"),
            Button("Overslaan", "overslaan"),
        ),
        answer="vraag/soort_werk",
    ),
    Reply("Klopt dit?", buttons=(Button("Ja, dat klopt", "ja"), Button("Nee", "nee")), answer="vraag/akkoord"),
)
DONE = Reply("Gelukt. Uw nummer is **MD-4821**. Een medewerker belt u.", answer="aanmelden/gelukt")
ASKED_HUMAN = Reply(
    "Een medewerker komt zo bij u.", buttons=(Button("Bel mij terug", "/terugbellen"),), answer="mens_spreken"
)
WORDS = {
    "welkom": WELCOME,
    "welkom_werkgever": WELCOME,
    "fout/te_lang": Reply("Uw bericht is te lang. Maak het korter."),
    "fout/gesprek_onbekend": Reply("Dit gesprek ken ik niet."),
    "storing/algemeen": Reply("Er ging iets mis. Probeer het later nog een keer."),
}


class ScriptedBook(AnswerBook):
    """The real municipalities, opening hours and difficult words, with a few words of the script."""

    def word(self, key: str, context: TalkContext, wording: Wording | None = None) -> Reply:
        """Return the words of the script for a key, else the real ones."""
        return WORDS.get(key) or super().word(key, context, wording)


@cache
def book() -> AnswerBook:
    """The book, read once."""
    return ScriptedBook.read(DATA)


def card(number: int) -> Card:
    """Return an example opening."""
    lines = (
        ("Plaats", "Almere"),
        ("Uren", "20 tot 28 uur per week"),
        ("Taken", "planten en schoffelen"),
        ("Nummer", f"W-{number}"),
    )
    button = Button("Meer hierover", f"vertel meer over W-{number}")
    return Card(f"Plantsoenen onderhouden {number}", "Groenbedrijf Voorbeeld", lines, "Dit is een voorbeeld.", button)


CARDS = Reply(
    "Ik vond 2 werkplekken bij u in de buurt.\n"
    "1. Plantsoenen onderhouden 101 bij Groenbedrijf Voorbeeld in Almere, 20 tot 28 uur per week\n"
    "2. Plantsoenen onderhouden 102 bij Groenbedrijf Voorbeeld in Almere, 20 tot 28 uur per week\n\n"
    "Wilt u meer weten? Kies een plek.",
    buttons=(
        Button("Andere plaats", "andere plaats"),
        Button("Ik wil mij aanmelden", "/aanmelden_werkzoekende"),
        HUMAN,
    ),
    cards=(card(101), card(102)),
    answer="werkplekken/gevonden",
)


@dataclass
class Talk:
    """One conversation of the script."""

    token: str
    taken: list[str] = field(default_factory=list)
    answered: dict[str, list[Reply]] = field(default_factory=dict)
    step: int | None = None
    human: dict[str, Any] | None = None
    events: list[dict[str, Any]] = field(default_factory=list)
    feedback: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Script:
    """The memory of the fake; it outlives a restart of the server, as a database does."""

    talks: dict[str, Talk] = field(default_factory=dict)
    voice: dict[str, bool] = field(default_factory=lambda: {"listen": False, "speak": False})
    streams: bool = True
    """Whether `/events` may stream; without it a client must poll."""
    slow_seconds: float = 0.0

    @property
    def book(self) -> AnswerBook:
        """The answers."""
        return book()

    async def start(self, context: object) -> Any:
        """Open a conversation."""
        conversation_id = secrets.token_hex(16)
        talk = self.talks[conversation_id] = Talk(secrets.token_urlsafe(24))
        return type("Started", (), {"id": conversation_id, "token": talk.token, "replies": (WELCOME,)})()

    async def say(self, conversation_id: str, token: str | None, text: str, message_id: str | None) -> list[Reply]:
        """Follow the script; the same message id gives the same replies and is taken once."""
        talk = self.find(conversation_id, token)
        if len(text) > 900:
            raise MessageTooLong("long")
        await asyncio.sleep(self.slow_seconds)
        if message_id in talk.answered:
            return talk.answered[str(message_id)]
        talk.taken.append(text)
        replies = [] if talk.human and talk.human["state"] == "here" else [reply(talk, text)]
        if message_id:
            talk.answered[message_id] = replies
        return replies

    async def rate(self, conversation_id: str, token: str | None, message: int, face: str) -> None:
        """Keep what was thought of a message."""
        self.find(conversation_id, token).feedback.append({"face": face, "message": message})

    async def kept(self, conversation_id: str, token: str | None) -> tuple[TalkContext, int, list[Any]]:
        """Keep nothing of a talk besides what was taken."""
        self.find(conversation_id, token)
        return TalkContext(None, None), 1, []

    async def human(self, conversation_id: str, token: str | None) -> dict[str, Any]:
        """Return who has the talk."""
        return self.find(conversation_id, token).human or {"state": "none"}

    async def after(self, conversation_id: str, last: str) -> list[Any]:
        """Return what happened after the newest line that is known, as the log of the take-over has it."""
        events = self.talks[conversation_id].events if conversation_id in self.talks else []
        return [_line(event) for event in events[int(last.rpartition(".")[2] or 0) :]]

    def find(self, conversation_id: str, token: str | None) -> Talk:
        """Return the talk for who has its token."""
        talk = self.talks.get(conversation_id)
        if talk is None or token != talk.token:
            raise ConversationNotFound("id or token")
        return talk

    def emit(self, event: str, **data: Any) -> None:
        """Send a live event to the newest talk."""
        talk = list(self.talks.values())[-1]
        if event == "human":
            talk.human = data
        talk.events.append({"id": str(len(talk.events) + 1), "event": event, "data": data})

    @property
    def taken(self) -> list[str]:
        """Everything that was taken, over all talks."""
        return [text for talk in self.talks.values() for text in talk.taken]


def _line(event: dict[str, Any]) -> LineView:
    data, human = event["data"], event["data"] if event["event"] == "human" else None
    who, now = "systeem" if human else "medewerker", dt.datetime.now(dt.UTC)
    return LineView(1, int(event["id"]), who, data.get("text", ""), now, human, data.get("name", ""))


def reply(talk: Talk, text: str) -> Reply:
    """Return what the script says next."""
    said = text.lower()
    if said == "stop":
        talk.step = None
    elif talk.step is not None:
        talk.step += -1 if said == "stap terug" else 1
        if talk.step < len(FORM):
            return FORM[talk.step]
        talk.step = None
        return DONE
    return _topic(talk, said) or Reply(f"U zei: {text}", answer="echo")


def _topic(talk: Talk, said: str) -> Reply | None:
    if "aanmelden" in said:
        talk.step = 0
        return FORM[0]
    if "mens" in said:
        talk.human = {"state": "waiting", "place": 3}
        return ASKED_HUMAN
    answers = {"beschut": FACT, "zoek": CARDS, "lang": LONG, "makkelijker": EASY, "eenvoudiger/uit": ORDINARY}
    return next((answer for word, answer in answers.items() if word in said), None)


def app(script: Script) -> FastAPI:
    """Return the fake gateway."""
    server = FastAPI()
    server.add_middleware(
        CORSMiddleware, allow_origin_regex=r"http://localhost:\d+", allow_methods=["GET", "POST"],
        allow_headers=["authorization", "content-type", "last-event-id"], expose_headers=["x-meedoen-marks"],
    )  # fmt: skip
    server.state.conversations = server.state.live = script
    server.state.limits = type("NoLimits", (), {"start": _free, "message": _free})()
    pages.install(server)

    @server.exception_handler(ConversationNotFound)
    @server.exception_handler(MessageTooLong)
    async def problem(request: Request, error: Any) -> JSONResponse:
        body = {"code": error.code, "status": error.status, "detail": WORDS[error.answer_key].text}
        return JSONResponse(body, error.status, media_type="application/problem+json")

    @server.get("/health")
    async def health() -> JSONResponse:
        return JSONResponse({"ok": False, "voice": script.voice}, 503)

    @server.post("/api/v1/conversations", status_code=201)
    async def start(body: dict[str, Any]) -> dict[str, Any]:
        assert set(body) == {"municipality", "role", "channel"}
        started = await script.start(None)
        return {"id": started.id, "token": started.token, "messages": [_raw(one) for one in started.replies]}

    @server.post("/api/v1/conversations/{talk_id}/messages")
    async def say(talk_id: str, body: dict[str, Any], request: Request) -> dict[str, Any]:
        assert set(body) == {"text", "client_message_id"}
        replies = await script.say(talk_id, _token(request), body["text"], body["client_message_id"])
        human = script.talks[talk_id].human
        return {"messages": [_raw(one) for one in replies]} | ({"human": human} if human else {})

    _besides(server, script)
    return server


def _besides(server: FastAPI, script: Script) -> None:
    """What a person may do besides talking: judge an answer, hear it, and be taken over by a member of staff."""

    @server.post("/api/v1/conversations/{talk_id}/feedback", status_code=204)
    async def feedback(talk_id: str, body: FeedbackRequest, request: Request) -> None:
        script.find(talk_id, _token(request)).feedback.append(body.model_dump())

    @server.get("/api/v1/conversations/{talk_id}/speech")
    async def speech(talk_id: str, message: int, rate: float, request: Request) -> Response:
        script.find(talk_id, _token(request))
        return Response(_tone(0.8 / rate), media_type="audio/wav")

    @server.get("/api/v1/conversations/{talk_id}/events")
    async def events(talk_id: str, request: Request, after: str = "") -> Response:
        talk = script.find(talk_id, _token(request))
        if "text/event-stream" not in request.headers["accept"]:
            return JSONResponse({"events": talk.events[int(after or 0) :]})
        if not script.streams:
            return Response(status_code=503)
        return StreamingResponse(
            _stream(talk, int(request.headers.get("last-event-id", 0))), media_type="text/event-stream"
        )


async def _stream(talk: Talk, at: int) -> AsyncIterator[str]:
    for _ in range(100):
        for event in talk.events[at:]:
            yield f"id: {event['id']}\nevent: {event['event']}\ndata: {json.dumps(event['data'])}\n\n"
        at = len(talk.events)
        yield ": ping\n\n"
        await asyncio.sleep(0.05)


async def _free(*_: object) -> None:
    """Count nothing."""


def _raw(one: Reply) -> dict[str, Any]:
    return reply_model(one).model_dump()


def _token(request: Request) -> str:
    return request.headers.get("authorization", "").removeprefix("Bearer ")


def _tone(seconds: float) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16000)
        wavelets = (int(3000 * math.sin(at / 8)) for at in range(int(16000 * seconds)))
        sound.writeframes(b"".join(struct.pack("<h", value) for value in wavelets))
    return buffer.getvalue()
