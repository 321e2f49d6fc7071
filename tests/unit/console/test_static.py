"""What goes with every page: headers, the vendored script, and no address of another host."""

from __future__ import annotations

import hashlib
import re

import pytest

from assistant.console.page_templates import STATIC
from tests.unit.console.conftest import Console


def test_every_file_of_others_is_the_one_that_was_vendored() -> None:
    listed = dict(re.findall(r"^\| `([\w.-]+)` \|.*`([0-9a-f]{64})` \|$", (STATIC / "LICENSES.md").read_text(), re.M))
    assert listed, "no rows"
    assert {name: hashlib.sha256((STATIC / name).read_bytes()).hexdigest() for name in listed} == listed
    assert {path.name for path in STATIC.glob("*.min.js")} == set(listed)


@pytest.mark.parametrize("path", ["/", "/inloggen", "/accounts", "/bestaat-niet", "/static/console.css"])
def test_headers(console: Console, path: str) -> None:
    done = console.login("beheerder").get(path)
    policy = done.headers["content-security-policy"]
    assert policy.startswith("default-src 'none';") and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy
    assert done.headers["cache-control"] == "no-store"
    assert done.headers["x-content-type-options"] == "nosniff"
    assert done.headers["referrer-policy"] == "same-origin"
    assert "strict-transport-security" not in done.headers, "plain http on the own machine"


def test_a_marked_static_file_may_be_kept(console: Console) -> None:
    page = console.anonymous().get("/inloggen").text
    address = re.search(r'href="(/static/console.css\?v=[0-9a-f]+)"', page)
    assert address
    assert "immutable" in console.anonymous().get(address[1]).headers["cache-control"]


def test_pages_have_no_inline_script_or_style_and_no_other_host(console: Console) -> None:
    for role in ("beheerder", "privacyfunctionaris"):
        client = console.login(role)
        for path in (
            "/",
            "/mijn-account",
            "/accounts",
            "/accounts/nieuw",
            "/logboek",
            "/logboek/controle",
            "/inloggen",
        ):
            page = client.get(path).text
            assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", page), path
            assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', page), path


def test_htmx_may_not_evaluate(console: Console) -> None:
    page = console.login("beheerder").get("/").text
    assert '"includeIndicatorStyles":false' in page and '"allowEval":false' in page


def test_only_hosts_of_the_settings(console: Console) -> None:
    assert console.anonymous().get("/inloggen", headers={"host": "evil.nl"}).status_code == 400


def test_no_page_is_described_to_the_world(console: Console) -> None:
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert console.anonymous().get(path).status_code == 404


def test_a_large_or_endless_body_is_refused(console: Console) -> None:
    client, headers = console.anonymous(), {"sec-fetch-site": "same-origin"}
    assert client.post("/inloggen", content=b"x" * (10 * 1024 * 1024 + 1), headers=headers).status_code == 413
    assert client.post("/inloggen", content=iter([b"x"]), headers=headers).status_code == 411


def test_an_error_is_a_page_without_details(console: Console) -> None:
    page = console.login("beheerder").get("/accounts/nietbestaand")
    assert page.status_code == 400 and "klopt niet" in page.text
    page = console.login("beheerder").get("/nergens")
    assert page.status_code == 404 and "Niet gevonden" in page.text
