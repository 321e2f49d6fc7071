"""Security headers on every answer of every route: generated from the route tables, errors and refusals included."""

from __future__ import annotations

import re
from collections.abc import Mapping

import httpx
import pytest
import structlog.testing
from fastapi import FastAPI
from starlette.routing import BaseRoute

from assistant.running.app import House, gateway_app
from tests.unit.console.conftest import Console
from tests.unit.gateway.conftest import MakeHouse, client_of

WANTED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "content-security-policy": "",
    "referrer-policy": "",
    "cross-origin-resource-policy": "",
    "permissions-policy": "",
}
ALWAYS = ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")


def wrong_with(headers: Mapping[str, str]) -> list[str]:
    """What a browser should have been told and was not."""
    lacking = [name for name, value in WANTED.items() if value not in headers.get(name, "?\0")]
    policy = headers.get("content-security-policy", "")
    unsafe = [word for word in ("unsafe", "http:", "https:", "data:", "*") if word in policy]
    return lacking + unsafe + [rule for rule in ALWAYS if rule not in policy]


def calls(routes: list[BaseRoute], before: str = "") -> set[tuple[str, str]]:
    """(method, path) of every route, included routers too, with something in the place of what varies."""
    found: set[tuple[str, str]] = set()
    for route in routes:
        inner = getattr(route, "original_router", None) or getattr(route, "router", None)
        if inner is not None:
            found |= calls(inner.routes, before)
        elif methods := getattr(route, "methods", None):
            path = re.sub(r"{(\w+)(?::\w+)?}", "0" * 32, getattr(route, "path", ""))
            found |= {(method, before + path) for method in methods}
    return found


async def test_every_route_of_the_gateway(house: House) -> None:
    app = gateway_app(house)
    known = calls(app.routes)
    assert len(known) > 20 and ("GET", "/health") in known and ("POST", "/api/v1/conversations") in known
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        for method, path in sorted(known | {("GET", "/static/widget.js"), ("GET", "/niets"), ("PUT", "/")}):
            done = await client.request(method, path)
            assert wrong_with(done.headers) == [], (method, path, done.status_code)
            assert "server" not in done.headers


def test_every_route_of_the_console(console: Console) -> None:
    known = calls(console.app.routes) | {("GET", "/static/console.css"), ("GET", "/nergens"), ("PUT", "/")}
    assert len(known) > 60 and ("POST", "/inloggen") in known
    client = console.anonymous()
    for method, path in sorted(known):
        done = client.request(method, path, headers={"sec-fetch-site": "same-origin"})
        assert wrong_with(done.headers) == [], (method, path, done.status_code)
        assert done.headers["cache-control"] == "no-store", (method, path)


async def test_a_refused_host_and_an_unexpected_error_have_them_too(make: MakeHouse, console: Console) -> None:
    house = make(allowed_origins=("https://www.almere.nl",))
    preflight = {"origin": "https://evil.example", "access-control-request-method": "POST"}
    async with client_of(house, "evil.nl") as client:
        assert wrong_with((await client.get("/")).headers) == []
    async with client_of(house) as client:
        refused = await client.options("/api/v1/conversations", headers=preflight)
        assert refused.status_code == 400 and wrong_with(refused.headers) == []
        del client._transport.app.state.conversations  # type: ignore[attr-defined]
        broken = await client.post("/api/v1/conversations", json={})
        assert broken.status_code == 500 and wrong_with(broken.headers) == []
    assert wrong_with(console.anonymous().get("/inloggen", headers={"host": "evil.nl"}).headers) == []
    assert wrong_with(broken_page(console.app, console).headers) == []


def broken_page(app: FastAPI, console: Console) -> httpx.Response:
    @app.get("/kapot")
    def kapot() -> None:
        raise RuntimeError("Anna de Vries")

    from tests.unit.console.conftest import ADDRESS, StaffClient

    done = StaffClient(app, base_url=ADDRESS, raise_server_exceptions=False).get("/kapot")
    assert done.status_code == 500 and "Anna" not in done.text
    return done


async def test_over_https_browsers_are_told_to_stay_there(house: House, console: Console) -> None:
    transport = httpx.ASGITransport(app=gateway_app(house))
    async with httpx.AsyncClient(transport=transport, base_url="https://127.0.0.1") as client:
        public = (await client.get("/health")).headers["strict-transport-security"]
    staff = console.anonymous()
    staff.base_url = httpx.URL("https://127.0.0.1")
    for said in (public, staff.get("/inloggen").headers["strict-transport-security"]):
        seconds = re.search(r"max-age=(\d+)", said)
        assert seconds and int(seconds[1]) >= 31_536_000 and "includeSubDomains" in said


@pytest.mark.parametrize("path", ["/", "/docs", "/chat", "/openapi.json", "/static/widget.js", "/niets", "/health"])
async def test_every_text_says_its_charset(client: httpx.AsyncClient, path: str) -> None:
    kind = (await client.get(path)).headers["content-type"]
    assert kind.startswith(("application/json", "application/problem+json")) or "charset=utf-8" in kind


def test_who_may_not_is_noted(console: Console) -> None:
    client = console.login("analist")
    with structlog.testing.capture_logs() as lines:
        assert client.get("/accounts").status_code == 403
    refused = [line for line in lines if line["event"] == "refused"]
    assert refused == [
        {"event": "refused", "log_level": "warning", "kind": "NotAllowed", "route": "/accounts",
         "account": client.account_id}
    ]  # fmt: skip


def test_logging_out_clears_what_the_browser_kept(console: Console) -> None:
    done = console.login("reviewer").submit("/uitloggen")
    assert done.headers["clear-site-data"] == '"cache", "storage"'
