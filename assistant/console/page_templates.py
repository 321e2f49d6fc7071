"""The page templates of the console, and how one becomes a response."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.answers import dutch_moment
from assistant.console import moments
from assistant.console.access import Staff, Visit, here
from assistant.console.rooms import rooms
from assistant.staff import sessions
from assistant.staff.rights import Right

STATIC = Path(__file__).parent / "static"
_loader = FileSystemLoader(Path(__file__).parent / "templates")
_templates = Environment(
    loader=_loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
)
_templates.filters |= {
    "day": moments.day,
    "moment": moments.moment,
    "clock": moments.clock,
    "when_to_call": dutch_moment,
}


def page(request: Request, staff: Staff, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page for somebody who is logged in.

    Every template gets: `staff`, `Right`, `path`, `menu`, `flash`, `csrf()` for its forms and `crumbs`, a list of
    (name, address) above the title, empty unless it is among the values.
    """
    visit = here(request)
    usual = {
        "staff": staff,
        "menu": request.app.state.menu.groups(staff),
        "flash": _take_flash(request, visit),
        "csrf": lambda: Markup('<input type="hidden" name="csrf" value="{}">').format(visit.csrf),
        "csrf_value": visit.csrf,
    }
    return _page(request, template, status, usual | values)


def fragment(request: Request, staff: Staff, template: str, **values: Any) -> HTMLResponse:
    """Return a part of a page, for htmx; a sentence for the top of the page stays for the next whole one."""
    visit = here(request)
    usual = {
        "staff": staff,
        "csrf": lambda: Markup('<input type="hidden" name="csrf" value="{}">').format(visit.csrf),
    }
    return _page(request, template, 200, usual | values)


def public_page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page for who is not logged in: logging in, an invitation, an error."""
    return _page(request, template, status, {"staff": None, "menu": [], "flash": None, "csrf_value": ""} | values)


def onward(request: Request, path: str, sentence: str | None = None) -> RedirectResponse:
    """Send the browser to a page after a form (303), with a sentence for its top."""
    if sentence:
        with rooms(request).database.session() as session:
            sessions.say_next(session, here(request).session.id_hash, sentence)
    return RedirectResponse(path, status_code=303)


def _page(request: Request, template: str, status: int, values: dict[str, Any]) -> HTMLResponse:
    usual: dict[str, Any] = {"path": request.url.path, "crumbs": [], "Right": Right, "asset": asset}
    return HTMLResponse(_templates.get_template(template).render(usual | values), status_code=status)


def _take_flash(request: Request, visit: Visit) -> str | None:
    if visit.session.flash:
        with rooms(request).database.session() as session:
            sessions.say_next(session, visit.session.id_hash, None)
    return visit.session.flash


@cache
def asset(name: str) -> str:
    """Return the address of a static file with a mark of its contents, so that a browser may keep it."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"
