"""Errors as problem documents (RFC 9457): a stable code for programs, a kind sentence for people."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assistant.answers import AnswerBook
from assistant.core.context import TalkContext
from assistant.errors import MeedoenError
from assistant.gateway.headers import put_on

logger = structlog.get_logger(__name__)
MEDIA_TYPE = "application/problem+json"
_HTTP_KEYS = {404: ("http.not_found", "fout/niet_gevonden"), 405: ("http.method", "fout/niet_gevonden")}


def problem(status: int, code: str, sentence: str) -> JSONResponse:
    """Return a problem document. `detail` may be shown to a person."""
    body = {"type": f"urn:meedoen:{code}", "title": code, "status": status, "code": code, "detail": sentence}
    return JSONResponse(body, status_code=status, media_type=MEDIA_TYPE)


def install(app: FastAPI, book: Callable[[], AnswerBook]) -> None:
    """Turn every error of the app into a problem document."""

    def sentence(key: str) -> str:
        return book().word(key if key in book().standard else "storing/algemeen", TalkContext()).text

    async def known(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, MeedoenError)
        return problem(getattr(error, "status", 503), error.code, sentence(error.answer_key))

    async def invalid(request: Request, error: Exception) -> JSONResponse:
        return problem(422, "request.invalid", sentence("fout/verzoek"))

    async def http(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        code, key = _HTTP_KEYS.get(error.status_code, ("http.error", "fout/verzoek"))
        return problem(error.status_code, code, sentence(key))

    async def unexpected(request: Request, error: Exception) -> JSONResponse:
        logger.error("unexpected error", kind=type(error).__name__, route=_route(request))
        response = problem(500, "server.error", sentence("storing/algemeen"))
        put_on(response.headers, request.scope)
        return response

    handlers: dict[type[Exception], Callable[[Request, Exception], Awaitable[JSONResponse]]] = {
        MeedoenError: known,
        RequestValidationError: invalid,
        HTTPException: http,
        Exception: unexpected,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


def _route(request: Request) -> str:
    """Return the pattern of the route: the path itself may hold the id of a talk or a secret of a link."""
    return str(getattr(request.scope.get("route"), "path", "other"))
