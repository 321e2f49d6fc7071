"""Requests that are too large are refused before anything is read of them."""

from __future__ import annotations

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.console.csrf import SAFE

LARGEST = 10 * 1024 * 1024  # bytes: a table of openings to import is the largest thing that anybody sends


class BodyLimit:
    """Asks for a Content-Length, as every browser sends one, and refuses a large one. The server cuts off a lie."""

    def __init__(self, app: ASGIApp, largest: int = LARGEST) -> None:
        self._app, self._largest = app, largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 411 or 413."""
        if scope["type"] != "http" or scope["method"] in SAFE:
            await self._app(scope, receive, send)
            return
        length = dict(scope["headers"]).get(b"content-length", b"").decode("latin-1")
        if not length.isdecimal():
            await PlainTextResponse("Zeg hoe groot het is (Content-Length).", 411)(scope, receive, send)
        elif int(length) > self._largest:
            await PlainTextResponse("Dit is te groot: hooguit 10 MB.", 413)(scope, receive, send)
        else:
            await self._app(scope, receive, send)
