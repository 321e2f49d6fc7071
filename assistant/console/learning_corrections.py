"""Corrections: what colleagues proposed to learn, for a second person to approve."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.console.access import Staff, allowed
from assistant.console.errors import NotHere
from assistant.console.navigation import Card, NavItem
from assistant.console.page_templates import onward, page
from assistant.console.review_list import known_topics, reviewer
from assistant.console.rooms import Rooms, rooms
from assistant.review.corrections import APPROVED, PROPOSED, REJECTED, correction_in, corrections, decide
from assistant.staff.audit import note
from assistant.staff.rights import Right

router = APIRouter()
NAV = NavItem("Verbeteringen", "/verbeteringen", Right.REVIEW_READ, "Gesprekken")
STATES = {PROPOSED: "Voorgesteld", APPROVED: "Goedgekeurd", REJECTED: "Afgewezen"}


@router.get("/verbeteringen")
def overview(
    request: Request, staff: Annotated[Staff, allowed(Right.REVIEW_READ)], stand: str = PROPOSED
) -> HTMLResponse:
    """Corrections in one state."""
    state = stand if stand in STATES else PROPOSED
    with rooms(request).database.session(write=False) as session:
        found = corrections(session, state, scope=staff.scope)
    return page(
        request, staff, "learning/corrections.html", found=found, state=state, states=STATES,
        topics=known_topics(request),
    )  # fmt: skip


@router.post("/verbeteringen/{correction_id}")
def decided(
    request: Request,
    staff: Annotated[Staff, allowed(Right.CORRECTION_APPROVE)],
    correction_id: int,
    besluit: Annotated[str, Form()] = "",
    reden: Annotated[str, Form()] = "",
) -> RedirectResponse:
    """Approve or reject what somebody else proposed."""
    place = rooms(request)
    with place.database.session() as session:
        row = correction_in(session, correction_id, scope=staff.scope)
        if row is None:
            raise NotHere
        is_chosen = besluit in ("goed", "niet")
        done = is_chosen and decide(
            session, correction_id, reviewer(staff), place.now(),
            approve=besluit == "goed", reason=reden, scope=staff.scope,
        )  # fmt: skip
        if done:
            action = "verbetering goedgekeurd" if besluit == "goed" else "verbetering afgewezen"
            subject = f"verbetering {correction_id}"
            note(session, staff.account_id, action, subject, row.municipality, place.now(), reden or None)
    if not is_chosen:
        return onward(request, "/verbeteringen", "Kies goedkeuren of afwijzen.")
    if done:
        return onward(request, "/verbeteringen", "Goedgekeurd." if besluit == "goed" else "Afgewezen.")
    return onward(
        request, "/verbeteringen", "Dit kan een ander beoordelen: u stelde het zelf voor, of het is al gedaan."
    )


def _to_approve(place: Rooms, staff: Staff) -> Card | None:
    """Proposals of others."""
    if Right.CORRECTION_APPROVE not in staff.rights:
        return None
    with place.database.session(write=False) as session:
        found = corrections(session, PROPOSED, scope=staff.scope)
    count = sum(row.proposed_by != staff.account_id for row in found)
    words = "Zinnen die een collega wil laten leren. Een tweede persoon keurt ze goed."
    return Card("Verbeteringen", words, "/verbeteringen", count) if count else None


TODAY = (_to_approve,)
