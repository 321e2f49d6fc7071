"""The security headers of every response."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import Scope

from assistant.http.with_headers import add_missing, raw

_POLICY_PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; media-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_POLICY_DATA = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=(), payment=(), usb=()",
}


_OF_PAGE = raw({"Content-Security-Policy": _POLICY_PAGE} | _HEADERS)
_OF_DATA = raw({"Content-Security-Policy": _POLICY_DATA} | _HEADERS)
_OF_HTTPS = raw({"Strict-Transport-Security": "max-age=63072000; includeSubDomains"})


def put_on(headers: MutableHeaders, scope: Scope) -> None:
    """Add what a response does not have yet. Starlette answers an unexpected error outside every middleware."""
    is_page = headers.get("content-type", "").startswith("text/html")
    add_missing(headers, (_OF_PAGE if is_page else _OF_DATA) + (_OF_HTTPS if scope.get("scheme") == "https" else ()))
