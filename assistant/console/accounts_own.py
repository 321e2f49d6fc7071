"""One's own account: what one may do, password, recovery codes, and logging out everywhere."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from assistant.console.access import SIGNED_IN, Staff, here
from assistant.console.page_templates import onward, page
from assistant.console.rooms import rooms
from assistant.staff import enrolment, sessions
from assistant.staff.audit import note
from assistant.staff.errors import LoginBusy, LoginRefused, PasswordWeak

router = APIRouter()
SignedIn = Annotated[Staff, SIGNED_IN]
_BUSY = "Het is erg druk. Probeer het over een halve minuut nog eens."
_WRONG = "Dit is niet uw wachtwoord van nu."
_LOG_IN_AGAIN = "Log eerst opnieuw in bij uw organisatie, dan weten wij zeker dat u het bent."


@router.get("/mijn-account")
def own(request: Request, staff: SignedIn) -> Response:
    """What the console knows of who is logged in."""
    return _page(request, staff)


@router.post("/mijn-account/wachtwoord")
def change_password(
    request: Request,
    staff: SignedIn,
    nu: Annotated[str, Form(max_length=500)],
    nieuw: Annotated[str, Form(max_length=500)],
) -> Response:
    """Change the password; every other session ends."""
    place, staying = rooms(request), here(request).session.id_hash
    try:
        enrolment.change_password(
            place.database, place.passwords, staff.account_id, nu, nieuw, place.now(), staying=staying
        )
    except PasswordWeak as error:
        return _page(request, staff, {"nieuw": error.why})
    except LoginRefused:
        return _page(request, staff, {"nu": _WRONG})
    except LoginBusy:
        return _page(request, staff, {"nu": _BUSY})
    return onward(request, "/mijn-account", "Uw wachtwoord is gewijzigd. Andere apparaten zijn uitgelogd.")


@router.post("/mijn-account/herstelcodes")
def renew_codes(request: Request, staff: SignedIn, wachtwoord: Annotated[str, Form(max_length=500)]) -> Response:
    """New recovery codes in the place of the old ones, shown once."""
    place = rooms(request)
    try:
        codes = enrolment.renew_codes(place.database, place.passwords, staff.account_id, wachtwoord, place.now())
    except LoginRefused:
        return _page(request, staff, {"wachtwoord": _WRONG})
    except LoginBusy:
        return _page(request, staff, {"wachtwoord": _BUSY})
    return page(request, staff, "login_codes.html", codes=codes, crumbs=[("Mijn account", "/mijn-account")])


@router.post("/mijn-account/uitloggen")
def leave_elsewhere(
    request: Request,
    staff: SignedIn,
    bevestig: Annotated[str, Form(max_length=500)] = "",
    plek: Annotated[list[str], Form()] = [],  # noqa: B006  FastAPI copies it
) -> Response:
    """End the chosen sessions, or every other one; the person proves again who they are."""
    place, now = rooms(request), rooms(request).now()
    if problem := _unproven(request, staff, bevestig):
        return _page(request, staff, {"bevestig": problem})
    with place.database.session() as session:
        ended = (
            sessions.end_chosen(session, staff.account_id, plek, now)
            if plek
            else sessions.end_all(session, staff.account_id, now, but=here(request).session.id_hash)
        )
        note(session, staff.account_id, "elders uitgelogd", f"account {staff.account_id}", _home(staff), now)
    words = "Op 1 andere plek bent u nu uitgelogd." if ended == 1 else f"Op {ended} andere plekken bent u nu uitgelogd."
    return onward(request, "/mijn-account", words)


@router.get("/sessie")
def stay(request: Request, staff: SignedIn) -> Response:
    """Nothing but a sign that somebody is still there: looking the session up keeps it."""
    return Response(status_code=204)


def _unproven(request: Request, staff: Staff, password: str) -> str | None:
    """Return why somebody has not proven again who they are: a password, or a fresh login with the provider."""
    place, visit = rooms(request), here(request)
    if visit.session.method != "local":
        return None if visit.session.is_fresh(place.now()) else _LOG_IN_AGAIN
    try:
        enrolment.prove(place.database, place.passwords, staff.account_id, password)
    except LoginRefused:
        return _WRONG
    except LoginBusy:
        return _BUSY
    return None


def _page(request: Request, staff: Staff, errors: dict[str, str] | None = None) -> Response:
    place, visit = rooms(request), here(request)
    named = [place.municipalities.get(one, one) for one in sorted(staff.scope)]
    with place.database.session(write=False) as session:
        places = sessions.places_of(session, staff.account_id, place.now(), visit.session.id_hash)
    return page(
        request, staff, "accounts_own.html", 400 if errors else 200, errors=errors or {}, municipalities=named,
        is_local=visit.session.method == "local", ends_at=visit.session.ends_at, places=places,
        is_fresh=visit.session.is_fresh(place.now()),
    )  # fmt: skip


def _home(staff: Staff) -> str | None:
    return next(iter(staff.scope)) if len(staff.scope) == 1 else None
