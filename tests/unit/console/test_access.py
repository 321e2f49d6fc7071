"""Every route of the console, generated from its route table: who may come in, and whose things they find."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from assistant.console import app as console_module
from assistant.console.access import asked_right
from assistant.console.app import PAGES, PUBLIC
from assistant.staff.rights import RIGHTS, Right, Role
from tests.unit.console.conftest import Console, StaffClient
from tests.unit.console.objects import EXAMPLES, Example

for _file in sorted(Path(__file__).parent.glob("objects_*.py")):
    import_module(f"tests.unit.console.{_file.stem}")
ROUTES = [route for module in PAGES for route in module.router.routes if isinstance(route, APIRoute)]
CALLS = [(route, method) for route in ROUTES for method in sorted(route.methods)]
IDS = [f"{method} {route.path}" for route, method in CALLS]
WITH_ID = [(route, method) for route, method in CALLS if "{" in route.path]


def call(client: StaffClient, method: str, path: str, form: dict[str, object] | None = None) -> int:
    done = client.submit(path, form) if method == "POST" else client.request(method, path)
    return done.status_code


def filled(path: str, values: dict[str, str]) -> str:
    return re.sub(r"{(\w+)(?::\w+)?}", lambda found: values[found[1]], path)


def anything(path: str) -> str:
    return re.sub(r"{(\w+)(?::\w+)?}", "1", path)


def test_the_app_has_no_route_beside_the_page_modules(console: Console) -> None:
    public = [route for module in PUBLIC for route in module.router.routes]
    known = {getattr(route, "path", "") for route in [*ROUTES, *public]} | {"/static"}
    assert {path for path in paths_of(console.app.routes) if path not in known} == set()


def paths_of(routes: list[BaseRoute]) -> set[str]:
    found: set[str] = set()
    for route in routes:
        inner = getattr(route, "original_router", None) or getattr(route, "router", None)
        found |= paths_of(inner.routes) if inner is not None else {getattr(route, "path", "")}
    return found - {""}


@pytest.mark.parametrize(("route", "method"), CALLS, ids=IDS)
def test_every_route_asks_who_is_there(route: APIRoute, method: str) -> None:
    assert asked_right(route)[0], "no `allowed(Right.X)` and no SIGNED_IN"


@pytest.mark.parametrize(("route", "method"), CALLS, ids=IDS)
def test_without_a_session_to_the_login_page(console: Console, route: APIRoute, method: str) -> None:
    client = console.anonymous()
    done = client.request(method, anything(route.path), headers={"sec-fetch-site": "same-origin"})
    assert (done.status_code, done.headers["location"].split("?")[0]) == (303, "/inloggen")


@pytest.mark.parametrize(("route", "method"), CALLS, ids=IDS)
def test_without_the_right_no_entry(console: Console, route: APIRoute, method: str) -> None:
    right = asked_right(route)[1]
    for role in (role for role in Role if right is not None and right not in RIGHTS[role]):
        assert call(console.login(role), method, anything(route.path)) == 403, role


@pytest.mark.parametrize(
    ("route", "method"), [c for c in CALLS if c[1] == "POST"], ids=[i for i in IDS if i[:4] == "POST"]
)
def test_a_form_of_another_site_is_refused(console: Console, route: APIRoute, method: str) -> None:
    role = roles_of(route)[0]
    client, path = console.login(role), anything(route.path)
    proof = {"csrf": client.csrf}
    for headers in (
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://evil.nl"},
        {"origin": "http://[::1"},
    ):
        assert client.post(path, data=proof, headers=headers).status_code == 403, headers
    assert client.post(path, data={"csrf": "0" * 64}, headers={"sec-fetch-site": "same-origin"}).status_code == 403


@pytest.mark.parametrize(("route", "method"), WITH_ID, ids=[f"{m} {r.path}" for r, m in WITH_ID])
def test_a_thing_of_another_municipality_is_not_here(console: Console, route: APIRoute, method: str) -> None:
    assert route.path in EXAMPLES, f"register an example for {route.path} in tests/unit/console/objects.py"
    found = EXAMPLES[route.path]
    path = filled(route.path, found.make(console, "almere"))
    for role in roles_of(route):
        client = console.login(role, scope={"almere"} if found.personal else {"steenwijkerland", "landelijk"})
        assert call(client, method, path, dict(found.form)) == 404, role
    if not found.personal:
        _inside(console, route, method, path, found)


def _inside(console: Console, route: APIRoute, method: str, path: str, found: Example) -> None:
    """The same address with the right scope is there: else a 404 above would say nothing."""
    inside = call(console.login(roles_of(route)[0], scope={"almere"}), method, path, dict(found.form))
    assert inside not in (403, 404, 405, 500), inside


def roles_of(route: APIRoute) -> list[Role]:
    """The roles that may ask for a route: every one when it is for all who are logged in."""
    right = asked_right(route)[1]
    found = [role for role in Role if right is None or right in RIGHTS[role]]
    assert found, f"no role has {right}"
    return found


def test_every_right_belongs_to_a_role_and_none_has_all() -> None:
    assert {right for role in Role for right in RIGHTS[role]} == set(Right)
    assert all(len(rights) < len(Right) for rights in RIGHTS.values())


def test_examples_are_for_routes_that_exist() -> None:
    assert set(EXAMPLES) <= {route.path for route in ROUTES}
    assert console_module.PAGES
