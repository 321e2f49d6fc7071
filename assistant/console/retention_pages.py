"""What is over its term, what is held, and the reports of what was deleted."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from assistant.console.access import Staff, allowed
from assistant.console.errors import NotHere
from assistant.console.navigation import NavItem
from assistant.console.page_templates import onward, page
from assistant.console.rooms import Rooms, rooms
from assistant.rights import holds as held
from assistant.rights.errors import HoldWrong, PersonNotFound, TermsWrong
from assistant.rights.purge import Stores, hash_of, preview, purge, reports
from assistant.rights.subjects import KINDS
from assistant.rights.tracker_store import TrackerStore
from assistant.staff.people import names_of
from assistant.staff.rights import Right

router = APIRouter()
NAV = NavItem("Bewaartermijnen", "/bewaren", Right.RETENTION_READ, "Beheer")
Reader = Annotated[Staff, allowed(Right.RETENTION_READ)]
Manager = Annotated[Staff, allowed(Right.RETENTION_MANAGE)]
Text = Annotated[str, Form()]


@router.get("/bewaren")
def overview(request: Request, staff: Reader) -> HTMLResponse:
    """Every class with its term and reason, and how much would go now."""
    return _page(request, staff)


@router.post("/bewaren/verwijderen")
def delete(request: Request, staff: Manager) -> Response:
    """Delete now what is over its term."""
    try:
        report = purge(stores_of(rooms(request)), rooms(request).now(), by=staff.account_id)
    except TermsWrong:
        return _page(request, staff, "Het bestand met termijnen kan niet worden gelezen. Er is niets verwijderd.", 422)
    assert report is not None
    total = sum(each.deleted for each in report.counts)
    return onward(request, "/bewaren", f"Verslag {report.id}: {total} dingen verwijderd.")


@router.post("/bewaren/vasthouden")
def hold(
    request: Request, staff: Manager, soort: Text = "", nummer: Text = "", reden: Text = "", tot: Text = ""
) -> Response:
    """Keep something longer."""
    try:
        until = dt.date.fromisoformat(tot.strip())
        with rooms(request).database.session() as session:
            held.hold(
                session, soort, nummer.strip(), reden, until, scope=staff.scope, by=staff.account_id,
                now=rooms(request).now(),
            )  # fmt: skip
    except PersonNotFound:
        return _page(request, staff, "Dit nummer is er niet.", 422)
    except (HoldWrong, ValueError):
        return _page(request, staff, "Vul een reden in, en een dag in het komende jaar.", 422)
    return onward(request, "/bewaren", "Vastgehouden.")


@router.post("/bewaren/vrijgeven/{hold_id}")
def release(request: Request, staff: Manager, hold_id: int) -> Response:
    """End a hold."""
    try:
        with rooms(request).database.session() as session:
            held.release(session, hold_id, scope=staff.scope, by=staff.account_id, now=rooms(request).now())
    except PersonNotFound as error:
        raise NotHere(str(hold_id)) from error
    return onward(request, "/bewaren", "Vrijgegeven.")


def stores_of(place: Rooms) -> Stores:
    """Return where this installation keeps data."""
    settings = place.settings
    tracker, data = TrackerStore(settings.tracker), settings.data
    return Stores(place.database, tracker, settings.var, data.resolve().parent, data)


def _page(request: Request, staff: Staff, wrong: str | None = None, status: int = 200) -> HTMLResponse:
    place = rooms(request)
    try:
        due = preview(stores_of(place), place.now())
    except TermsWrong as error:
        due, wrong = [], wrong or str(error)
    with place.database.session(write=False) as session:
        kept = held.holds(session, scope=staff.scope, now=place.now())
        done = reports(session, 20)
        names = names_of(session, {row.made_by for row in kept} | {row.made_by for row in done})
    proof = {report.id: _proof(report.hash, hash_of(report)) for report in done}
    return page(
        request, staff, "rights/retention.html", status, due=due, holds=kept, reports=done, proof=proof, names=names,
        places=place.municipalities, kinds=list(KINDS), wrong=wrong,
    )  # fmt: skip


def _proof(signed: str | None, now: str) -> tuple[str, str]:
    if signed is None:
        return "afgebroken", "warn"
    return ("klopt", "good") if signed == now else ("veranderd na het tekenen", "bad")
