"""Who asks for a page, and whether they may: every route of the console has exactly one of these dependencies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import Depends, Request
from fastapi.routing import APIRoute

from assistant.console.cookies import session_cookie
from assistant.console.errors import NotAllowed, SessionNeeded
from assistant.console.rooms import rooms
from assistant.core.scope import Scope
from assistant.staff import sessions
from assistant.staff.rights import Right, rights_of


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody of the staff who is logged in. Every right holds in every municipality of the scope, nowhere else."""

    account_id: int
    name: str
    email: str
    roles: frozenset[str]
    scope: Scope
    rights: frozenset[Right]

    def may(self, right: Right) -> bool:
        """Whether somebody has a right; templates use it to leave out what they cannot do."""
        return right in self.rights


@dataclass(frozen=True, slots=True)
class Visit:
    """A request of somebody who is logged in."""

    staff: Staff
    session: sessions.OpenSession
    csrf: str


Dependency = Callable[[Request], Staff]
_RIGHTS: dict[Any, Right | None] = {}


def _dependency(right: Right | None) -> Dependency:
    def asks(request: Request) -> Staff:
        visit = visit_of(request)
        if isinstance(visit, sessions.Lapsed) or visit is None:
            raise SessionNeeded(visit.account_id if visit else None)
        if right is not None and right not in visit.staff.rights:
            raise NotAllowed
        return visit.staff

    _RIGHTS[asks] = right
    return asks


def allowed(right: Right) -> Any:
    """Return the dependency for a page that needs a right: `staff: Annotated[Staff, allowed(Right.DESK_READ)]`."""
    return Depends(_dependency(right))


SIGNED_IN: Any = Depends(_dependency(None))
"""The dependency for a page of everybody who is logged in: `staff: Annotated[Staff, SIGNED_IN]`."""


def visit_of(request: Request) -> Visit | sessions.Lapsed | None:
    """Return who asks, looked up once per request."""
    if not hasattr(request.state, "visit"):
        request.state.visit = _look_up(request)
    found: Visit | sessions.Lapsed | None = request.state.visit
    return found


def here(request: Request) -> Visit:
    """Return the visit of a page behind one of the dependencies above."""
    visit = visit_of(request)
    assert isinstance(visit, Visit)
    return visit


def asked_right(route: APIRoute) -> tuple[bool, Right | None]:
    """Return whether a route has one of the dependencies, and its right. For the tests of the route table."""
    found = [_RIGHTS[one.call] for one in route.dependant.dependencies if one.call in _RIGHTS]
    return bool(found), found[0] if found else None


def _look_up(request: Request) -> Visit | sessions.Lapsed | None:
    token = session_cookie(request)
    if not token:
        return None
    found = sessions.find(rooms(request).database, token, rooms(request).now())
    if not isinstance(found, sessions.OpenSession):
        return found
    staff = Staff(found.account_id, found.name, found.email, found.roles, found.scope, rights_of(found.roles))
    return Visit(staff, found, sessions.csrf_of(token))
