"""The three seams with Rasa: what was recorded (record.py) is played against our side of each."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from starlette.applications import Starlette

from actions.desk import Desk, open_desk
from actions.registry import executor
from assistant.answers import Library
from assistant.conversation.brain import RasaBrain
from assistant.conversation.errors import BrainUnavailable
from assistant.core.reply import Reply
from assistant.database import Database, upgrade
from assistant.gateway.internal import internal_app
from assistant.placement import seed

ROOT = Path(__file__).resolve().parents[2]
Call = dict[str, Any]


def recorded(seam: str) -> list[Call]:
    """Return what was recorded at a seam."""
    calls: list[Call] = json.loads((Path(__file__).parent / "recorded" / f"{seam}.json").read_text(encoding="utf-8"))
    assert calls
    return calls


def answers_in(custom: dict[str, Any]) -> list[str | None]:
    """Return the keys of the answers in what `/nlg` gives."""
    return [reply["answer"] for reply in custom["replies"]]


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(ROOT / "data", every_seconds=1e9)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A seeded desk for the actions."""
    url = f"sqlite:///{tmp_path_factory.mktemp('seams')}/meedoen.db"
    upgrade(url)
    opened = Database(url)
    with opened.session() as session:
        seed(session)
    open_desk(Desk(opened))
    yield opened
    opened.dispose()


