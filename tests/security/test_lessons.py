"""What other chat products and their parts got wrong, tried here.

Beside these: no door of Rasa at the gateway (tests/unit/gateway: no_door_of_rasa_or_of_the_inside_is_open), Rasa behind
a token on loopback (tests/conversations/test_rasa_is_shut.py), models by sha256 (tests/faults/test_rasa.py), ids of
another municipality (tests/unit/console/test_access.py, tests/scale/test_walls.py), sessions that end with a password
(tests/unit/staff/test_log_in.py), hostile words in Chromium (tests/console/test_review_hour.py,
tests/web/test_network.py).
"""

from __future__ import annotations

import asyncio
import io
import json
import re
import socket
from pathlib import Path

import httpx
import pytest
import uvicorn
from packaging.version import Version
from pydantic import ValidationError
from sqlalchemy.dialects import sqlite
from starlette import __version__ as starlette_version

from assistant.gateway.body_limit import LARGEST
from assistant.placement.mail import OutboxMailer
from assistant.review.filters import Filters, conditions
from assistant.settings import Settings
from assistant.watching.logs import configure_logging
from tests.unit.console.conftest import Console
from tests.unit.console.test_login import log_in
from tests.unit.console.test_login import person as person_of_console
from tests.unit.gateway.conftest import FakeRasa, MakeHouse, client_of, gateway_app
from tests.unit.staff.person import Person, later

ROOT = Path(__file__).resolve().parents[2]
START = "/api/v1/conversations"
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "[klik](javascript:alert(1))",
    "**<b onmouseover=alert(1)>**",
    "{{7*7}} ${7*7} {0.__class__}",
]
INJECTIONS = [
    "' OR 1=1 --",
    "1; DROP TABLE conversation",
    "web' UNION SELECT 1 --",
    "%",
    "ja' AND sleep(5)",
    "1e9",
    "٣",
]
person = person_of_console


# Rasa: CVE-2024-49375, CVE-2026-37737


@pytest.mark.parametrize("where", ["assistant/running", "deploy", "tools"])
def test_rasa_is_never_started_with_cors_or_a_remote_model(where: str) -> None:
    files = [
        path for path in (ROOT / where).rglob("*") if path.suffix in (".py", ".yml", ".yaml", ".Dockerfile", ".sh")
    ]
    assert files
    bad = re.compile(r"--cors|--remote-storage|model_server|[\"']cors_origins[\"']\s*:\s*[\"']\*")
    assert [path.name for path in files if bad.search(path.read_text(encoding="utf-8"))] == []


def test_rasa_is_the_one_that_reads_models_safely() -> None:
    pinned = re.search(r"^rasa==([\d.]+)", (ROOT / "requirements/rasa.txt").read_text(encoding="utf-8"), re.M)
    assert pinned and Version(pinned[1]) >= Version("3.6.21")


# Starlette: CVE-2025-62727 (Range), CVE-2025-54121 (multipart), CVE-2026-48710 (Host)


def test_starlette_has_its_repairs() -> None:
    assert Version(starlette_version) >= Version("1.3.1")


async def test_thousands_of_ranges_cost_nothing(client: httpx.AsyncClient) -> None:
    many = "bytes=" + ",".join(f"{at}-{at + 1}" for at in range(0, 20_000, 2))
    async with asyncio.timeout(3):
        done = await client.get("/static/page.css", headers={"range": many})
    assert done.status_code in (200, 206, 400, 416)
    assert len(done.content) < 500_000


@pytest.mark.parametrize("host", ["evil.nl", "127.0.0.1@evil.nl", "127.0.0.1/../../openapi.json?", "a b"])
async def test_the_host_decides_nothing(make: MakeHouse, host: str) -> None:
    async with client_of(make()) as client:
        done = await client.get("/health", headers={"host": host})
    assert done.status_code in (200, 400)
    assert done.status_code == 400 or done.json()["ok"] is True, "another page than was asked"


async def test_a_form_of_a_thousand_parts_is_refused(console: Console) -> None:
    parts = {f"veld{at}": (None, "x") for at in range(2000)}
    client = console.login("accountmanager")
    done = client.post("/werkplekken/import", files=parts, headers={"sec-fetch-site": "same-origin"})
    assert done.status_code in (400, 403, 413)


