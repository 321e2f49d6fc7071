"""Nothing that was typed is lost when a session ends: the form waits here until its person has logged in again."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from assistant.console.access import SIGNED_IN, Staff
from assistant.console.csrf import FIELD, SAFE
from assistant.console.errors import NotHere
from assistant.console.page_templates import page
from assistant.console.rooms import Rooms, rooms
from assistant.http.sent_address import parts_of
from assistant.staff.kept import KeptForm, keep, take

router = APIRouter()


async def to_login(request: Request, account_id: int | None) -> Response:
    """Send somebody to the login page, and keep what they were sending when we know whose it is."""
    onward = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if request.method not in SAFE:
        onward = await _kept(request, account_id) or _page_of(request)
    address = f"/inloggen?{urlencode({'verder': onward})}" if onward != "/" else "/inloggen"
    if "hx-request" in request.headers:  # htmx would put the login page inside the part that it refreshes
        return Response(status_code=204, headers={"HX-Redirect": address})
    return RedirectResponse(address, status_code=303)


@router.get("/bewaard/{token}")
def kept(request: Request, staff: Annotated[Staff, SIGNED_IN], token: str) -> HTMLResponse:
    """The form that waited, to look over and send after all."""
    place = rooms(request)
    with place.database.session() as session:
        form = take(session, staff.account_id, token, place.now())
    if form is None:
        raise NotHere
    return page(request, staff, "kept_form.html", form=form)


async def _kept(request: Request, account_id: int | None) -> str | None:
    if account_id is None:
        return None
    form = await request.form()
    fields = [(name, value) for name, value in form.multi_items() if isinstance(value, str) and name != FIELD]
    if not fields:
        return None
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return await run_in_threadpool(_keep, rooms(request), account_id, KeptForm(path, _page_of(request), fields))


def _keep(place: Rooms, account_id: int, form: KeptForm) -> str | None:
    with place.database.session() as session:
        token = keep(session, account_id, form, place.now())
    return f"/bewaard/{token}" if token else None


def _page_of(request: Request) -> str:
    """Return the page on which a form stands, as the browser says; the start page when it does not."""
    parts = parts_of(request.headers.get("referer", ""))
    if parts.netloc != request.headers.get("host") or not parts.path.startswith("/") or parts.path.startswith("//"):
        return "/"
    return parts.path + (f"?{parts.query}" if parts.query else "")
