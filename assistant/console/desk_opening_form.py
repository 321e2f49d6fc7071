"""Making and editing an opening. The form and an import obey the same rules, and say so in the same words."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData

from assistant.console.access import Staff, allowed
from assistant.console.desk_openings import find
from assistant.console.desk_page import desk_page, today
from assistant.console.page_templates import onward
from assistant.console.rooms import rooms
from assistant.placement import codes
from assistant.placement.importing import explanation
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
SEVERAL: dict[str, tuple[str, ...]] = {"dagen": codes.DAYS, "vervoer": codes.TRANSPORT}


async def sent(request: Request) -> FormData:
    """The form as it was sent."""
    return await request.form()


Sent = Annotated[FormData, Depends(sent)]


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
    with rooms(request).database.session() as session:
        saved = save_opening(session, staff.scope, texts, today=today(request), number=number)
        if saved.number:
            action = "werkplek gewijzigd" if number else "werkplek gemaakt"
            note(session, staff.account_id, action, saved.number, None, rooms(request).now())
    if saved.number is None:
        return _form(request, staff, texts, number, saved)
    return onward(request, f"/werkplekken/{saved.number}", "De werkplek is bewaard.")


def _form(
    request: Request, staff: Staff, texts: dict[str, str], number: str | None, saved: Saved | None = None
) -> HTMLResponse:
    with rooms(request).database.session(write=False) as session:
        lists = {"organisations": organisations_for(session), "certificates": certificates_for(session)}
    problems = {problem.column: explanation(problem) for problem in (saved.problems if saved else ())}
    values: dict[str, Any] = {"texts": texts, "problems": problems, "number": number}
    values |= {"choices": CHOICES, "several": SEVERAL, **lists}
    crumbs = [("Werkplekken", "/werkplekken"), *([(number, f"/werkplekken/{number}")] if number else [])]
    status = WRONG if problems else 200
    return desk_page(request, staff, "desk/opening_form.html", status, **values, crumbs=crumbs)


def _texts(form: FormData) -> dict[str, str]:
    """One text per column; several ticks become one text with commas, as in a file."""
    return {column.head: ",".join(str(value) for value in form.getlist(column.head) if value) for column in IN_FORM}
