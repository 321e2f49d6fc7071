"""What is kept of one person: found by a number, shown, taken along, corrected, erased. Looking is noted."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.console.access import Staff, allowed
from assistant.console.errors import NotHere
from assistant.console.navigation import NavItem
from assistant.console.page_templates import onward, page
from assistant.console.retention_pages import stores_of
from assistant.console.rooms import rooms
from assistant.database import Session
from assistant.rights.erase import CORRECTABLE, Elsewhere, correct_person, erase_person
from assistant.rights.errors import CorrectionWrong, OnHold, PersonNotFound
from assistant.rights.person import Person, find_person, portable
from assistant.staff.audit import note
from assistant.staff.rights import Right

router = APIRouter()
NAV = NavItem("Rechten van personen", "/personen", Right.PERSON_RIGHTS, "Beheer")
Officer = Annotated[Staff, allowed(Right.PERSON_RIGHTS)]
Text = Annotated[str, Form()]
FIELDS = {"name": "Naam", "phone": "Telefoon", "email": "E-mail", "place": "Woonplaats"}


@router.get("/personen")
def search(request: Request, staff: Officer, nummer: Annotated[str, Query(max_length=30)] = "") -> Response:
    """Ask for a number."""
    if nummer.strip():
        return RedirectResponse(f"/personen/{nummer.strip().upper()}", status_code=303)
    return page(request, staff, "rights/search.html")


@router.get("/personen/{number}")
def show(request: Request, staff: Officer, number: str) -> HTMLResponse:
    """Everything that is kept, to read."""
    return _page(request, staff, number)


@router.get("/personen/{number}/gegevens.json")
def take_along(request: Request, staff: Officer, number: str) -> Response:
    """Everything that is kept, for a machine (AVG article 20)."""
    place = rooms(request)
    with place.database.session() as session:
        found = _find(request, staff, number, session)
        values = portable(session, found, stores_of(place).tracker, place.now())
        note(session, staff.account_id, "persoon.meegegeven", found.number, found.municipality, place.now())
    headers = {"content-disposition": f'attachment; filename="{found.number}.json"'}
    text = json.dumps(values, ensure_ascii=False, indent=2)
    return Response(text, media_type="application/json", headers=headers)


@router.post("/personen/{number}/verbeteren")
def correct(
    request: Request, staff: Officer, number: str, name: Text = "", phone: Text = "", email: Text = "", place: Text = ""
) -> Response:
    """Correct what is wrong."""
    here, values = rooms(request), {"name": name, "phone": phone, "email": email, "place": place}
    try:
        with here.database.session() as session:
            correct_person(
                session, number, {key: values[key] for key in CORRECTABLE}, scope=staff.scope, by=staff.account_id,
                name=staff.name, now=here.now(), var=here.settings.var,
            )  # fmt: skip
    except PersonNotFound as error:
        raise NotHere(number) from error
    except CorrectionWrong:
        return _page(request, staff, number, "Dit kan niet: kijk naar naam, telefoon en e-mail.", 422)
    return onward(request, f"/personen/{number}", "Verbeterd.")


@router.post("/personen/{number}/wissen")
def erase(request: Request, staff: Officer, number: str, zeker: Text = "") -> Response:
    """Erase everything; the number must be typed once more."""
    here = rooms(request)
    if zeker.strip().upper() != number.upper():
        return _page(request, staff, number, "Typ het nummer nog een keer om te wissen.", 422)
    stores = stores_of(here)
    try:
        with here.database.session() as session:
            erased = erase_person(
                session, number, Elsewhere(stores.tracker, stores.var), scope=staff.scope, by=staff.account_id,
                now=here.now(),
            )  # fmt: skip
    except PersonNotFound as error:
        raise NotHere(number) from error
    except OnHold:
        return _page(request, staff, number, "Iets hiervan wordt vastgehouden. Geef het eerst vrij.", 409)
    here.database.settle()
    return onward(request, "/personen", f"Gewist: {erased.total} dingen van {number}.")


def _find(request: Request, staff: Staff, number: str, session: Session) -> Person:
    try:
        return find_person(session, number, scope=staff.scope, var=rooms(request).settings.var)
    except PersonNotFound as error:
        raise NotHere(number) from error


def _page(request: Request, staff: Staff, number: str, wrong: str | None = None, status: int = 200) -> HTMLResponse:
    place = rooms(request)
    with place.database.session() as session:
        found = _find(request, staff, number, session)
        values = portable(session, found, stores_of(place).tracker, place.now())
        note(session, staff.account_id, "persoon.ingezien", found.number, found.municipality, place.now())
    row = next((each for each in found.registrations if each.number == found.number), None)
    return page(
        request, staff, "rights/person.html", status, person=found, values=values, row=row, wrong=wrong, fields=FIELDS,
        place_name=place.municipalities.get(found.municipality, found.municipality),
        crumbs=[("Rechten van personen", "/personen")],
    )  # fmt: skip
