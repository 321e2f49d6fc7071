"""Forms come from our own pages only: the browser says where from, and the form carries the proof of its session."""

from __future__ import annotations

import hmac

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from assistant.console.access import Visit, visit_of
from assistant.console.errors import CrossSite
from assistant.http.sent_address import parts_of

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FIELD = "csrf"
HEADER = "x-csrf"


async def guard(request: Request) -> None:
    """Refuse what changes something and does not come from here. A dependency of every router. Raises CrossSite.

    Without a session there is no proof to ask for: then the route itself sends the person to the login page.
    """
    if request.method in SAFE:
        return
    if not _from_here(request):
        raise CrossSite
    visit = await run_in_threadpool(visit_of, request)
    if isinstance(visit, Visit) and not hmac.compare_digest(await _proof(request), visit.csrf.encode()):
        raise CrossSite


def _from_here(request: Request) -> bool:
    """Whether the browser says that the page was ours. Every browser since 2020 sends one of the two."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    return parts_of(request.headers.get("origin", "")).netloc == request.headers.get("host", "-")


async def _proof(request: Request) -> bytes:
    if HEADER in request.headers:
        return request.headers[HEADER].encode()
    value = (await request.form()).get(FIELD, "")
    return value.encode() if isinstance(value, str) else b""
