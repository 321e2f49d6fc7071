"""What every page of the desk shares: its words in the template, warning for words on health, and colleagues."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from assistant.console import desk_words
from assistant.console.access import Staff
from assistant.console.page_templates import page
from assistant.console.rooms import rooms
from assistant.core.masking import health_words, refuse_bsn
from assistant.database import Session
from assistant.placement.sequence import AMSTERDAM
from assistant.staff import accounts
from assistant.staff.rights import Right, rights_of


def desk_page(request: Request, staff: Staff, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page with the words of the desk: `words(code)`, `gemeente(id)`, `uren(least, most)`, all lists in `lijst`."""
    usual = {
        "words": desk_words.words,
        "gemeente": desk_words.municipality_name,
        "uren": desk_words.hours_words,
        "lijst": desk_words,
        "today": today(request),
    }
    return page(request, staff, template, status, **(usual | values))


def today(request: Request) -> Any:
    """The day that it is in the Netherlands, by the clock of the house."""
    return rooms(request).now().astimezone(AMSTERDAM).date()


def unwanted(text: str | None, sure: bool) -> str | None:
    """Why a text had better not be kept: words on health (unless somebody is sure), or a BSN (never). None: it may."""
    if not text:
        return None
    if refuse_bsn(text)[1]:
        return "Hierin staat een nummer dat een BSN kan zijn. Dat bewaren we nooit. Haal het weg."
    found = health_words(text)
    if found and not sure:
        return (
            f"Dit lijkt over gezondheid te gaan: {', '.join(found)}. Schrijf op wat de werkplek moet hebben, "
            "niet wat iemand mankeert. Gaat het toch niet over gezondheid? Zet dan het vinkje en bewaar opnieuw."
        )
    return None


def colleagues(session: Session, staff: Staff) -> dict[int, str]:
    """Names by account of who can do this work within the scope, and of the asker."""
    found = {
        view.id: view.name
        for view in accounts.all_within(session, staff.scope)
        if view.active and Right.DESK_WRITE in rights_of(view.roles)
    }
    return found | {staff.account_id: staff.name}
