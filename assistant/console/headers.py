"""The security headers of every response of the console."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import Scope

from assistant.http.with_headers import add_missing, raw

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = raw(
    {
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
)
_OF_HTTPS = raw({"Strict-Transport-Security": "max-age=63072000; includeSubDomains"})


def put_on(headers: MutableHeaders, scope: Scope) -> None:
    """Add what a response does not have yet. Starlette answers an unexpected error outside every middleware."""
    headers.setdefault("Cache-Control", _caching(scope))
    add_missing(headers, _HEADERS + (_OF_HTTPS if scope.get("scheme") == "https" else ()))


def _caching(scope: Scope) -> str:
    """A page with people on it is never kept; a static file with a mark of its contents may stay."""
    marked = scope["path"].startswith("/static/") and b"v=" in scope.get("query_string", b"")
    return "public, max-age=31536000, immutable" if marked else "no-store"
