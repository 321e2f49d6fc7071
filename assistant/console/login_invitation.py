"""Taking an account into use: the page behind the link of an invitation."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from markupsafe import Markup
from starlette.responses import Response

from assistant.console.page_templates import public_page
from assistant.console.rooms import rooms
from assistant.staff import enrolment, second_step
from assistant.staff.errors import InvitationInvalid, LoginBusy, LoginRefused, PasswordWeak

router = APIRouter()


@router.get("/uitnodiging/{token}")
def invitation(request: Request, token: str) -> Response:
    """Password, app and first code on one page. Opening it does not use the link up: mail scanners open links."""
    return _page(request, token)


@router.post("/uitnodiging/{token}")
def accept(
    request: Request,
    token: str,
    wachtwoord: Annotated[str, Form(max_length=500)],
    nogmaals: Annotated[str, Form(max_length=500)],
    code: Annotated[str, Form(max_length=40)],
) -> Response:
    """Take the account into use, and show its recovery codes once."""
    place = rooms(request)
    if wachtwoord != nogmaals:
        return _page(request, token, {"nogmaals": "De twee wachtwoorden zijn niet hetzelfde."})
    try:
        codes = enrolment.accept(place.database, place.seal, place.passwords, token, wachtwoord, code, place.now())
    except PasswordWeak as error:
        return _page(request, token, {"wachtwoord": error.why})
    except LoginRefused:
        return _page(request, token, {"code": "Deze code klopt niet. Wacht op de volgende in uw app en vul die in."})
    except LoginBusy:
        return _page(request, token, {"wachtwoord": "Het is erg druk. Probeer het over een halve minuut nog eens."})
    except InvitationInvalid:
        return _page(request, token)
    return public_page(request, "login_codes.html", codes=codes)


def _page(request: Request, token: str, errors: dict[str, str] | None = None) -> Response:
    place = rooms(request)
    try:
        known = enrolment.invited(place.database, place.seal, token, place.now())
    except InvitationInvalid:
        title, text = "Deze uitnodiging werkt niet meer", "Ze is gebruikt of te oud. Vraag de beheerder om een nieuwe."
        return public_page(request, "failure.html", 404, title=title, text=text)
    picture = Markup(second_step.picture(known.secret, known.email))  # noqa: S704  made by segno, no text of anybody
    return public_page(
        request, "login_invitation.html", 400 if errors else 200, known=known, token=token, errors=errors or {},
        picture=picture, typed=second_step.in_groups(known.secret),
    )  # fmt: skip