async def test_a_body_is_finite_whatever_it_says(client: httpx.AsyncClient) -> None:
    async def endless() -> object:
        for _ in range(LARGEST // 1024 + 2):
            yield b"x" * 1024

    large = await client.post(START, content=b'{"role": "' + b"x" * LARGEST + b'"}')
    assert (large.status_code, large.json()["code"]) == (413, "request.too_large")
    for path in (START, "/chat"):
        assert (await client.post(path, content=endless())).status_code == 413, path  # type: ignore[arg-type]


async def test_the_longest_message_still_fits(client: httpx.AsyncClient) -> None:
    begun = (await client.post(START, json={})).json()
    token = {"authorization": f"Bearer {begun['token']}"}
    done = await client.post(f"{START}/{begun['id']}/messages", json={"text": "\U0001f33b" * 8000}, headers=token)
    assert (done.status_code, done.json()["code"]) == (413, "message.too_long")


async def test_a_request_with_two_lengths_is_refused(make: MakeHouse) -> None:
    """What smuggling lives on: two ends of one request. On a real socket, with the server that we run."""
    line = socket.socket()
    line.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(gateway_app(make()), log_config=None, lifespan="off"))
    task = asyncio.create_task(server.serve(sockets=[line]))
    try:
        while not server.started:  # noqa: ASYNC110  uvicorn has a flag and no event
            await asyncio.sleep(0.01)
        for lengths in ("Content-Length: 2\r\nContent-Length: 30", "Content-Length: 2\r\nTransfer-Encoding: chunked"):
            reader, writer = await asyncio.open_connection(*line.getsockname())
            writer.write(f"POST {START} HTTP/1.1\r\nHost: 127.0.0.1\r\n{lengths}\r\n\r\n{{}}\r\nGET /health".encode())
            answer = await asyncio.wait_for(reader.readline(), 5)
            writer.close()
            assert b" 400 " in answer, lengths
    finally:
        server.should_exit = True
        await task


# Chatwoot: CVE-2025-21628 (filters), CVE-2021-3740 (sessions); Rocket.Chat: CVE-2021-22911 (shapes)


@pytest.mark.parametrize("name", [*Filters.__dataclass_fields__, "id; --", "__class__"])
@pytest.mark.parametrize("value", INJECTIONS)
def test_no_filter_becomes_a_part_of_a_query(name: str, value: str) -> None:
    chosen = Filters.read({name: value})
    made = conditions(chosen, account_id=1, parts=frozenset({"loon"}))
    query = " AND ".join(str(one.compile(dialect=sqlite.dialect())) for one in made)
    assert value not in query and "DROP" not in query and "UNION" not in query
    assert chosen.chosen() == {} or (name in ("van", "tot") or str(chosen.chosen()[name]).isalnum())


def test_hostile_filters_give_the_page_and_nothing_more(console: Console) -> None:
    client = console.login("reviewer")
    for name in Filters.__dataclass_fields__:
        assert client.get("/gesprekken", params={name: INJECTIONS[0]}).status_code == 200, name


def test_a_parameter_given_twice_is_read_once(console: Console) -> None:
    done = console.login("reviewer").get("/gesprekken?kanaal=web&kanaal=phone&berichten_vanaf=1&berichten_vanaf=x")
    assert done.status_code == 200


def test_a_login_makes_a_new_session_and_ends_the_old_one(console: Console, person: Person) -> None:
    client = console.anonymous()
    log_in(console, client, person)
    first = client.token
    console.at(later(minutes=6))
    log_in(console, client, person, csrf=client.csrf)
    assert first and client.token not in ("", first)
    old = console.anonymous()
    old.cookies.set("meedoen", first)
    assert old.get("/mijn-account").status_code == 303


@pytest.mark.parametrize("text", [{"$ne": ""}, ["a"], 1, None, True, {"text": "a"}])
async def test_only_words_are_words(client: httpx.AsyncClient, text: object) -> None:
    begun = (await client.post(START, json={})).json()
    token = {"authorization": f"Bearer {begun['token']}"}
    done = await client.post(f"{START}/{begun['id']}/messages", json={"text": text}, headers=token)
    assert (done.status_code, done.json()["code"]) == (422, "request.invalid")


