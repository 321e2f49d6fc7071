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
    before = call["reply"]["responses"]  # recorded when Rasa still had the parts worded by a call to `/nlg`
    assert [said["utter_action"] for said in body["responses"]] == [said["response"] for said in before]
    for said, parts in zip(body["responses"], [said["parts"] for said in before], strict=True):
        assert said["custom"]["replies"][-1]["answer"] in parts[-1]["keys"]
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
        self.heard_instead: dict[str, Any] | None = None
        self.reply: list[dict[str, Any]] = []
        self.url = ""
        self.intent = ""
        self.status: dict[str, Any] = {"model_file": "model.tar.gz", "num_active_training_jobs": 0}

    async def webhook(self, request: web.Request) -> web.Response:
        asked = await request.json()
        self.asked.append(asked)
        if self.only and request.headers["authorization"] != self.only:
            return web.json_response({"error": "token"}, status=401)
        if self.instead:
            return web.Response(status=self.instead[0], text=self.instead[1], content_type="application/json")
        return web.json_response(self.reply)

    async def heard(self, request: web.Request) -> web.Response:
        asked = await request.json()
        guess = {"name": self.intent, "confidence": 0.99}
        parsed = [{"text": text, "intent": guess, "intent_ranking": [guess], "entities": []} for text in asked["texts"]]
        self.keys.append(request.headers["authorization"])
        if self.heard_instead:
            return web.json_response(self.heard_instead)
        return web.json_response(
            {"parsed": parsed, "tracker": {"sender_id": asked["sender"], "slots": {}, "events": []}}
        )

    async def status_page(self, request: web.Request) -> web.Response:
        self.tokens.append(request.query["token"])
        return web.json_response(self.status)


@pytest.fixture
async def rasa() -> AsyncIterator[RecordedRasa]:
    made = RecordedRasa()
    app = web.Application()
    app.router.add_post("/webhooks/meedoen/say", made.webhook)
    app.router.add_get("/status", made.status_page)
    app.router.add_post("/webhooks/meedoen/heard", made.heard)
    async with TestServer(app) as server:
        made.url = str(server.make_url("")).rstrip("/")
        yield made


@pytest.fixture
async def brain(rasa: RecordedRasa) -> AsyncIterator[RasaBrain]:
    made = RasaBrain(rasa.url, 5.0, lambda: "geheim")
    yield made
    await made.close()


@pytest.mark.parametrize("call", recorded("gateway_naar_rasa"), ids=lambda call: str(call["request"]["message"]))
async def test_what_rasa_said_becomes_replies(call: Call, brain: RasaBrain, rasa: RecordedRasa) -> None:
    asked = call["request"]
    customs = [message["custom"] for message in call["reply"] if "custom" in message]
    rasa.reply, rasa.intent = call["reply"], customs[0]["understood"]["intent"]
    thought = await brain.think(asked["sender"], asked["message"], asked["metadata"])
    assert [sent["sender"] for sent in rasa.asked] == [asked["sender"]]
    assert rasa.asked[0].keys() == {*asked.keys(), "parsed"}
    assert rasa.asked[0]["metadata"].items() >= asked["metadata"].items()
    assert [reply.answer for reply in thought.replies] == [key for custom in customs for key in answers_in(custom)]
    assert all(reply.text and reply.spoken for reply in thought.replies)
    assert thought.intent
    assert 0 <= thought.confidence <= 1


@pytest.mark.parametrize(
    "instead",
    [
        (500, "{}"), (404, "{}"), (200, "[]"), (200, "geen json"), (200, '[{"recipient_id": "x", "text": "hoi"}]'),
        (200, ""),
        (200, "{}"), (200, "null"), (200, '[{"custom": {}}]'), (200, '[{"custom": {"replies": [{"html": "x"}]}}]'),
        (200, '["hoi"]'),
    ],
    ids=str,
)  # fmt: skip
async def test_a_rasa_that_gives_nothing_usable_is_unavailable(
    instead: tuple[int, str], brain: RasaBrain, rasa: RecordedRasa
) -> None:
    rasa.instead = instead
    with pytest.raises(BrainUnavailable):
        await brain.think("x", "/hulp", {})


@pytest.mark.parametrize(
    "heard",
    [
        {"parsed": [{"intent_ranking": [{"name": "hulp", "confidence": 1}], "entities": [{}]}], "tracker": {}},
        {"parsed": [{"text": "hoi", "intent_ranking": [], "entities": []}], "tracker": {"slots": [1]}},
        {"parsed": [{"text": "hoi", "intent_ranking": [], "entities": []}], "tracker": {"active_loop": "x"}},
        {"parsed": [{"intent_ranking": [], "entities": []}], "tracker": {}},
    ],
    ids=["entity without a name", "slots that are a list", "form that is a word", "no words"],
)  # fmt: skip
async def test_a_rasa_that_heard_something_unusable_is_unavailable(
    heard: dict[str, Any], brain: RasaBrain, rasa: RecordedRasa
) -> None:
    rasa.heard_instead = heard
    with pytest.raises(BrainUnavailable):
        await brain.think("x", "hoi", {})


async def test_words_are_heard_once_and_said_with_what_was_heard(brain: RasaBrain, rasa: RecordedRasa) -> None:
    call = recorded("gateway_naar_rasa")[0]
    rasa.reply, rasa.intent = call["reply"], "buiten_bereik_overig"
    await brain.think("x", "blauw fietspad", {})
    assert rasa.asked[0]["parsed"] is None or rasa.asked[0]["parsed"]["text"] == rasa.asked[0]["message"]
    assert rasa.keys == ["Bearer geheim"]


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
