"""Every route of the console, asked as every role with whatever somebody might send: never broken, always a sentence.

Made from the route table: values for the path (things that exist, and things that cannot), the fields that a route
reads and the names that stand in our forms. HYPOTHESIS_MAX_EXAMPLES asks for more than the few of every day.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, Phase, example, given, seed, settings
from hypothesis import strategies as st

from assistant.console import learning_models
from assistant.console.app import PUBLIC
from assistant.staff.rights import Role
from tests.security.hostile import ANYTHING, breaks
from tests.unit.console.conftest import ADDRESS, Console, StaffClient
from tests.unit.console.objects import EXAMPLES
from tests.unit.console.test_access import CALLS, anything, filled

ROOT = Path(__file__).resolve().parents[2]
CASES = int(os.environ.get("HYPOTHESIS_MAX_EXAMPLES", "2"))
"""For each route; each case is asked as nobody and as every role."""
OPEN = [(route, method) for module in PUBLIC for route in module.router.routes for method in sorted(route.methods)]
ALL = [*CALLS, *OPEN]
FIELDS = sorted(
    {
        name
        for page in (ROOT / "assistant/console/templates").rglob("*.html")
        for name in re.findall(r'name="(\w+)"|field\("(\w+)"', page.read_text(encoding="utf-8"))
        for name in name
        if name
    }
    - {"csrf"}
)
few = settings(
    max_examples=CASES, deadline=None, database=None, phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
SEEN: dict[int, int] = {}
ANSWERS_OPENED: set[str] = set()
"""There are hundreds and they are the same for every role: each is opened by one."""


class Crowd:
    """Nobody, and one of each role, in a console of one municipality."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._clients: dict[str, StaffClient] = {}

    def __iter__(self) -> Iterator[tuple[str, StaffClient]]:
        for who in ("nobody", *Role):
            if who not in self._clients:
                client = self._console.anonymous() if who == "nobody" else self._console.login(who)
                browser = StaffClient(
                    self._console.app, base_url=ADDRESS, follow_redirects=False, raise_server_exceptions=False
                )
                browser.token, browser.cookies = client.token, client.cookies
                self._clients[who] = browser
            yield who, self._clients[who]

    def left(self, who: str) -> None:
        """Log somebody in anew, whose session was ended by what they sent."""
        self._clients.pop(who, None)


def fields_of(route: APIRoute) -> st.SearchStrategy[dict[str, Any]]:
    """Return values for the fields that a route reads, and for some of other forms."""
    read = [one.alias for one in (*route.dependant.query_params, *route.dependant.body_params)]
    own = st.fixed_dictionaries({}, optional=dict.fromkeys(read, ANYTHING | st.lists(ANYTHING, max_size=3)))
    return st.builds(lambda a, b: a | b, st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=3), own)


def files_of(route: APIRoute) -> st.SearchStrategy[dict[str, Any] | None]:
    if "import" not in route.path or "{" in route.path:
        return st.none()
    name, body = st.sampled_from(["a.csv", "a.xlsx", "../../x.csv", "", "a.exe"]), st.binary(max_size=200)
    return st.none() | st.builds(lambda name, body: {"bestand": (name, body)}, name, body)


def send(client: StaffClient, method: str, path: str, fields: dict[str, Any], files: dict[str, Any] | None) -> Any:
    if method == "GET":
        return client.get(path, params=fields)
    return (
        client.submit(path, fields, files)
        if client.token
        else client.post(path, data=fields, files=files, headers={"sec-fetch-site": "same-origin"})
    )


@pytest.mark.parametrize(("route", "method"), ALL, ids=[f"{method} {route.path}" for route, method in ALL])
def test_whatever_is_sent_gets_an_answer(
    console: Console, route: APIRoute, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning_models, "start_process", lambda place: None)  # training takes minutes
    crowd, thing = Crowd(console), EXAMPLES.get(route.path)
    made = filled(route.path, thing.make(console, "almere")) if thing else anything(route.path)
    names = re.findall(r"{(\w+)(?::\w+)?}", route.path)
    guessed = st.fixed_dictionaries(dict.fromkeys(names, ANYTHING)).map(
        lambda values: filled(route.path, {name: quote(value, safe="") or "-" for name, value in values.items()})
    )

    @seed(20261122)
    @few
    @example(made, {}, None)  # the thing that is there, and nothing filled in
    @given(st.just(made) | guessed, fields_of(route), files_of(route))
    def ask(path: str, fields: dict[str, Any], files: dict[str, Any] | None) -> None:
        for who, client in crowd:
            answer = send(client, method, path, fields, files)
            assert breaks(answer) is None, (who, method, path, fields, breaks(answer))
            SEEN[answer.status_code] = SEEN.get(answer.status_code, 0) + 1
            if answer.headers.get("location", "").startswith("/inloggen") or route.path == "/uitloggen":
                crowd.left(who)

    ask()


@pytest.mark.parametrize("who", list(Role))
def test_every_link_of_every_page_opens(console: Console, who: Role) -> None:
    """With one thing in every room: what a page leads to is there, and is shown."""
    for found in {id(one.make): one for one in EXAMPLES.values() if not one.personal}.values():
        found.make(console, "almere")
    client = StaffClient(console.app, base_url=ADDRESS, follow_redirects=False, raise_server_exceptions=False)
    seen = console.login(who)
    client.token, client.cookies = seen.token, seen.cookies
    ahead, opened = ["/"], set()
    while ahead and len(opened) < 700:
        path = ahead.pop()
        opened.add(path)
        if path.startswith("/antwoorden/tekst/"):
            if path in ANSWERS_OPENED:
                continue
            ANSWERS_OPENED.add(path)
        answer = client.get(path)
        assert breaks(answer) is None and answer.status_code not in (403, 404), (who, path, answer.status_code)
        if "text/html" in answer.headers.get("content-type", ""):
            links = re.findall(r'href="(/[^"#]*)"', unescape(answer.text))
            ahead += [one for one in dict.fromkeys(links) if _is_new(one, opened) and one not in ahead]
    assert len(opened) > 10


def _is_new(path: str, opened: set[str]) -> bool:
    """Whether a page was not opened yet; of a page with filters in its address a few are enough."""
    plain = path.split("?")[0]
    return (
        path not in opened
        and not plain.startswith(("/static", "/inloggen"))
        and ("?" not in path or sum(one.startswith(f"{plain}?") for one in opened) < 5)
    )


def test_the_crowd_got_past_the_doors() -> None:
    """A fuzz that only meets refusals proves nothing; this one runs last in the file."""
    print("answers by status:", dict(sorted(SEEN.items())))
    if sum(SEEN.values()) > 5 * len(ALL):  # not when one route was chosen with -k
        assert SEEN[200] > 200 and SEEN[403] > 200 and SEEN[404] > 50 and SEEN[303] > 100
