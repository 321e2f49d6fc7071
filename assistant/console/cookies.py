"""The cookies of the console: `__Host-` names that only travel over https; plain names on the own machine alone.

Source of the prefix: RFC 6265bis, section 4.1.3.2: Secure, path /, no Domain, so that no other host can set one.
"""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from assistant.core.plain_lines import LOOPBACK

SESSION = "meedoen"
DEVICE = "meedoen-apparaat"
PROVIDER = "meedoen-aanbieder"
DEVICE_SECONDS = 180 * 24 * 3600
PROVIDER_SECONDS = 600


def is_secure(request: Request) -> bool:
    """Whether cookies are `Secure`: always, but for plain http on the own machine."""
    return request.url.scheme == "https" or request.url.hostname not in LOOPBACK


def name_of(request: Request, cookie: str) -> str:
    """Return the full name of a cookie for this request."""
    return f"__Host-{cookie}" if is_secure(request) else cookie


def session_cookie(request: Request) -> str:
    """Return the secret id of the session, empty without one."""
    return read(request, SESSION)


def read(request: Request, cookie: str) -> str:
    """Return the value of one of the cookies, empty without one."""
    return request.cookies.get(name_of(request, cookie), "")


def give(request: Request, response: Response, cookie: str, value: str, seconds: int | None = None) -> None:
    """Set a cookie; without `seconds` it goes when the browser closes."""
    response.set_cookie(
        name_of(request, cookie), value, max_age=seconds, path="/", secure=is_secure(request), httponly=True,
        samesite="lax",
    )  # fmt: skip


def take(request: Request, response: Response, cookie: str) -> None:
    """Remove a cookie."""
    response.delete_cookie(name_of(request, cookie), path="/", secure=is_secure(request), httponly=True, samesite="lax")
