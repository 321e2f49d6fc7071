"""Requests with a body that no page of ours sends are refused, whether they say how large they are or not."""

from __future__ import annotations

from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.gateway.problems import problem

LARGEST = 64 * 1024  # bytes: 8,000 characters of four bytes each, as JSON, is 32 KB; a form of the plain chat as well
SENTENCE = "Uw bericht is te lang. Maak het korter en stuur het dan nog eens."


class _TooLarge(Exception):
    """More came in than may."""


class BodyLimit:
    """Counts what comes in and stops in time: a body without a length is as finite as one with a length."""

    def __init__(self, app: ASGIApp, largest: int = LARGEST) -> None:
        self._app, self._largest = app, largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 413."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        length = dict(scope["headers"]).get(b"content-length", b"0").decode("latin-1")
        if length.isdecimal() and int(length) > self._largest:
            await _refuse(scope, receive, send)
            return
        await self._counted(scope, receive, send)

    async def _counted(self, scope: Scope, receive: Receive, send: Send) -> None:
        came, began = 0, False

        async def count() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > self._largest:
                raise _TooLarge
            return message

        async def unless_too_large(message: Message) -> None:
            nonlocal began
            if began or came <= self._largest:  # else FastAPI explains our own refusal as a body that it cannot read
                began = True
                await send(message)

        with suppress(_TooLarge):
            await self._app(scope, count, unless_too_large)
        if came > self._largest and not began:
            await _refuse(scope, receive, send)


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    await problem(413, "request.too_large", SENTENCE)(scope, receive, send)
