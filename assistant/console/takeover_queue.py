"""The live queue: who waits for a member of staff, who has a talk, and which colleagues are there."""

from __future__ import annotations

from datetime import timedelta
from statistics import median
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.console.access import Staff, allowed
from assistant.console.navigation import Card, NavItem
from assistant.console.page_templates import fragment, onward, page
from assistant.console.rooms import Rooms, rooms
from assistant.console.takeover_place import QUEUE, address, is_present, noted, staff_side, talk_in_scope
from assistant.conversation.staff_side import PRESENT
from assistant.handover import HandoverDesk, HandoverNotPossible, LocalSignals
from assistant.staff.rights import Right

router = APIRouter()
NAV = NavItem("Overnemen", QUEUE, Right.TAKE_OVER, "Gesprekken")
TakesOver = Annotated[Staff, allowed(Right.TAKE_OVER)]
DAY = timedelta(hours=24)


@router.get(QUEUE)
def queue(request: Request, staff: TakesOver) -> HTMLResponse:
    """Everybody who waits, oldest first."""
    return page(request, staff, "takeover/queue.html", **_queue(request, staff))


@router.get(f"{QUEUE}/rij")
def queue_part(request: Request, staff: TakesOver) -> HTMLResponse:
    """The same without the page around it, asked for every few seconds."""
    return fragment(request, staff, "takeover/_queue.html", **_queue(request, staff))


@router.post(f"{QUEUE}/aanwezig")
def presence(request: Request, staff: TakesOver, aan: Annotated[str, Form()] = "") -> RedirectResponse:
    """Be there to take talks, or not any more."""
    desk = staff_side(request).desk
    if aan:
        desk.queue.arrive(staff.account_id, staff.name, staff.scope, rooms(request).now())
        return onward(request, QUEUE, "U bent beschikbaar. Mensen kunnen nu om een medewerker vragen.")
    desk.queue.leave(staff.account_id)
    return onward(request, QUEUE, "U bent niet meer beschikbaar.")


@router.post(f"{QUEUE}/{{talk_id}}/nemen")
def claim(request: Request, staff: TakesOver, talk_id: int) -> RedirectResponse:
    """Take a talk; when a colleague was first, say so."""
    talk_in_scope(request, staff, talk_id)
    side = staff_side(request)
    try:
        talk = side.claim(talk_id, staff.account_id, staff.name, staff.scope)
    except HandoverNotPossible:
        return onward(request, QUEUE, "Dit gesprek is al genomen door een collega, of de persoon wacht niet meer.")
    side.desk.queue.arrive(staff.account_id, staff.name, staff.scope, rooms(request).now())
    noted(request, staff, "gesprek overgenomen", talk)
    return onward(request, address(talk_id), "U hebt het gesprek. De computer zegt nu niets meer.")


def _queue(request: Request, staff: Staff) -> dict[str, Any]:
    side, now = staff_side(request), rooms(request).now()
    desk = side.desk.queue
    waited = desk.times_to_human(staff.scope, now - DAY, now)
    return {
        "now": now,
        "here": is_present(request, staff),
        "present": desk.present(staff.scope, now - PRESENT),
        "waiting": desk.waiting(staff.scope),
        "busy": desk.busy(staff.scope),
        "ended": desk.ended(staff.scope, now - DAY),
        "median": round(median(waited)) if waited else None,
        "names": {one: words.name for one, words in side.library.book.municipalities.items()},
        "shut": sorted(one for one in staff.scope if not side.is_open(one)),
    }


def _waiting_card(place: Rooms, staff: Staff) -> Card | None:
    """Say on the start page that somebody waits."""
    if Right.TAKE_OVER not in staff.rights:
        return None
    waiting = HandoverDesk(place.database, LocalSignals()).queue.waiting(staff.scope)
    if not waiting:
        return None
    return Card("Iemand wacht op een medewerker", "Neem het gesprek over in de chat.", QUEUE, len(waiting), urgent=True)


TODAY = (_waiting_card,)
