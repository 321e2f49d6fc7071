"""Logging in with a local account, staying, and logging out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from assistant.console import cookies
from assistant.console.access import Visit, visit_of
from assistant.console.browsers import browser_of
from assistant.console.page_templates import public_page
from assistant.console.rooms import Rooms, rooms
from assistant.staff import sessions
from assistant.staff.audit import note
from assistant.staff.errors import LoginBusy, LoginRefused, LoginTooSoon
from assistant.staff.log_in import Claim, log_in
from assistant.staff.secret import digest

router = APIRouter()
_REFUSED = (
    "Dit klopt niet. Kijk uw mailadres, wachtwoord en code na. Een code werkt één keer: wacht anders op de volgende."
)
_BUSY = "Het is erg druk. Probeer het over een halve minuut nog eens."


@router.get("/inloggen")
def form(request: Request, verder: str = "/") -> Response:
    """The page to log in; who is logged in goes on at once."""
    if isinstance(visit_of(request), Visit):
        return RedirectResponse(safe(verder), status_code=303)
    return login_page(request, verder)


@router.post("/inloggen")
def submit(
    request: Request,
    email: Annotated[str, Form(max_length=255)],
    wachtwoord: Annotated[str, Form(max_length=500)],
    code: Annotated[str, Form(max_length=40)],
    verder: Annotated[str, Form(max_length=600)] = "/",
) -> Response:
    """Check what was typed. Whatever is wrong, the sentence is the same."""
    place = rooms(request)
    claim = Claim(email, wachtwoord, code, cookies.read(request, cookies.DEVICE), browser_of(request))
    try:
        done = log_in(place.database, place.passwords, place.seal, claim, place.now())
    except LoginRefused:
        return login_page(request, verder, _REFUSED, email, status=400)
    except LoginTooSoon as error:
        return login_page(request, verder, _wait(error.seconds), email, status=429)
    except LoginBusy:
        return login_page(request, verder, _BUSY, email, status=503)
    end_former(request)
    response = RedirectResponse(safe(verder), status_code=303)
    cookies.give(request, response, cookies.SESSION, done.token)
    cookies.give(request, response, cookies.DEVICE, done.device, cookies.DEVICE_SECONDS)
    if done.recovery_left is not None:
        _warn(place, done.token, done.recovery_left)
    return response


@router.post("/uitloggen")
def leave(request: Request) -> Response:
    """End the session here, and say how to end it at the provider too."""
    visit, place, outside = visit_of(request), rooms(request), None
    if isinstance(visit, Visit):
        with place.database.session() as session:
            sessions.end(session, visit.session.id_hash, place.now())
            account_id = visit.staff.account_id
            home = next(iter(visit.staff.scope)) if len(visit.staff.scope) == 1 else None
            note(session, account_id, "uitgelogd", f"account {account_id}", home, place.now())
        if visit.session.method == "oidc" and place.provider:
            outside = place.provider.logout_address(visit.session.id_token, f"{base_of(request)}/inloggen")
    response = public_page(request, "logged_out.html", outside=outside)
    cookies.take(request, response, cookies.SESSION)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'  # not the cookies: one says that we know this browser
    return response


def end_former(request: Request) -> None:
    """End the session that this browser still had: a login gives a new one in its place."""
    visit, place = visit_of(request), rooms(request)
    if isinstance(visit, Visit):
        with place.database.session() as session:
            sessions.end(session, visit.session.id_hash, place.now())


def login_page(
    request: Request, verder: str, problem: str | None = None, email: str = "", status: int = 200
) -> Response:
    """Return the login page, with what went wrong."""
    provider = rooms(request).provider is not None
    return public_page(
        request, "login.html", status, onward=safe(verder), problem=problem, email=email, provider=provider
    )


def safe(path: str) -> str:
    """Return a path of this console; the start page for anything else. Keeps a login from leading elsewhere."""
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and len(path) <= 600
    return path if is_ours else "/"


def base_of(request: Request) -> str:
    """Return the address of this console as the browser knows it; the host was checked against the settings."""
    return rooms(request).settings.console_url.rstrip("/") or str(request.base_url).rstrip("/")


def _wait(seconds: int) -> str:
    how_long = f"{seconds} seconden" if seconds < 90 else f"{-(-seconds // 60)} minuten"
    return f"Er is te vaak iets verkeerds ingevuld. Wacht {how_long} en probeer het dan opnieuw."


def _warn(place: Rooms, token: str, left: int) -> None:
    words = f"U heeft een herstelcode gebruikt; er zijn er nog {left}. Maak nieuwe bij Mijn account."
    with place.database.session() as session:
        sessions.say_next(session, digest(token), words)
