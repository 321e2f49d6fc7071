"""The chat API as outside programs see it: shapes, problems, limits, headers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.conversation.brain import Thought
from assistant.conversation.errors import BrainUnavailable
from assistant.core.reply import Button, Card, Reply
from assistant.running.app import House
from tests.unit.gateway.conftest import FakeRasa, MakeHouse, client_of

START = "/api/v1/conversations"
REPLY = {"text", "spoken", "buttons", "cards", "answer", "source"}
INNARDS = re.compile(r"Traceback|sqlalchemy|[a-z]Error\b|File \"|assistant\.|\.py\b|SELECT|psycopg|OperationalE")


async def start(client: httpx.AsyncClient, **body: Any) -> tuple[str, dict[str, str]]:
    """Start a conversation; return the address for its messages and the header that opens it."""
    begun = (await client.post(START, json=body)).raise_for_status().json()
    return f"{START}/{begun['id']}/messages", {"authorization": f"Bearer {begun['token']}"}


def assert_problem(response: httpx.Response, status: int, code: str) -> None:
    """A problem document with a Dutch sentence, and nothing of our insides in it."""
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json"), (
        response.text
    )
    body = response.json()
    assert set(body) == {"type", "title", "status", "code", "detail"}
    assert (body["code"], body["status"], body["type"]) == (code, status, f"urn:meedoen:{code}")
    assert re.search(r"\b(u|uw|ik|deze|dit|er)\b", body["detail"], re.I), body["detail"]
    assert "{" not in body["detail"]
    assert not INNARDS.search(response.text), response.text


# shapes


async def test_a_new_conversation_has_an_id_a_token_and_first_words(client: httpx.AsyncClient) -> None:
    response = await client.post(START, json={"municipality": "almere", "role": "werkzoekende", "channel": "web"})
    body = response.json()
    assert response.status_code == 201
    assert set(body) == {"id", "token", "messages"}
    assert re.fullmatch(r"[0-9a-f]{32}", body["id"])
    assert len(body["token"]) >= 32
    assert "Almere" in body["messages"][-1]["text"]


@pytest.mark.parametrize(
    "body",
    [{}, {"municipality": None, "role": None}, {"role": "werkgever"}, {"channel": "phone"}, {"channel": "voice"}],
)
async def test_everything_of_a_start_may_be_left_out(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    assert (await client.post(START, json=body)).status_code == 201


async def test_a_message_gets_replies_in_the_shape_of_the_plan(client: httpx.AsyncClient, rasa: FakeRasa) -> None:
    card = Card("Groen onderhouden", "NoordWestGroep", (("Plaats", "Steenwijk"),), button=Button("Meer", "vertel meer"))
    rasa.answer = lambda said: Thought((Reply("Kijk", "Luister", (Button("Ja", "ja"),), (card,), "hulp"),))
    address, token = await start(client)
    response = await client.post(address, json={"text": "hoi"}, headers=token)
    assert (response.status_code, set(response.json())) == (200, {"messages", "human"})
    (reply,) = response.json()["messages"]
    assert set(reply) == REPLY
    assert (reply["text"], reply["spoken"], reply["answer"]) == ("Kijk", "Luister", "hulp")
    assert reply["buttons"] == [{"title": "Ja", "payload": "ja"}]
    assert reply["cards"][0]["lines"] == [["Plaats", "Steenwijk"]]


async def test_a_reply_without_words_of_its_own_for_the_ear_says_what_is_written(
    client: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    rasa.answer = lambda said: Thought((Reply("Kijk"),))
    address, token = await start(client)
    (reply,) = (await client.post(address, json={"text": "hoi"}, headers=token)).json()["messages"]
    assert (reply["spoken"], reply["buttons"], reply["cards"], reply["answer"]) == ("Kijk", [], [], None)


async def test_what_the_page_said_reaches_rasa(client: httpx.AsyncClient, rasa: FakeRasa) -> None:
    address, token = await start(client, municipality="almere", role="werkgever", channel="voice")
    await client.post(address, json={"text": "hoi"}, headers=token)
    page = rasa.asked[-1][2]
    assert (page["municipality"], page["role"], page["channel"]) == ("almere", "werkgever", "voice")


async def test_the_same_id_again_gets_the_same_replies(client: httpx.AsyncClient, rasa: FakeRasa) -> None:
    address, token = await start(client)
    body = {"text": "hoi", "client_message_id": "a-1"}
    first, again = [await client.post(address, json=body, headers=token) for _ in range(2)]
    assert first.json() == again.json()
    assert len(rasa.asked) == 1


# problems


async def test_without_a_token(client: httpx.AsyncClient) -> None:
    address, _ = await start(client)
    assert_problem(await client.post(address, json={"text": "hoi"}), 401, "conversation.token_missing")


@pytest.mark.parametrize("header", ["Basic abc", "Bearer", "bearer ", "abc"])
async def test_with_another_kind_of_header(client: httpx.AsyncClient, header: str) -> None:
    address, _ = await start(client)
    response = await client.post(address, json={"text": "hoi"}, headers={"authorization": header})
    assert response.status_code in (401, 404)
    assert response.headers["content-type"] == "application/problem+json"


async def test_with_a_token_of_another_conversation(client: httpx.AsyncClient) -> None:
    address, _ = await start(client)
    _, other = await start(client)
    assert_problem(await client.post(address, json={"text": "hoi"}, headers=other), 404, "conversation.not_found")


async def test_a_conversation_that_does_not_exist(client: httpx.AsyncClient) -> None:
    _, token = await start(client)
    response = await client.post(f"{START}/{'0' * 32}/messages", json={"text": "hoi"}, headers=token)
    assert_problem(response, 404, "conversation.not_found")


@pytest.mark.parametrize("wrong", ["1", "x" * 32, "../../etc/passwd", "A" * 32, "0" * 33])
async def test_an_id_that_is_no_id(client: httpx.AsyncClient, wrong: str) -> None:
    response = await client.post(f"{START}/{wrong}/messages", json={"text": "hoi"})
    assert response.status_code in (404, 422)
    assert response.headers["content-type"] == "application/problem+json"


async def test_a_message_that_is_too_long(client: httpx.AsyncClient) -> None:
    address, token = await start(client)
    assert_problem(await client.post(address, json={"text": "a" * 1001}, headers=token), 413, "message.too_long")


@pytest.mark.parametrize("empty", [" ", "...", "\u200b"])
async def test_a_message_without_anything_in_it(client: httpx.AsyncClient, empty: str) -> None:
    address, token = await start(client)
    assert_problem(await client.post(address, json={"text": empty}, headers=token), 422, "message.empty")


@pytest.mark.parametrize(
    "body",
    [
        {}, {"text": ""}, {"text": None}, {"text": 5}, {"text": ["hoi"]},
        {"text": "hoi", "slots": {"rol": "werkgever"}},
        {"text": "hoi", "metadata": {}}, {"text": "hoi", "sender": "x"}, {"text": "hoi", "client_message_id": ""},
        {"text": "hoi", "client_message_id": "x" * 65}, {"text": "a" * 8001}, [], "hoi", 5, None,
    ],
)  # fmt: skip
async def test_a_message_in_another_shape_is_refused(client: httpx.AsyncClient, rasa: FakeRasa, body: Any) -> None:
    address, token = await start(client)
    assert_problem(await client.post(address, json=body, headers=token), 422, "request.invalid")
    assert rasa.asked == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b'{"text": "hoi"', b"[" * 5000], ids=["leeg", "haak", "bytes", "half", "diep"]
)
async def test_bytes_that_are_no_json_are_refused(client: httpx.AsyncClient, body: bytes) -> None:
    address, token = await start(client)
    response = await client.post(address, content=body, headers=token | {"content-type": "application/json"})
    assert response.status_code in (400, 422)
    assert response.headers["content-type"] == "application/problem+json"
    assert not INNARDS.search(response.text)


@pytest.mark.parametrize(
    "body",
    [
        {"role": "beheerder"}, {"channel": "fax"}, {"municipality": 5}, {"municipality": "a" * 41}, {"id": "0" * 32},
        {"token": "x"}, {"level": "a2"}, [],
    ],
)  # fmt: skip
async def test_a_start_in_another_shape_is_refused(client: httpx.AsyncClient, body: Any) -> None:
    assert_problem(await client.post(START, json=body), 422, "request.invalid")


@pytest.mark.parametrize("unknown", ["atlantis", "", "../almere", "Almere"])
async def test_an_unknown_municipality(client: httpx.AsyncClient, unknown: str) -> None:
    assert_problem(await client.post(START, json={"municipality": unknown}), 422, "municipality.unknown")


async def test_a_problem_never_repeats_what_was_said(client: httpx.AsyncClient) -> None:
    address, token = await start(client)
    response = await client.post(address, json={"text": "geheim " * 300}, headers=token)
    assert "geheim" not in response.text
    assert "geheim" not in (await client.post(address, json={"tekst": "geheim"}, headers=token)).text


async def test_a_mistake_of_ours_is_an_honest_problem(client: httpx.AsyncClient, rasa: FakeRasa) -> None:
    def broken(said: str) -> Thought:
        raise RuntimeError("secret 123")

    rasa.answer = broken
    address, token = await start(client)
    response = await client.post(address, json={"text": "hoi"}, headers=token)
    assert_problem(response, 500, "server.error")
    assert "secret" not in response.text


async def test_a_silent_rasa_is_no_problem_but_an_honest_menu(client: httpx.AsyncClient, rasa: FakeRasa) -> None:
    def silent(said: str) -> Thought:
        raise BrainUnavailable("TimeoutError")

    rasa.answer = silent
    address, token = await start(client)
    response = await client.post(address, json={"text": "hoi"}, headers=token)
    assert (response.status_code, response.json()["messages"][0]["answer"]) == (200, "storing/begrijpen")


async def test_without_the_database_no_conversation_starts(make: MakeHouse, tmp_path: Path) -> None:
    async with client_of(make(database_url=f"sqlite:///{tmp_path}/empty.db")) as client:
        assert_problem(await client.post(START, json={}), 503, "database_unavailable")


@pytest.mark.parametrize(("method", "path"), [("GET", START), ("PUT", START), ("DELETE", f"{START}/x/messages")])
async def test_another_method(client: httpx.AsyncClient, method: str, path: str) -> None:
    assert_problem(await client.request(method, path), 405, "http.method")


# limits


async def test_too_many_messages_in_a_minute(make: MakeHouse, rasa: FakeRasa) -> None:
    async with client_of(make(messages_per_minute=3)) as client:
        address, token = await start(client)
        said = [await client.post(address, json={"text": "hoi"}, headers=token) for _ in range(4)]
        assert [response.status_code for response in said] == [200, 200, 200, 429]
        assert_problem(said[-1], 429, "limit.reached")
        assert len(rasa.asked) == 3
        other, other_token = await start(client)
        assert (await client.post(other, json={"text": "hoi"}, headers=other_token)).status_code == 200


async def test_too_many_conversations_from_one_address(make: MakeHouse) -> None:
    async with client_of(make(conversations_per_ten_minutes=2)) as client:
        begun = [await client.post(START, json={}) for _ in range(3)]
        assert_problem(begun[-1], 429, "limit.reached")


async def test_in_development_nothing_is_counted_and_the_token_may_be_left_out(make: MakeHouse) -> None:
    async with client_of(make(dev=True, messages_per_minute=1)) as client:
        address, _ = await start(client)
        said = [await client.post(address, json={"text": "hoi"}) for _ in range(3)]
        assert [response.status_code for response in said] == [200] * 3


# what is there and what is not


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "meedoen.example"])
async def test_another_host_name_is_refused(house: House, host: str) -> None:
    async with client_of(house, host) as client:
        assert (await client.get("/health")).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "localhost:8000"])
async def test_our_own_host_names_are_answered(house: House, host: str) -> None:
    async with client_of(house, host) as client:
        assert (await client.get("/health")).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/model", "/model/parse", "/model/train", "/webhooks/rest/webhook", "/webhook", "/nlg", "/status", "/version",
        "/conversations/x/tracker", "/domain", "/metrics", "/redoc", "/api/v1", "/.env", "/var/meedoen.db",
        "/static/../../../settings.py",
    ],
)  # fmt: skip
async def test_no_door_of_rasa_or_of_the_inside_is_open(client: httpx.AsyncClient, path: str) -> None:
    for method in ("GET", "POST"):
        response = await client.request(method, path, json={} if method == "POST" else None)
        assert response.status_code in (404, 405), f"{method} {path}"
        assert response.headers["content-type"] == "application/problem+json"


async def test_the_documentation_is_there(client: httpx.AsyncClient) -> None:
    assert (await client.get("/docs")).status_code == 200
    described = (await client.get("/openapi.json")).json()
    assert {START, START + "/{conversation_id}/messages", "/health"} <= set(described["paths"])
    assert set(described["components"]["schemas"]["ReplyModel"]["properties"]) == REPLY
    answers = described["paths"][START + "/{conversation_id}/messages"]["post"]["responses"]
    assert {"200", "401", "404", "413", "422", "429", "503"} <= set(answers)
    assert not [
        path for path in described["paths"] if path in ("/nlg", "/webhook") or path.startswith(("/model", "/webhooks"))
    ]


async def test_what_is_written_in_the_documentation_is_what_comes_back(client: httpx.AsyncClient) -> None:
    described = (await client.get("/openapi.json")).json()["components"]["schemas"]
    begun = (await client.post(START, json={})).json()
    assert set(begun) == set(described["StartResponse"]["properties"])
    assert set(described["MessageRequest"]["properties"]) == {"text", "client_message_id"}
    assert set(described["StartRequest"]["properties"]) == {"municipality", "role", "channel"}
    assert described["MessageRequest"]["additionalProperties"] is False


# health


async def test_health_is_green_when_all_parts_work(client: httpx.AsyncClient) -> None:
    response = await client.get("/health")
    assert response.status_code == 200
    assert {name: response.json()[name] for name in ("ok", "rasa", "database", "answers")} == dict.fromkeys(
        ("ok", "rasa", "database", "answers"), True
    )


async def test_health_is_red_when_rasa_is_down(client: httpx.AsyncClient, rasa: FakeRasa) -> None:
    rasa.ready = False
    response = await client.get("/health")
    assert (response.status_code, response.json()["ok"], response.json()["rasa"]) == (503, False, False)
    assert not INNARDS.search(response.text)


@pytest.mark.parametrize("url", ["sqlite:///{}/empty.db", "postgresql://nobody:geheim@127.0.0.1:1/nothing"])
async def test_health_is_red_without_a_database_and_tells_no_secret(make: MakeHouse, tmp_path: Path, url: str) -> None:
    async with client_of(make(database_url=url.format(tmp_path))) as client:
        response = await client.get("/health")
    assert (response.status_code, response.json()["database"]) == (503, False)
    assert "geheim" not in response.text
    assert not INNARDS.search(response.text)


async def test_health_is_red_when_an_answer_file_is_broken(house: House) -> None:
    house.library.problem = "loon.yml, regel 3: iets"
    async with client_of(house) as client:
        response = await client.get("/health")
    assert (response.status_code, response.json()["answers"]) == (503, False)


# headers


@pytest.mark.parametrize("path", ["/health", "/openapi.json", "/docs", "/niets"])
async def test_every_answer_carries_the_headers_that_keep_browsers_careful(
    client: httpx.AsyncClient, path: str
) -> None:
    headers = (await client.get(path)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "content-security-policy" in headers
    assert "server" not in headers


async def test_an_answer_of_the_chat_is_never_kept_by_a_cache(client: httpx.AsyncClient) -> None:
    assert "no-store" in (await client.post(START, json={})).headers.get("cache-control", "")


async def test_another_website_may_not_use_the_api_unless_it_is_named(make: MakeHouse) -> None:
    asked = {"origin": "https://www.almere.nl", "access-control-request-method": "POST"}
    async with client_of(make()) as client:
        assert "access-control-allow-origin" not in (await client.options(START, headers=asked)).headers
    async with client_of(make(allowed_origins=("https://www.almere.nl",))) as client:
        allowed = await client.options(START, headers=asked)
        assert allowed.headers["access-control-allow-origin"] == "https://www.almere.nl"
        refused = await client.options(START, headers=asked | {"origin": "https://almere.nl.evil.example"})
        assert "access-control-allow-origin" not in refused.headers
