"""The security headers of every response."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import Scope

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


_HTTPS = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}
Raw = tuple[tuple[bytes, bytes], ...]


def _raw(headers: dict[str, str]) -> Raw:
    return tuple((name.lower().encode(), value.encode()) for name, value in headers.items())


_OF_PAGE = _raw({"Content-Security-Policy": _POLICY_PAGE} | _HEADERS)
_OF_DATA = _raw({"Content-Security-Policy": _POLICY_DATA} | _HEADERS)
_OF_HTTPS = _raw(_HTTPS)


def put_on(headers: MutableHeaders, scope: Scope) -> None:
    """Add what a response does not have yet. Starlette answers an unexpected error outside every middleware."""
    there = dict(headers.raw)
    wanted = _OF_PAGE if there.get(b"content-type", b"").startswith(b"text/html") else _OF_DATA
    if scope.get("scheme") == "https":
        wanted += _OF_HTTPS
    headers.raw.extend(each for each in wanted if each[0] not in there)