async def test_a_form_of_another_site_cannot_speak_in_a_talk(client: httpx.AsyncClient) -> None:
    """What a page of another site can send without asking first: plain text or a form, and never our token."""
    begun = (await client.post(START, json={})).json()
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        done = await client.post(
            f"{START}/{begun['id']}/messages", content=json.dumps({"text": "hoi"}), headers={"content-type": kind}
        )
        assert done.status_code in (401, 422), kind
    assert not client.cookies, "the API goes by a token that no browser sends by itself"


async def test_origins_are_compared_whole(make: MakeHouse) -> None:
    ours = "https://www.almere.nl"
    async with client_of(make(allowed_origins=(ours,))) as client:
        for origin in (f"{ours}.evil.nl", "https://evil-www.almere.nl", "http://www.almere.nl", f"{ours}:8443", "null"):
            done = await client.post(START, json={}, headers={"origin": origin})
            assert "access-control-allow-origin" not in done.headers, origin
        assert (await client.post(START, json={}, headers={"origin": ours})).headers[
            "access-control-allow-origin"
        ] == ours


# words of people


@pytest.mark.parametrize("words", HOSTILE)
async def test_hostile_words_stand_inert_in_the_plain_chat(
    client: httpx.AsyncClient, rasa: FakeRasa, words: str
) -> None:
    sent = await client.post("/chat", data={"text": words, "id": "1"}, headers={"sec-fetch-site": "same-origin"})
    assert sent.status_code == 303
    page = (await client.get("/chat")).text
    assert not re.search(r"<(script(?![^>]*\bsrc=)|img|svg|b)\b[^>]*(on\w+=|>alert)", page), "runs"
    assert not re.search(r"href=\"(?!https?:|/|#|tel:|mailto:|\?)", page)
    assert "49" not in re.sub(r"[^ ]*\d{3,}[^ ]*", "", page) or "{{7*7}}" in page


async def test_the_cookie_of_the_plain_chat_is_of_this_host_alone(make: MakeHouse) -> None:
    transport = httpx.ASGITransport(app=gateway_app(make()))
    async with httpx.AsyncClient(transport=transport, base_url="https://127.0.0.1") as client:
        sent = await client.post("/chat", data={"text": "hallo"}, headers={"sec-fetch-site": "same-origin"})
        cookie = sent.headers["set-cookie"]
        assert cookie.startswith("__Host-meedoen_chat=")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; ")) and "Domain" not in cookie
        assert "hallo" in (await client.get("/chat")).text, "and it is found again"
        gone = await client.post("/chat/opnieuw", headers={"sec-fetch-site": "same-origin"})
        assert (
            gone.headers["set-cookie"].startswith('__Host-meedoen_chat=""') and "Secure" in gone.headers["set-cookie"]
        )


@pytest.mark.parametrize("to", ["a@b.nl\r\nBcc: x@evil.nl", "a@b.nl\nX: y"])
def test_no_line_of_a_mail_can_be_added(tmp_path: Path, to: str) -> None:
    with pytest.raises(ValueError):
        OutboxMailer(tmp_path).send(to, "onderwerp", "tekst")
    with pytest.raises(ValueError):
        OutboxMailer(tmp_path).send("a@b.nl", to, "tekst")
    assert list(tmp_path.glob("*.eml")) == []


def test_no_line_of_a_log_can_be_made_up() -> None:
    import structlog

    out = io.StringIO()
    configure_logging(out)
    structlog.get_logger("x").warning("een", reason='"}\n{"event": "verzonnen"}')
    lines = out.getvalue().splitlines()
    assert len(lines) == 1 and json.loads(lines[0])["event"] == "een"
    structlog.reset_defaults()


# files and addresses


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/pages.py", "/static/..%2fpages.py", "/static/", "/static", "/.git/config",
     "/.env", "/static//etc/passwd", "/assistant/settings.py", "/var/meedoen.db"],
)  # fmt: skip
async def test_the_address_of_a_static_file_stays_in_its_folder(client: httpx.AsyncClient, path: str) -> None:
    done = await client.get(path)
    assert done.status_code in (307, 404, 405), done.status_code
    assert "import " not in done.text and "root:" not in done.text


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.csv", "..\\..\\x.xlsx", "/tmp/pwned.csv", "a\r\nX: y.csv", "a" * 900]
)
def test_the_name_of_a_file_is_no_path(console: Console, name: str) -> None:
    before = set(Path("/tmp").glob("pwned*"))
    client = console.login("accountmanager")
    done = client.submit("/werkplekken/import", files={"bestand": (name, b"titel;soort\nx;y\n", "text/csv")})
    assert done.status_code in (303, 400, 422), done.status_code
    assert set(Path("/tmp").glob("pwned*")) == before


