"""One line and one figure for every request, with a number that ties its log lines together.

A line holds the route ("/api/v1/conversations/{conversation_id}/messages"), never the path or the query string, and a
conversation only as the first twelve characters of the SHA-256 of its id.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import time
from typing import Any

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.watching.metrics import METHODS, OTHER, Metrics, one_of
from assistant.watching.refusals import refused_as
from assistant.watching.tracing import Traces, traceparent_in

logger = structlog.get_logger("access")
HEADER = b"x-request-id"
_CONVERSATION = re.compile(r"/conversations/([0-9a-f]{32})(?:/|$)")
QUIET = ("/health", "/health/live", "/health/ready", "/metrics", "/webhook", "/nlg")
"""Asked every few seconds, or once more for every message, by machines: counted, not logged."""
PLAIN = ("/webhook", "/nlg")
"""Routes of Rasa's door that FastAPI does not know."""


def hashed(conversation_id: str) -> str:
    """Return the form in which a conversation may stand in a log line."""
    return hashlib.sha256(conversation_id.encode()).hexdigest()[:12]


class WatchedRequests:
    """Times, counts and logs requests. Plain ASGI, so that a stream of events passes through unbuffered."""

    def __init__(self, app: ASGIApp, door: str, metrics: Metrics, traces: Traces) -> None:
        self._app, self._door, self._metrics, self._traces = app, door, metrics, traces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id, began, status = secrets.token_hex(8), time.perf_counter(), 500

        async def numbered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", []), (HEADER, request_id.encode())]
            await send(message)

        # not taken off at the end: the handler of unexpected errors runs after us, in the same task
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=request_id, **_talk(scope))
        try:
            await self._traced(scope, receive, numbered)
        finally:
            self._note(scope, status, time.perf_counter() - began)

    async def _traced(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._traces.on:
            await self._app(scope, receive, send)
            return
        incoming, receive = await self._incoming(scope, receive)
        with self._traces.span(f"{self._door} request", incoming) as span:
            await self._app(scope, receive, send)
            span.update_name(f"{one_of(scope['method'], METHODS)} {route_of(scope)}")

    async def _incoming(self, scope: Scope, receive: Receive) -> tuple[str | None, Receive]:
        """Read the trace that a call of Rasa belongs to. What comes from outside never decides on our traces."""
        if self._door != "internal" or scope["method"] != "POST":
            return None, receive
        body: bytes = b""
        messages: list[Message] = []
        while not messages or messages[-1].get("more_body"):
            messages.append(await receive())
            body += messages[-1].get("body", b"")
        kept = iter(messages)

        async def again() -> Message:
            return next(kept, None) or await receive()

        try:
            return traceparent_in(json.loads(body)), again
        except (ValueError, AttributeError):
            return None, again

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route, method = route_of(scope), one_of(scope["method"], METHODS)
        self._metrics.request_seconds.labels(self._door, route, method, f"{status // 100}xx").observe(seconds)
        line = {"door": self._door, "method": method, "route": route, "status": status, "ms": round(seconds * 1000)}
        if why := refused_as(self._door, route, method, status):
            self._metrics.refused.labels(self._door, why).inc()
            logger.warning("request", **line, refused=why)
        elif route not in QUIET:
            logger.info("request", **line)


def route_of(scope: Scope) -> str:
    """Return the pattern of the route that answered, `other` for an address that we do not have."""
    if (route := scope.get("route")) is not None:
        return str(getattr(route, "path", OTHER))
    return scope["path"] if scope["path"] in PLAIN else OTHER


def _talk(scope: Scope) -> dict[str, Any]:
    found = _CONVERSATION.search(scope["path"])
    return {"talk": hashed(found[1])} if found else {}
