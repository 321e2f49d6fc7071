"""What employers offer: the rules it does not meet, taking it with a signature, refusing it with a reason."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse

from assistant.console.access import Staff, allowed
from assistant.console.desk_page import desk_page
from assistant.console.errors import NotHere
from assistant.console.navigation import Card, NavItem
from assistant.console.page_templates import onward
from assistant.console.rooms import Rooms, rooms
from assistant.database import Session
from assistant.placement.decisions import Signature
from assistant.placement.errors import MoveNotAllowed, PlaceDataInvalid, RegistrationNotFound, SignatureMissing
from assistant.placement.offer_completion import unsaid
from assistant.placement.staff_offers import (
    OFFER_STATES,
    PAGE,
    OfferFile,
    offer_file,
    offer_page,
    refuse_offer,
    take_offer,
)
from assistant.placement.staff_openings import organisations_for
from assistant.staff.audit import note
from assistant.staff.rights import Right

router = APIRouter()
NAV = NavItem("Aanbod van werkgevers", "/aanbod", Right.DESK_READ, "Bemiddeling")
Reader = Annotated[Staff, allowed(Right.DESK_READ)]
Writer = Annotated[Staff, allowed(Right.DESK_WRITE)]
Signer = Annotated[Staff, allowed(Right.DESK_SIGN)]
Text = Annotated[str, Form()]
CONFLICT, WRONG = 409, 422
NO_SIGNATURE = "Dit aanbod blijft onder een regel van de gemeente. Schrijf waarom het toch mag. Uw naam komt erbij."
LACKS = "Dit aanbod kan nog geen werkplek worden: kies een organisatie, en vraag de werkgever wat er nog mist."
DECIDED = "Over dit aanbod is net al beslist."


@router.get("/aanbod")
def offers(
    request: Request, staff: Reader, stand: str = "", pagina: Annotated[int, Query(ge=1, le=100_000)] = 1
) -> HTMLResponse:
    """The offers, the oldest first."""
    state = stand if stand in OFFER_STATES else None
    with rooms(request).database.session(write=False) as session:
        found, total = offer_page(session, staff.scope, state=state, page=pagina)
    return desk_page(
        request, staff, "desk/offers.html", found=found, total=total, state=state, number=pagina,
        more=total > pagina * PAGE, asked=f"/aanbod?stand={state}&" if state else "/aanbod?",
    )  # fmt: skip


@router.get("/aanbod/{number}")
def offer(request: Request, staff: Reader, number: str) -> HTMLResponse:
    """One offer; that it was read is noted."""
    return _show(request, staff, number)


@router.post("/aanbod/{number}/aannemen")
def take(request: Request, staff: Signer, number: str, organisatie: Text = "", reden: Text = "") -> Response:
    """Make an opening of it, under a name; below a rule only with the reason for the exception."""
    given = {"organisatie": organisatie, "reden": reden}
    try:
        with rooms(request).database.session() as session:
            found = find(session, staff, number)
            signed = Signature(staff.name[:60], reden.strip()[:300] or None)
            opening = take_offer(session, staff.scope, number, organisatie, signed, now=rooms(request).now())
            action = "aanbod aangenomen met uitzondering" if found.breaches else "aanbod aangenomen"
            _note(request, session, staff, action, found, reden)
    except SignatureMissing:
        return _show(request, staff, number, WRONG, NO_SIGNATURE, given)
    except PlaceDataInvalid:
        return _show(request, staff, number, WRONG, LACKS, given)
    except MoveNotAllowed:
        return _show(request, staff, number, CONFLICT, DECIDED)
    return onward(request, f"/werkplekken/{opening}", f"Aanbod {number} is nu werkplek {opening}.")


@router.post("/aanbod/{number}/weigeren")
def refuse(request: Request, staff: Writer, number: str, reden: Text = "") -> Response:
    """Say no, with a reason."""
    try:
        with rooms(request).database.session() as session:
            found = find(session, staff, number)
            refuse_offer(session, staff.scope, number, by=staff.name, reason=reden, now=rooms(request).now())
            _note(request, session, staff, "aanbod geweigerd", found, reden)
    except PlaceDataInvalid:
        return _show(request, staff, number, WRONG, "Schrijf waarom. De werkgever mag dat lezen.", {"nee": reden})
    except MoveNotAllowed:
        return _show(request, staff, number, CONFLICT, DECIDED)
    return onward(request, f"/aanbod/{number}", "Het aanbod is geweigerd. Laat de werkgever de reden weten.")


def _show(
    request: Request, staff: Staff, number: str, status: int = 200, wrong: str = "", given: dict[str, str] | None = None
) -> HTMLResponse:
    with rooms(request).database.session() as session:
        found = find(session, staff, number)
        organisations = organisations_for(session)
        open_heads = unsaid(session, staff.scope, number) if found.undecided else ()
        _note(request, session, staff, "aanbod gelezen", found)
    return desk_page(
        request, staff, "desk/offer.html", status, found=found, wrong=wrong, given=given or {},
        organisations=organisations, open_heads=open_heads, crumbs=[("Aanbod van werkgevers", "/aanbod")],
    )  # fmt: skip


def find(session: Session, staff: Staff, number: str) -> OfferFile:
    """The offer, or NotHere."""
    with suppress(RegistrationNotFound):
        return offer_file(session, staff.scope, number)
    raise NotHere


def _note(
    request: Request, session: Session, staff: Staff, action: str, found: OfferFile, reason: str | None = None
) -> None:
    note(session, staff.account_id, action, found.number, found.municipality, rooms(request).now(), reason or None)


def _waiting(house: Rooms, staff: Staff) -> Card | None:
    """Offers without a decision."""
    if Right.DESK_SIGN not in staff.rights:
        return None
    with house.database.session(write=False) as session:
        _, total = offer_page(session, staff.scope)
    return Card("Aanbod van werkgevers", "Wacht op een beslissing.", "/aanbod", total) if total else None


TODAY = (_waiting,)
