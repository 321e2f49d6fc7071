"""What a person sees when something cannot be: a page with a way on, or the login page with their form kept."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from assistant.console import kept_form
from assistant.console.access import Visit, visit_of
from assistant.console.errors import ConsoleError, CrossSite, NotAllowed, SessionNeeded
from assistant.console.headers import put_on
from assistant.console.page_templates import page, public_page
from assistant.database import DatabaseUnavailable

logger = structlog.get_logger(__name__)
_WORDS = {
    400: ("Dit formulier klopt niet", "Er ontbreekt iets, of er staat iets in wat niet kan. Ga terug en kijk het na."),
    403: ("Geen toegang", "U heeft geen recht op deze pagina. Vraag de beheerder als u die nodig heeft voor uw werk."),
    404: ("Niet gevonden", "Deze pagina bestaat niet, of hoort niet bij uw gemeente."),
    413: ("Te groot", "Wat u verstuurde is te groot."),
    500: ("Er ging iets mis", "Dit ligt niet aan u. Probeer het zo nog eens. Blijft het misgaan? Bel de beheerder."),
    503: ("Even niet bereikbaar", "De database antwoordt niet. Probeer het over een minuut nog eens."),
}
_FOREIGN = (
    "Dit formulier kwam niet van een pagina van deze console, of van een oude. Ga terug en laad de pagina opnieuw."
)


def install(app: FastAPI) -> None:
    """Turn every error of the console into a page."""

    async def session_needed(request: Request, error: Exception) -> Response:
        assert isinstance(error, SessionNeeded)
        return await kept_form.to_login(request, error.account_id)

    async def ours(request: Request, error: Exception) -> Response:
        words = _FOREIGN if isinstance(error, CrossSite) else None
        if isinstance(error, CrossSite | NotAllowed):
            logger.warning("refused", kind=type(error).__name__, route=_route(request), account=_account(request))
        return await _explain(request, getattr(error, "status", 500), words)

    async def invalid(request: Request, error: Exception) -> Response:
        return await _explain(request, 400)

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return await _explain(request, error.status_code)

    async def no_database(request: Request, error: Exception) -> Response:
        return await _explain(request, 503)

    async def unexpected(request: Request, error: Exception) -> Response:
        logger.error("unexpected error in the console", kind=type(error).__name__, route=_route(request))
        response = await _explain(request, 500)
        put_on(response.headers, request.scope)
        return response

    app.add_exception_handler(SessionNeeded, session_needed)
    app.add_exception_handler(ConsoleError, ours)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(DatabaseUnavailable, no_database)
    app.add_exception_handler(Exception, unexpected)


async def _explain(request: Request, status: int, words: str | None = None) -> Response:
    title, text = _WORDS.get(status, _WORDS[400 if status < 500 else 500])
    return await run_in_threadpool(_page, request, status, title, words or text)


def _page(request: Request, status: int, title: str, text: str) -> Response:
    """With the menu when somebody is logged in; the database may be the very thing that fails."""
    show: Callable[..., Response] = public_page
    try:
        visit = visit_of(request)
        if isinstance(visit, Visit):
            return page(request, visit.staff, "failure.html", status, title=title, text=text)
    except DatabaseUnavailable:
        pass
    return show(request, "failure.html", status, title=title, text=text)


def _route(request: Request) -> str:
    """Return the pattern of the route: the path itself may hold the secret of an invitation."""
    return str(getattr(request.scope.get("route"), "path", "other"))


def _account(request: Request) -> int | None:
    """Return whose session it was; None without one, or when nobody looked yet."""
    visit = getattr(request.state, "visit", None)
    return visit.staff.account_id if isinstance(visit, Visit) else None
