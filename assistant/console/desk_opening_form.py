"""Making and editing an opening. The form and an import obey the same rules, and say so in the same words."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData

from assistant.console.access import Staff, allowed
from assistant.console.desk_openings import find
from assistant.console.desk_page import desk_page, today
from assistant.console.form_sent import Sent
from assistant.console.page_templates import onward
from assistant.console.rooms import rooms
from assistant.placement import codes
from assistant.placement.importing import explanation
from assistant.placement.opening_exceptions import Signing
from assistant.placement.staff_opening_form import IN_FORM, Saved, form_of, save_opening
from assistant.placement.staff_openings import certificates_for, organisations_for
from assistant.staff.audit import note
from assistant.staff.rights import Right

router = APIRouter()
Writer = Annotated[Staff, allowed(Right.DESK_WRITE)]
WRONG = 422
CHOICES: dict[str, tuple[str, ...]] = {
    "soort_plek": codes.KINDS,
    "soort_werk": codes.WORK_KINDS,
    "begeleiding": codes.GUIDANCE,
    "tempo": codes.PACE,
    "geluid": codes.NOISE,
    "zitten_staan": codes.SITTING_STANDING,
    "binnen_buiten": codes.INDOORS_OUTDOORS,
    "alleen_team": codes.ALONE_TEAM,
    "rolstoel": ("ja", "nee"),
}
EXCEPTION = "uitzondering"
"""Field with the reason for staying below a rule."""
SEVERAL: dict[str, tuple[str, ...]] = {"dagen": codes.DAYS, "vervoer": codes.TRANSPORT}


@router.get("/werkplekken/nieuw")
def new(request: Request, staff: Writer) -> HTMLResponse:
    """An empty form."""
    return _form(request, staff, {"plekken": "1"}, None)


@router.post("/werkplekken/nieuw")
def make(request: Request, staff: Writer, form: Sent) -> Response:
    """Save a new opening."""
    return _save(request, staff, _texts(form), None)


@router.get("/werkplekken/{number}/wijzigen")
def edit(request: Request, staff: Writer, number: str) -> HTMLResponse:
    """The form with what there is."""
    with rooms(request).database.session(write=False) as session:
        find(session, staff, number, request)
        return _form(request, staff, form_of(session, staff.scope, number), number)


@router.post("/werkplekken/{number}/wijzigen")
def change(request: Request, staff: Writer, number: str, form: Sent) -> Response:
    """Save the changes."""
    with rooms(request).database.session(write=False) as session:
        find(session, staff, number, request)
    return _save(request, staff, _texts(form), number)


def _save(request: Request, staff: Staff, texts: dict[str, str], number: str | None) -> Response:
    now, reason = rooms(request).now(), texts[EXCEPTION] if staff.may(Right.DESK_SIGN) else ""
    signing = Signing(staff.name, reason, now) if reason else None
    with rooms(request).database.session() as session:
        saved = save_opening(session, staff.scope, texts, today=today(request), number=number, signing=signing)
        if saved.number:
            action = "werkplek gewijzigd" if number else "werkplek gemaakt"
            action += " met uitzondering" if saved.signed else ""
            where = find(session, staff, saved.number, request).opening.municipality
            note(session, staff.account_id, action, saved.number, where, now, reason if saved.signed else None)
    if saved.number is None:
        return _form(request, staff, texts, number, saved)
    words = " Uw naam en de reden staan bij de uitzondering." if saved.signed else ""
    return onward(request, f"/werkplekken/{saved.number}", f"De werkplek is bewaard.{words}")


def _form(
    request: Request, staff: Staff, texts: dict[str, str], number: str | None, saved: Saved | None = None
) -> HTMLResponse:
    with rooms(request).database.session(write=False) as session:
        lists = {"organisations": organisations_for(session), "certificates": certificates_for(session)}
    problems = {problem.column: explanation(problem) for problem in (saved.problems if saved else ())}
    values: dict[str, Any] = {"texts": texts, "problems": problems, "number": number}
    values |= {"choices": CHOICES, "several": SEVERAL, **lists, "only_rules": saved is not None and saved.only_rules}
    crumbs = [("Werkplekken", "/werkplekken"), *([(number, f"/werkplekken/{number}")] if number else [])]
    status = WRONG if problems else 200
    return desk_page(request, staff, "desk/opening_form.html", status, **values, crumbs=crumbs)


def _texts(form: FormData) -> dict[str, str]:
    """One text per column; several ticks become one text with commas, as in a file."""
    texts = {column.head: ",".join(str(value) for value in form.getlist(column.head) if value) for column in IN_FORM}
    return texts | {EXCEPTION: str(form.get(EXCEPTION, "")).strip()[:300]}
