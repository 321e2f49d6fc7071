"""One registration: its file, and every step that a member of staff can take with it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse

from assistant.console.access import Staff, allowed
from assistant.console.desk_page import colleagues, desk_page, today, unwanted
from assistant.console.errors import NotHere
from assistant.console.page_templates import onward
from assistant.console.rooms import rooms
from assistant.database import Session
from assistant.placement.errors import MoveNotAllowed, OpeningFull, PlaceDataInvalid, RegistrationNotFound
from assistant.placement.placing import Contract
from assistant.placement.staff_registration import (
    RegistrationFile,
    add_note,
    assign_registration,
    end_work,
    move_registration,
    place,
    propose_opening,
    registration_file,
)
from assistant.staff.audit import note
from assistant.staff.rights import Right

router = APIRouter()
Writer = Annotated[Staff, allowed(Right.DESK_WRITE)]
Text = Annotated[str, Form()]
Tick = Annotated[bool, Form()]
CONFLICT, WRONG = 409, 422
MOVED_ON = "Deze stap kan niet (meer). Misschien was een collega u net voor. Kijk naar de stand hieronder."


@router.get("/aanmeldingen/{number}")
def registration(request: Request, staff: Writer, number: str) -> HTMLResponse:
    """The file, with phone number and mail address; that it was read is noted."""
    return _show(request, staff, number)


@router.post("/aanmeldingen/{number}/stap")
def step(
    request: Request, staff: Writer, number: str, naar: Text = "", reden: Text = "", zeker: Tick = False
) -> Response:
    """Move it to another state, with a reason."""
    form = {"naar": naar, "reden": reden}
    if why := unwanted(reden, zeker):
        return _show(request, staff, number, status=WRONG, form="stap", wrong=why, given=form)
    try:
        with rooms(request).database.session() as session:
            found = _file(session, staff, number)
            move_registration(session, staff.scope, number, naar, by=staff.name, reason=reden, now=rooms(request).now())
            _note(request, session, staff, f"aanmelding naar {naar}", found)
    except PlaceDataInvalid:
        return _show(
            request, staff, number, status=WRONG, form="stap", given=form,
            wrong="Schrijf bij deze stap waarom. Een collega moet het later kunnen begrijpen.",
        )  # fmt: skip
    except MoveNotAllowed:
        return _show(request, staff, number, status=CONFLICT, form="stap", wrong=MOVED_ON)
    return onward(request, f"/aanmeldingen/{number}", "De stap is bewaard.")


@router.post("/aanmeldingen/{number}/toewijzen")
def assign(request: Request, staff: Writer, number: str, aan: Text = "") -> Response:
    """Give it to a colleague, or to nobody."""
    with rooms(request).database.session() as session:
        found = _file(session, staff, number)
        names = colleagues(session, staff)
        account = int(aan) if aan.isdecimal() and int(aan) in names else None
        assign_registration(session, staff.scope, number, account)
        _note(request, session, staff, "aanmelding toegewezen", found, names.get(account or 0))
    return onward(request, f"/aanmeldingen/{number}", "De aanmelding is toegewezen.")


@router.post("/aanmeldingen/{number}/notitie")
def write(request: Request, staff: Writer, number: str, tekst: Text = "", zeker: Tick = False) -> Response:
    """Keep a note, after a warning for words on health."""
    if why := unwanted(tekst, zeker):
        return _show(request, staff, number, status=WRONG, form="notitie", wrong=why, given={"tekst": tekst})
    try:
        with rooms(request).database.session() as session:
            found = _file(session, staff, number)
            add_note(session, staff.scope, number, tekst, by=staff.name, now=rooms(request).now())
            _note(request, session, staff, "notitie geschreven", found)
    except PlaceDataInvalid:
        why = "Schrijf een notitie van hoogstens 1000 tekens."
        return _show(request, staff, number, status=WRONG, form="notitie", wrong=why, given={"tekst": tekst})
    return onward(request, f"/aanmeldingen/{number}", "De notitie is bewaard.")


@router.post("/aanmeldingen/{number}/werkplek")
def propose(request: Request, staff: Writer, number: str, werkplek: Text = "") -> Response:
    """Propose an opening; one of its places is kept free."""
    try:
        with rooms(request).database.session() as session:
            found = _file(session, staff, number)
            propose_opening(session, staff.scope, number, werkplek or None)
            _note(request, session, staff, "werkplek voorgesteld", found, werkplek)
    except (PlaceDataInvalid, OpeningFull) as error:
        full = isinstance(error, OpeningFull)
        why = "Op deze werkplek is geen plaats meer vrij." if full else "Deze werkplek is niet gevonden."
        return _show(request, staff, number, status=WRONG, form="werkplek", wrong=why, given={"werkplek": werkplek})
    return onward(request, f"/aanmeldingen/{number}", "De werkplek is bewaard.")


@router.post("/aanmeldingen/{number}/plaatsing")
def placed(
    request: Request, staff: Writer, number: str, soort: Text = "", uren: Text = "", begin: Text = "",
    maanden: Text = "", dagbesteding: Text = "",
) -> Response:  # fmt: skip
    """Record the contract: the registration is placed, and it counts towards the target."""
    form = {"soort": soort, "uren": uren, "begin": begin, "maanden": maanden, "dagbesteding": dagbesteding}
    try:
        contract = Contract(
            kind=soort, hours=int(uren), started_on=date.fromisoformat(begin),
            contract_months=int(maanden) if maanden else None,
            from_daycare={"ja": True, "nee": False}.get(dagbesteding),
        )  # fmt: skip
        with rooms(request).database.session() as session:
            found = _file(session, staff, number)
            place(session, staff.scope, number, contract, by=staff.name, now=rooms(request).now())
            _note(request, session, staff, "plaatsing vastgelegd", found)
    except (ValueError, PlaceDataInvalid):
        why = "Vul de soort plek, de uren per week (1 tot 40) en de begindatum in."
        return _show(request, staff, number, status=WRONG, form="plaatsing", wrong=why, given=form)
    except MoveNotAllowed:
        return _show(request, staff, number, status=CONFLICT, form="plaatsing", wrong=MOVED_ON)
    return onward(request, f"/aanmeldingen/{number}", "De plaatsing is vastgelegd en telt mee voor het doel.")


@router.post("/aanmeldingen/{number}/plaatsing/einde")
def ended(
    request: Request, staff: Writer, number: str, einde: Text = "", reden: Text = "", zeker: Tick = False
) -> Response:
    """The work has ended."""
    form = {"einde": einde, "reden": reden}
    why = unwanted(reden, zeker) or (None if reden.strip() else "Schrijf waarom het werk stopt.")
    if why is None:
        try:
            with rooms(request).database.session() as session:
                found = _file(session, staff, number)
                day = date.fromisoformat(einde)
                end_work(
                    session, staff.scope, number, ended_on=day, by=staff.name, reason=reden, now=rooms(request).now()
                )
                _note(request, session, staff, "plaatsing beëindigd", found)
            return onward(request, f"/aanmeldingen/{number}", "Het einde van het werk is vastgelegd.")
        except (ValueError, PlaceDataInvalid):
            why = "Vul een datum in die na het begin van het werk ligt."
        except RegistrationNotFound:
            why = MOVED_ON
    return _show(request, staff, number, status=WRONG, form="einde", wrong=why, given=form)


def _show(
    request: Request, staff: Staff, number: str, *, status: int = 200, form: str = "", wrong: str = "",
    given: dict[str, Any] | None = None,
) -> HTMLResponse:  # fmt: skip
    """The page; form and wrong: which form was not kept and why, given: what was typed in it."""
    with rooms(request).database.session() as session:
        found = _file(session, staff, number)
        names = colleagues(session, staff)
        _note(request, session, staff, "aanmelding gelezen met contact", found)
    return desk_page(
        request, staff, "desk/registration.html", status, found=found, names=names, form=form, wrong=wrong,
        given=given or {}, late=_is_late(request, found),
        crumbs=[("Aanmeldingen", "/aanmeldingen")],
    )  # fmt: skip


def _is_late(request: Request, found: RegistrationFile) -> bool:
    by = found.wish.next_action_by
    return by is not None and by < today(request)


def _file(session: Session, staff: Staff, number: str) -> RegistrationFile:
    with suppress(RegistrationNotFound):
        return registration_file(session, staff.scope, number)
    raise NotHere


def _note(
    request: Request, session: Session, staff: Staff, action: str, found: RegistrationFile, reason: str | None = None
) -> None:
    wish = found.wish
    note(session, staff.account_id, action, wish.number, wish.municipality, rooms(request).now(), reason)
