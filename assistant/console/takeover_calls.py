"""Who wants to be called back, and what became of each try."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.console.access import Staff, allowed
from assistant.console.errors import NotHere
from assistant.console.navigation import NavItem
from assistant.console.page_templates import onward, page
from assistant.console.rooms import rooms
from assistant.placement.call_list import MAX_TRIES, calls_to_make, note_attempt
from assistant.placement.errors import RegistrationNotFound
from assistant.placement.models.call_attempt import OUTCOMES
from assistant.staff.audit import note
from assistant.staff.rights import Right

router = APIRouter()
CALLS = "/belijst"
NAV = NavItem("Belijst", CALLS, Right.TAKE_OVER, "Gesprekken")
TakesOver = Annotated[Staff, allowed(Right.TAKE_OVER)]
WORDS = {
    "gesproken": "Gesproken",
    "niet_opgenomen": "Nam niet op",
    "later_bellen": "Belt later / later bellen",
    "verkeerd_nummer": "Verkeerd nummer",
}


@router.get(CALLS)
def calls(request: Request, staff: TakesOver) -> HTMLResponse:
    """The calls to make, oldest first; that the names and numbers were read is noted."""
    place = rooms(request)
    with place.database.session() as session:
        to_make = calls_to_make(session, staff.scope)
        done = calls_to_make(session, staff.scope, done=True, limit=30)
        note(session, staff.account_id, "belijst gelezen", f"{len(to_make)} verzoeken", None, place.now())
    return page(request, staff, "takeover/calls.html", to_make=to_make, done=done, words=WORDS, tries=MAX_TRIES)


@router.post(f"{CALLS}/{{call_id}}")
def tried(request: Request, staff: TakesOver, call_id: int, uitkomst: Annotated[str, Form()] = "") -> RedirectResponse:
    """Keep what became of a try."""
    place = rooms(request)
    with place.database.session() as session:
        try:
            if uitkomst not in OUTCOMES:
                raise NotHere
            call = note_attempt(session, call_id, staff.scope, staff.account_id, uitkomst, place.now())
        except RegistrationNotFound:
            raise NotHere from None
        note(session, staff.account_id, "belpoging", call.number, None, place.now(), WORDS[uitkomst])
    over = "" if call.state == "gevraagd" else " Het verzoek is van de lijst."
    return onward(request, CALLS, f"{call.number}: {WORDS[uitkomst].lower()}.{over}")
