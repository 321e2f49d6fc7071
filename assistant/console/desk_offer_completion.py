"""What an employer did not say in the talk: filled in afterwards by who asked, with the nearest valid value offered."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from assistant.console.access import Staff, allowed
from assistant.console.desk_offers import DECIDED, find
from assistant.console.desk_page import desk_page, today
from assistant.console.form_sent import Sent
from assistant.console.page_templates import onward
from assistant.console.rooms import rooms
from assistant.placement import codes
from assistant.placement.errors import MoveNotAllowed
from assistant.placement.importing import explanation
from assistant.placement.offer_completion import NEEDED, Completed, complete_offer, unsaid
from assistant.placement.sheet import RowProblem
from assistant.staff.audit import note
from assistant.staff.rights import Right

router = APIRouter()
Writer = Annotated[Staff, allowed(Right.DESK_WRITE)]
CONFLICT, WRONG = 409, 422
LABELS = {
    "soort_plek": "Soort plek",
    "soort_werk": "Soort werk",
    "plaats": "Plaats",
    "uren_min": "Uren per week, minstens",
    "uren_max": "Uren per week, hoogstens",
    "contract_maanden": "Contract in maanden",
    "taken": "Wat doet iemand daar?",
}
CHOICES: dict[str, tuple[str, ...]] = {"soort_plek": codes.KINDS, "soort_werk": codes.WORK_KINDS}


@router.get("/aanbod/{number}/aanvullen")
def fill(request: Request, staff: Writer, number: str) -> HTMLResponse:
    """The form: only what is not there yet."""
    return _form(request, staff, number, {})


@router.post("/aanbod/{number}/aanvullen")
def filled(request: Request, staff: Writer, number: str, form: Sent) -> Response:
    """Keep what the employer said; the rules are checked anew."""
    texts = {name: str(value) for name, value in form.items() if isinstance(value, str)}
    try:
        with rooms(request).database.session() as session:
            found = find(session, staff, number)
            done = complete_offer(session, staff.scope, number, texts, today=today(request))
            if not done.problems:
                what, now = ", ".join(done.filled), rooms(request).now()
                note(session, staff.account_id, "aanbod aangevuld", found.number, found.municipality, now, what)
    except MoveNotAllowed:
        return _form(request, staff, number, {}, wrong=DECIDED, status=CONFLICT)
    if done.problems:
        return _form(request, staff, number, texts, done, status=WRONG)
    return onward(request, f"/aanbod/{found.number}", "Het aanbod is aangevuld en opnieuw naast de regels gelegd.")


def _words(problem: RowProblem) -> str:
    """What is wrong and what would be right: as an import says it, with the label of the field instead of its head."""
    label = LABELS[problem.column]
    if problem.code == "missing":
        return f"Vul in: {label.lower()}."
    return explanation(replace(problem, column=label))


def _form(
    request: Request,
    staff: Staff,
    number: str,
    texts: dict[str, str],
    done: Completed | None = None,
    *,
    wrong: str = "",
    status: int = 200,
) -> HTMLResponse:
    with rooms(request).database.session(write=False) as session:
        found = find(session, staff, number)
        heads = unsaid(session, staff.scope, number) if found.undecided else ()
    problems = list(done.problems) if done else []
    return desk_page(
        request, staff, "desk/offer_completion.html", status, found=found, heads=heads, texts=texts, wrong=wrong,
        problems={each.column: _words(each) for each in problems}, choices=CHOICES, needed=NEEDED, labels=LABELS,
        crumbs=[("Aanbod van werkgevers", "/aanbod"), (found.number, f"/aanbod/{found.number}")],
    )  # fmt: skip