@pytest.fixture
async def inside(library: Library, database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """A client at the internal door."""
    transport = httpx.ASGITransport(app=internal_app(executor(), library, Starlette()))
    async with httpx.AsyncClient(transport=transport, base_url="http://inside") as client:
        yield client


# Rasa → answers


@pytest.mark.parametrize("call", recorded("rasa_naar_antwoorden"), ids=lambda call: str(call["request"]["response"]))
async def test_answers_come_back_for_what_rasa_asked(call: Call, inside: httpx.AsyncClient) -> None:
    response = await inside.post("/nlg", json=call["request"])
    body = response.json()
    assert (response.status_code, set(body)) == (200, set(call["reply"]))
    assert set(body["custom"]) == {"replies", "understood"}
    assert answers_in(body["custom"])[-1] == answers_in(call["reply"]["custom"])[-1]
    assert body["custom"]["understood"]["intent"] == call["reply"]["custom"]["understood"]["intent"]
    for reply in body["custom"]["replies"]:
        assert Reply.from_dict(reply).text
    assert body["text"] == "\n\n".join(reply["text"] for reply in body["custom"]["replies"])


# Rasa → actions


@pytest.mark.parametrize("call", recorded("rasa_naar_acties"), ids=lambda call: str(call["request"]["next_action"]))
async def test_actions_answer_in_rasas_protocol(call: Call, inside: httpx.AsyncClient) -> None:
    response = await inside.post("/webhook", json=call["request"] | {"domain": {}})
    body = response.json()
    assert (response.status_code, set(body)) == (call["status"], {"events", "responses"})
    assert {event["event"] for event in body["events"]} <= {"slot", "followup", "reset_slots"}
    before = call["reply"]["responses"]
    assert [said["utter_action"] for said in body["responses"]] == [said["utter_action"] for said in before]
    for said, earlier in zip(body["responses"], before, strict=True):
        assert answers_in(said["custom"])[-1:] == answers_in(earlier["custom"])[-1:]
        assert said["text"]


async def test_an_action_that_is_not_in_the_list_does_not_exist(inside: httpx.AsyncClient) -> None:
    call = recorded("rasa_naar_acties")[0]["request"] | {"next_action": "action_rm_rf", "domain": {}}
    response = await inside.post("/webhook", json=call)
    assert (response.status_code, response.json()["action_name"]) == (404, "action_rm_rf")


# gateway → Rasa


class RecordedRasa:
    """A Rasa that answers what the real one answered, or what the test wants."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.tokens: list[str] = []
        self.keys: list[str] = []
        self.only = ""
        self.instead: tuple[int, str] | None = None
        self.reply: dict[str, Any] = {}
        self.url = ""
        self.status: dict[str, Any] = {"model_file": "model.tar.gz", "num_active_training_jobs": 0}

    async def turn(self, request: web.Request) -> web.Response:
        self.asked.append(await request.json())
        self.keys.append(request.headers["authorization"])
        if self.only and request.headers["authorization"] != self.only:
            return web.json_response({"error": "token"}, status=401)
        if self.instead:
            return web.Response(status=self.instead[0], text=self.instead[1], content_type="application/json")
        return web.json_response(self.reply)

    async def status_page(self, request: web.Request) -> web.Response:
        self.tokens.append(request.query["token"])
        return web.json_response(self.status)


@pytest.fixture
async def rasa() -> AsyncIterator[RecordedRasa]:
    made = RecordedRasa()
    app = web.Application()
    app.router.add_post("/webhooks/meedoen/turn", made.turn)
    app.router.add_get("/status", made.status_page)
    async with TestServer(app) as server:
        made.url = str(server.make_url("")).rstrip("/")
        yield made


@pytest.fixture
async def brain(rasa: RecordedRasa) -> AsyncIterator[RasaBrain]:
    made = RasaBrain(rasa.url, 5.0, lambda: "geheim")
    yield made
    await made.close()


@pytest.mark.parametrize("call", recorded("gateway_naar_rasa"), ids=lambda call: str(call["request"]["text"]))
async def test_what_rasa_said_becomes_replies(call: Call, brain: RasaBrain, rasa: RecordedRasa) -> None:
    asked = call["request"]
    customs = [
        message["custom"] for said in call["reply"]["said"] for message in said["messages"] if "custom" in message
    ]
    rasa.reply = call["reply"]
    thought = await brain.think(asked["sender"], asked["text"], asked["page"])
    assert rasa.asked == [asked]
    assert rasa.keys == ["Bearer geheim"]
    assert [reply.answer for reply in thought.replies] == [key for custom in customs for key in answers_in(custom)]
    assert all(reply.text and reply.spoken for reply in thought.replies)
    assert thought.intent
    assert 0 <= thought.confidence <= 1
    assert bool(thought.guesses) == (not asked["text"].startswith("/"))


SAID = '{"said": [{"messages": %s}]}'


@pytest.mark.parametrize(
    "instead",
    [
        (500, "{}"), (404, "{}"), (200, "[]"), (200, "geen json"), (200, ""), (200, "{}"), (200, "null"),
        (200, '{"error": "TurnNotFinished"}'), (200, '{"said": []}'), (200, '{"said": 1}'), (200, '{"said": [{}]}'),
        (200, SAID % '[{"recipient_id": "x", "text": "hoi"}]'), (200, SAID % "[]"), (200, SAID % '["hoi"]'),
        (200, SAID % '[{"custom": {}}]'), (200, SAID % '[{"custom": {"replies": [{"html": "x"}]}}]'),
        (200, '{"said": [{"messages": [{"custom": {"replies": []}}], "intent": "hulp"}]}'),
        (200, '{"said": [{"messages": [{"custom": {"replies": []}}], "intent": "x", "confidence": "y"}]}'),
    ],
    ids=str,
)  # fmt: skip
async def test_a_rasa_that_gives_nothing_usable_is_unavailable(
    instead: tuple[int, str], brain: RasaBrain, rasa: RecordedRasa
) -> None:
    rasa.instead = instead
    with pytest.raises(BrainUnavailable):
        await brain.think("x", "/hulp", {})


async def test_a_rasa_with_a_new_token_is_asked_again_with_it(rasa: RecordedRasa) -> None:
    tokens = iter(["oud", "nieuw"])
    brain = RasaBrain(rasa.url, 5.0, lambda: next(tokens))
    call = recorded("gateway_naar_rasa")[0]
    rasa.reply, rasa.only = call["reply"], "Bearer nieuw"
    assert (await brain.think("x", "/hulp", {})).replies
    assert (await brain.think("x", "/hulp", {})).replies
    assert len(rasa.asked) == 3
    await brain.close()


async def test_a_rasa_that_is_not_there_is_unavailable() -> None:
    brain = RasaBrain("http://127.0.0.1:1", 1.0, lambda: "")
    with pytest.raises(BrainUnavailable):
        await brain.think("x", "hoi", {})
    assert not await brain.is_ready()
    await brain.close()


async def test_rasa_is_ready_when_a_model_is_loaded(brain: RasaBrain, rasa: RecordedRasa) -> None:
    assert await brain.is_ready()
    rasa.status = {"model_file": None}
    assert not await brain.is_ready()
    assert rasa.tokens == ["geheim", "geheim"]
