"""The door: only what the assistant said itself, only for who holds the token."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from typer.testing import CliRunner

from assistant.answers import Library
from assistant.conversation.brain import Thought
from assistant.conversation.converse import Conversations
from assistant.conversation.danger import DangerSigns
from assistant.core.reply import Reply
from assistant.errors import MeedoenError
from assistant.review import Arrival, StoredConversation
from assistant.voice import read_aloud as reading
from assistant.voice.commands import app as commands
from assistant.voice.read_aloud import ReadAloud
from assistant.voice.routes import router
from assistant.voice.speak import Speaker, wav

DATA = Path(__file__).parents[2] / "data"
URL = "/api/v1/conversations/{}/speech"


class Log:
    """The conversation log, in memory."""

    def __init__(self) -> None:
        self.talks: dict[str, StoredConversation] = {}

    def start(self, new):
        self.talks[new.id] = StoredConversation(new.id, new.token_hash, new.municipality, new.role, new.channel)

    def find(self, conversation_id):
        return self.talks.get(conversation_id)

    def arrive(self, conversation_id, message_id, beside):
        talk = self.find(conversation_id)
        return talk and Arrival(talk, None, None)

    def record(self, turn):
        assert turn.at <= datetime.now(UTC)


class Brain:
    """Answers with two messages, the second without words."""

    async def think(self, *_):
        return Thought((Reply("U krijgt € 14,71 per uur.", spoken="U krijgt € 14,71 per uur."), Reply("")))


@pytest.fixture(scope="module")
def library():
    return Library(DATA)


@pytest.fixture
def client(silent, library):
    talks = Conversations(Brain(), library, Log(), DangerSigns.read(DATA / "safety" / "signalen.yml"))
    app = FastAPI()
    app.state.conversations = talks
    app.state.read_aloud = ReadAloud(lambda: Speaker(silent), lambda: library.book)
    app.include_router(router)

    @app.exception_handler(MeedoenError)
    async def problem(request, error):
        assert error.answer_key in library.book.standard
        return JSONResponse({"code": error.code}, error.status)

    client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://meedoen")
    client.talks = talks
    return client


@pytest.fixture
async def talk(client):
    from assistant.core.context import TalkContext

    started = await client.talks.start(TalkContext("almere"))
    await client.talks.say(started.id, started.token, "wat verdien ik", "m1")
    return started


async def get(client, talk, token=None, **query):
    headers = {"Authorization": f"Bearer {token or talk.token}"}
    return await client.get(URL.format(talk.id), params=query, headers=headers)


async def test_a_message_as_marked_sound(client, talk, silent):
    index = len(talk.replies)
    answer = await get(client, talk, message=index)
    assert answer.status_code == 200 and answer.headers["content-type"] == "audio/wav"
    assert answer.headers["cache-control"] == "no-store" and wav.mark_of(answer.content)["synthetic"] is True
    at, start, end = map(int, answer.headers["x-meedoen-marks"].split(",")[-1].split(":"))
    assert "U krijgt € 14,71 per uur."[start:end] == "uur" and at > 0


async def test_the_first_sound_of_a_talk_says_that_a_computer_speaks(client, talk, silent):
    index = len(talk.replies)
    await get(client, talk, message=0)
    assert "computerstem" in silent.said[0][0]
    silent.said.clear()
    await get(client, talk, message=index)
    assert not any("computerstem" in said for said, _ in silent.said)
    await get(client, talk, message=0)
    assert any("computerstem" in said for said, _ in silent.said), "the same message sounds the same again"


async def test_json_form(client, talk):
    raw = (await get(client, talk, message=len(talk.replies), form="json", rate=0.7)).json()
    assert wav.mark_of(base64.b64decode(raw["wav"])) is not None
    assert raw["text"] == "U krijgt € 14,71 per uur." and raw["said_first"]
    assert raw["text"][raw["marks"][2]["start"] : raw["marks"][2]["end"]] == "€ 14,71"


@pytest.mark.parametrize("ahead, code", [(1, 404), (2, 404), (500, 404)])
async def test_no_message_no_sound(client, talk, ahead, code):
    answer = await get(client, talk, message=len(talk.replies) + ahead)
    assert (answer.status_code, answer.json()["code"]) == (code, "voice.speech_not_found")


async def test_who_may_listen(client, talk):
    assert (await client.get(URL.format(talk.id), params={"message": 0})).status_code == 401
    assert (await get(client, talk, token="another", message=0)).status_code == 404


@pytest.mark.parametrize("query", [{"message": -1}, {"message": 0, "rate": 9}, {"message": 0, "form": "mp3"}, {}])
async def test_a_wrong_question(client, talk, query):
    assert (await get(client, talk, **query)).status_code == 422


async def test_a_retry_does_not_count_twice(client, talk):
    await client.talks.say(talk.id, talk.token, "wat verdien ik", "m1")
    await client.talks.say(talk.id, talk.token, "en dan", "m2")
    assert (await get(client, talk, message=len(talk.replies) + 2)).status_code == 200
    assert (await get(client, talk, message=len(talk.replies) + 4)).status_code == 404


async def test_what_another_process_said_is_not_guessed(client, talk):
    client.talks._said._talks.clear()
    await client.talks.say(talk.id, talk.token, "wat verdien ik", "m9")
    assert (await get(client, talk, message=0)).status_code == 404


async def test_memory_is_bounded(client, talk):
    from assistant.conversation.said import Said

    said = Said(conversations=2, messages=3)
    for name in "abc":
        await said.begin(name, [Reply(name)])
    await said.add("c", [Reply(str(n)) for n in range(9)])
    assert (
        await said.find("a", 0) is None
        and await said.find("b", 0)
        and await said.find("c", 2)
        and await said.find("c", 3) is None
    )
    await said.add("a", [Reply("late")])
    assert await said.find("a", 0) is None


async def test_too_much_listening(client, talk, monkeypatch):
    monkeypatch.setattr(reading, "PER_MINUTE", 2)
    codes = [(await get(client, talk, message=0)).status_code for _ in range(3)]
    assert codes == [200, 200, 429]


def test_the_command_writes_a_marked_file(tmp_path, monkeypatch):
    monkeypatch.setenv("MEEDOEN_VAR", str(tmp_path))
    monkeypatch.setenv("MEEDOEN_DATA", str(DATA))
    out = tmp_path / "zin.wav"
    result = CliRunner().invoke(commands, ["speak", "Bel 14 036.", "-o", str(out), "--rate", "0.8"])
    assert result.exit_code == 0, result.output
    assert wav.mark_of(out.read_bytes())["synthetic"] is True and wav.seconds_of(out.read_bytes()) > 2
