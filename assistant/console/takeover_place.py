"""What the pages of the take-over share: the desk behind them, one talk, and the names of municipalities."""

from __future__ import annotations

from fastapi import Request

from assistant.console.access import Staff
from assistant.console.errors import NotHere
from assistant.console.rooms import rooms
from assistant.conversation.staff_side import PRESENT, StaffSide
from assistant.handover import HandoverNotFound, HandoverView, LocalSignals
from assistant.staff.audit import note

QUEUE = "/overnemen"


def staff_side(request: Request) -> StaffSide:
    """Return the take-over of this process; a console without a gateway beside it makes its own."""
    place = rooms(request)
    if place.take_over is None:
        place.take_over = StaffSide.of(
            place.settings, place.database, place.library, LocalSignals(), now=lambda: rooms(request).now()
        )
    return place.take_over


def talk_in_scope(request: Request, staff: Staff, talk_id: int) -> HandoverView:
    """Return one hand-over. Raises NotHere when it does not exist or lies outside the scope."""
    try:
        return staff_side(request).desk.find(talk_id, staff.scope)
    except HandoverNotFound:
        raise NotHere from None


def address(talk_id: int) -> str:
    """Return the page of one talk."""
    return f"{QUEUE}/{talk_id}"


def is_present(request: Request, staff: Staff) -> bool:
    """Whether somebody said that they are there to take talks; whoever opens a page of the take-over stays so."""
    queue = staff_side(request).desk.queue
    now = rooms(request).now()
    here = any(one.staff_id == staff.account_id for one in queue.present(staff.scope, now - PRESENT))
    if here:
        queue.arrive(staff.account_id, staff.name, staff.scope, now)
    return here


def noted(request: Request, staff: Staff, action: str, talk: HandoverView, reason: str | None = None) -> None:
    """Write one line in the audit log."""
    place = rooms(request)
    with place.database.session() as session:
        note(session, staff.account_id, action, f"overname {talk.id}", talk.municipality, place.now(), reason)
