"""What counts as an attempt to get round a lock: each refused request with the lock that refused it.

Source: OWASP ASVS 5.0, V16.3: failed logins, refused rights, and attempts to get round the checks of input, size and
speed are noted and can raise an alarm. A wrong address on the public door is none: the whole internet asks for those.
"""

from __future__ import annotations

from assistant.watching.metrics import OTHER

LOGIN = ("/inloggen", "/inloggen/terug", "/uitnodiging/{token}")
_BY_STATUS = {401: "token", 403: "right", 413: "size", 422: "input", 429: "too_many"}


def refused_as(door: str, route: str, method: str, status: int) -> str | None:
    """Return why a request was refused, one of REFUSALS; None when it was not."""
    if status in (400, 403) and route in LOGIN:
        return "login"
    if status == 400:
        return "host" if route == OTHER else "input" if method == "POST" else None
    if status == 404:
        return "not_here" if door == "console" and route != OTHER else None
    return _BY_STATUS.get(status)