def test_names_of_downloads_are_ours() -> None:
    """A name of a download is a constant, or made of an id and a day: never of words that somebody typed."""
    found = [
        (path.name, line.strip())
        for path in sorted((ROOT / "assistant").rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if "attachment; filename" in line
    ]
    made = {name for _, line in found for name in re.findall(r"filename=\"?(?:[\w.-]*{([\w.]+)[^}]*})", line)}
    assert len(found) >= 2
    assert not {name for name in made if re.search(r"title|label|email|text|filename|request", name)}, made


async def test_trace_is_no_method(client: httpx.AsyncClient, console: Console) -> None:
    for method in ("TRACE", "TRACK", "CONNECT"):
        assert (await client.request(method, "/")).status_code in (404, 405)
        assert console.anonymous().request(method, "/inloggen").status_code in (403, 404, 405, 411)


def test_development_stays_on_the_own_machine() -> None:
    for where in ("public_host", "console_host"):
        with pytest.raises(ValidationError):
            Settings(dev=True, **{where: "0.0.0.0"})


def test_a_field_too_many_changes_nothing(console: Console) -> None:
    """The form of a password with a role in it: mass assignment."""
    client = console.login("reviewer")
    client.submit("/mijn-account/wachtwoord", nu="x", nieuw="y", role="beheerder", roles="beheerder", active="1")
    assert client.get("/accounts").status_code == 403


def test_without_a_database_nobody_comes_in(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.database import DatabaseUnavailable
    from assistant.staff import sessions

    client = console.login("beheerder")

    def gone(*_: object) -> None:
        raise DatabaseUnavailable

    monkeypatch.setattr(sessions, "find", gone)
    done = client.get("/accounts")
    assert done.status_code == 503 and "@example.nl" not in done.text


def test_without_tls_the_api_refuses_and_does_not_redirect() -> None:
    """A program would follow, and never notice that its token travelled openly."""
    plain = (ROOT / "deploy/nginx/nginx.conf").read_text(encoding="utf-8").split("listen 8080 default_server")[1]
    block = plain.split("\n    }")[0]
    assert "location /api/ { return 403; }" in block and "location / { return 308 https://" in block


def test_a_value_that_looks_like_a_place_for_one_stays_a_value() -> None:
    from assistant.answers.fill import fill

    values = {"naam": "{geheim} {0.__class__} %s $x", "geheim": "NIET"}
    assert fill("Dag {naam}", values) == "Dag {geheim} {0.__class__} %s $x"


# security.txt


async def test_security_txt_is_what_rfc_9116_asks(make: MakeHouse) -> None:
    named = make(security_contact="mailto:lek@almere.nl", security_policy="https://www.almere.nl/lek",
                 public_url="https://chat.almere.nl")  # fmt: skip
    async with client_of(named) as client:
        done = await client.get("/.well-known/security.txt")
    assert (done.status_code, done.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    fields = dict(line.split(": ", 1) for line in done.text.splitlines())
    assert set(fields) == {"Contact", "Expires", "Preferred-Languages", "Canonical", "Policy"}
    assert fields["Contact"] == "mailto:lek@almere.nl" and fields["Preferred-Languages"] == "nl, en"
    assert fields["Canonical"] == "https://chat.almere.nl/.well-known/security.txt"
    from datetime import UTC, datetime, timedelta

    ends = datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=150) < ends - datetime.now(UTC) < timedelta(days=365)


async def test_without_a_contact_there_is_no_security_txt(client: httpx.AsyncClient) -> None:
    done = await client.get("/.well-known/security.txt")
    assert done.status_code == 404 and "MEEDOEN_SECURITY_CONTACT" in done.text


@pytest.mark.parametrize("contact", ["lek@almere.nl", "mailto:a@b.nl\nContact: mailto:evil@x.nl", "http://x.nl"])
def test_a_contact_is_an_address(contact: str) -> None:
    with pytest.raises(ValidationError):
        Settings(security_contact=contact)
