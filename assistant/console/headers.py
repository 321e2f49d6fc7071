"""The security headers of every response of the console."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # `no-referrer` would make browsers send `Origin: null` with our own forms
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "microphone=(), camera=(), geolocation=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex",
}


class SecurityHeaders:
    """Puts the headers on every response. Plain ASGI, so that a stream of events passes through unbuffered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; what the app set itself stays."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                put_on(MutableHeaders(scope=message), scope)
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


def put_on(headers: MutableHeaders, scope: Scope) -> None:
    """Add what a response does not have yet. Starlette answers an unexpected error outside every middleware."""
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("Cache-Control", _caching(scope))
    if scope.get("scheme") == "https":
        headers.setdefault("Strict-Transport-Security", "max-age=63072000; includeSubDomains")


def _caching(scope: Scope) -> str:
    """A page with people on it is never kept; a static file with a mark of its contents may stay."""
    marked = scope["path"].startswith("/static/") and b"v=" in scope.get("query_string", b"")
    return "public, max-age=31536000, immutable" if marked else "no-store"
