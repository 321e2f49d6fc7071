"""`/.well-known/security.txt`: where somebody who finds a leak can report it. Source of the form: RFC 9116."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

from assistant.settings import Settings

router = APIRouter(include_in_schema=False)
PATH = "/.well-known/security.txt"
VALID = timedelta(days=180)
"""RFC 9116, 2.5.5, advises less than a year; computed at each request, so that it never lapses while we run."""
ABSENT = "Hier is geen adres voor meldingen van lekken ingesteld (MEEDOEN_SECURITY_CONTACT).\n"


@router.get(PATH)
async def security_txt(request: Request) -> PlainTextResponse:
    """Give the file, or a 404 that says why when nobody is named."""
    settings: Settings = request.app.state.house.settings
    if not settings.security_contact:
        return PlainTextResponse(ABSENT, 404)
    return PlainTextResponse(text_of(settings, datetime.now(UTC)), headers={"Cache-Control": "max-age=86400"})


def text_of(settings: Settings, now: datetime) -> str:
    """Return the file. A field without a value is left out."""
    canonical = f"{settings.public_url.rstrip('/')}{PATH}" if settings.public_url.startswith("https://") else ""
    fields = {
        "Contact": settings.security_contact,
        "Expires": (now + VALID).replace(hour=0, minute=0, second=0, microsecond=0).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Preferred-Languages": "nl, en",
        "Canonical": canonical,
        "Policy": settings.security_policy,
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items() if value)
