"""The contact that somebody left in a talk: hidden until a reason is given, for ten minutes, and noted."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.console.access import Staff, allowed
from assistant.console.errors import NotHere
from assistant.console.page_templates import onward, page
from assistant.console.rooms import rooms
from assistant.placement.contact_of_talk import contact_of_talk
from assistant.review.transcript import summary_in
from assistant.review.unmasking import REASON, unmask, unmasked_until
from assistant.staff.audit import note
from assistant.staff.rights import Right

router = APIRouter()
MayUnmask = Annotated[Staff, allowed(Right.UNMASK)]


@router.get("/gesprekken/{conversation_id}/contact")
def contact(request: Request, staff: MayUnmask, conversation_id: str) -> HTMLResponse:
    """The form for the reason, or the contact while it is open."""
    place = rooms(request)
    with place.database.session() as session:
        row = summary_in(session, conversation_id, scope=staff.scope)
        if row is None:
            raise NotHere
        until = unmasked_until(session, conversation_id, staff.account_id, place.now())
        found = contact_of_talk(session, conversation_id, scope=staff.scope) if until else []
        if until:
            subject = f"gesprek {conversation_id}"
            note(session, staff.account_id, "contactgegevens bekeken", subject, row.municipality, place.now())
    crumbs = [("Gesprekken nakijken", "/gesprekken"), ("Gesprek", f"/gesprekken/{conversation_id}")]
    return page(request, staff, "review/contact.html", row=row, until=until, found=found, least=REASON, crumbs=crumbs)


@router.post("/gesprekken/{conversation_id}/contact")
def show(
    request: Request, staff: MayUnmask, conversation_id: str, reden: Annotated[str, Form()] = ""
) -> RedirectResponse:
    """Open the contact for ten minutes, with the reason in the audit log."""
    place, path = rooms(request), f"/gesprekken/{conversation_id}/contact"
    with place.database.session() as session:
        row = summary_in(session, conversation_id, scope=staff.scope)
        if row is None:
            raise NotHere
        until = unmask(session, conversation_id, staff.account_id, reden, place.now(), scope=staff.scope)
        if until:
            subject = f"gesprek {conversation_id}"
            note(session, staff.account_id, "contactgegevens getoond", subject, row.municipality, place.now(), reden)
    words = "U ziet de gegevens tien minuten." if until else f"Geef een reden van ten minste {REASON} letters."
    return onward(request, path, words)
