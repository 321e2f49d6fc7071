"""Logging in with the OpenID provider of the organisation: there, and back."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from assistant.console import cookies
from assistant.console.browsers import browser_of
from assistant.console.errors import NotHere
from assistant.console.login import base_of, end_former, login_page, safe
from assistant.console.rooms import rooms
from assistant.staff import provider_login
from assistant.staff.errors import ProviderRefused
from assistant.staff.provider import Provider

router = APIRouter()


@router.get("/inloggen/organisatie")
def away(request: Request, verder: str = "/", opnieuw: str = "") -> Response:
    """Send the browser to the provider, with a cookie that it must bring back. Nothing is kept here meanwhile."""
    provider, place = _provider(request), rooms(request)
    try:
        out = provider.outward(_callback(request), again=bool(opnieuw))
    except ProviderRefused as error:
        return login_page(request, verder, error.why, status=503)
    kept = provider_login.remember(place.seal, out, safe(verder), place.now())
    response = RedirectResponse(out.address, status_code=303)
    cookies.give(request, response, cookies.PROVIDER, kept, cookies.PROVIDER_SECONDS)
    return response


@router.get("/inloggen/terug")
def back(request: Request, state: str = "", code: str = "") -> Response:
    """Take somebody in who comes back with a code."""
    provider, place = _provider(request), rooms(request)
    kept = cookies.read(request, cookies.PROVIDER)
    try:
        if not state or not code or not kept:
            raise ProviderRefused("De inlogdienst gaf geen toegang. Begin opnieuw.")
        visit = provider_login.come_back(place.seal, kept, state, place.now())
        claims, id_token = provider.claims(_callback(request), code, visit.nonce, visit.verifier)
        grant = provider_login.grant_from(claims, place.groups)
        with place.database.session() as session:
            token = provider_login.log_in(
                session, provider.issuer, claims, grant, id_token, place.now(), browser_of(request)
            )
    except ProviderRefused as error:
        response = login_page(request, "/", error.why, status=403)
    else:
        end_former(request)
        response = RedirectResponse(safe(visit.onward), status_code=303)
        cookies.give(request, response, cookies.SESSION, token)
    cookies.take(request, response, cookies.PROVIDER)
    return response


def _provider(request: Request) -> Provider:
    provider = rooms(request).provider
    if provider is None:
        raise NotHere
    return provider


def _callback(request: Request) -> str:
    return f"{base_of(request)}/inloggen/terug"
