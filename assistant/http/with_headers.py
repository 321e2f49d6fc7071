"""A layer around a door that puts headers on each of its responses."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PutOn = Callable[[MutableHeaders, Scope], None]
"""Adds to a response what it does not have yet."""
Raw = tuple[tuple[bytes, bytes], ...]
"""Headers as they go over the line, made once: they are put on every response."""


def raw(headers: Mapping[str, str]) -> Raw:
    """Return headers as they go over the line."""
    return tuple((name.lower().encode(), value.encode()) for name, value in headers.items())


def add_missing(headers: MutableHeaders, wanted: Raw) -> None:
    """Add those that the response does not have yet."""
    there = {name for name, _ in headers.raw}
    headers.raw.extend(each for each in wanted if each[0] not in there)


class WithHeaders:
    """Calls `put_on` for every response. Plain ASGI, so that a stream of events passes through unbuffered."""

    def __init__(self, app: ASGIApp, put_on: PutOn) -> None:
        self._app, self._put_on = app, put_on

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; what the app set itself stays."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._put_on(MutableHeaders(scope=message), scope)
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)
