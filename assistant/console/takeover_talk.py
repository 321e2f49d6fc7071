"""One talk that a member of staff has: what was said, the send box, and the ways to end it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.console.access import Staff
from assistant.console.page_templates import fragment, onward, page
from assistant.console.rooms import rooms
from assistant.console.takeover_place import QUEUE, address, is_present, noted, staff_side, talk_in_scope
from assistant.console.takeover_queue import TakesOver
from assistant.handover import HandoverNotPossible, HandoverView, LineView, State
from assistant.placement.errors import ContactInvalid, ContactMissing
from assistant.review.outcome import WITH_STAFF
from assistant.review.told import ToldTurn, told

router = APIRouter()
TALK = f"{QUEUE}/{{talk_id}}"
Text = Annotated[str, Form(max_length=4000)]
GONE = "Dit gesprek is niet (meer) van u. Uw bericht is niet verstuurd."
ASKED = "De vraag staat in het gesprek. Er gaat pas iets weg als de persoon ja zegt."
STATES = {
    State.WACHT: "wacht",
    State.BEZIG: "bezig",
    State.DOORSTUREN: "vraagt om door te sturen",
    State.AFGEROND: "afgerond",
    State.TERUGGEGEVEN: "terug naar de computer",
    State.DOORGESTUURD: "doorgestuurd",
    State.TERUGBELLEN: "terugbellen",
}


@router.get(TALK)
def talk(request: Request, staff: TakesOver, talk_id: int, zin: int = -1) -> HTMLResponse:
    """The talk of who has it; a colleague sees who that is, and nothing that was said."""
    found = talk_in_scope(request, staff, talk_id)
    if found.with_staff and found.staff_id == staff.account_id:
        staff_side(request).desk.seen(talk_id, staff.account_id, rooms(request).now())
        is_present(request, staff)
    return _page(request, staff, found, zin=zin)


@router.get(f"{TALK}/regels")
def new_lines(request: Request, staff: TakesOver, talk_id: int, na: str = "", stand: str = "") -> Response:
    """What came after a line; also the sign of life of who has the talk. A new state asks for the whole page."""
    found = talk_in_scope(request, staff, talk_id)
    mine = staff_side(request).desk.seen(talk_id, staff.account_id, rooms(request).now())
    if not mine or found.state != stand:
        return Response(headers={"HX-Refresh": "true"})
    is_present(request, staff)
    return _new_lines(request, staff, found, na)


@router.post(f"{TALK}/bericht")
def say(
    request: Request, staff: TakesOver, talk_id: int, bericht: Text = "", kenmerk: Text = "", na: Text = ""
) -> Response:
    """Say something to the person. What could not be delivered is given back, never lost."""
    found = talk_in_scope(request, staff, talk_id)
    if bericht.strip():
        try:
            now = rooms(request).now()
            staff_side(request).desk.staff_says(talk_id, staff.account_id, bericht, now, kenmerk[:32] or None)
        except HandoverNotPossible:
            if "hx-request" in request.headers:  # the script has kept what was typed
                return Response(status_code=409, headers={"HX-Refresh": "true"})
            found = talk_in_scope(request, staff, talk_id)
            return _page(request, staff, found, status=409, unsent=bericht, problem=GONE)
    if "hx-request" in request.headers:
        return _new_lines(request, staff, found, na)
    return onward(request, f"{address(talk_id)}#nieuw")


@router.post(f"{TALK}/klaar")
def finish(request: Request, staff: TakesOver, talk_id: int) -> RedirectResponse:
    """Give the talk back to the computer."""
    done = "Het gesprek is afgerond. De computer heeft het overgenomen."
    return _end(request, staff, talk_id, "gesprek afgerond", done, staff_side(request).finish)


@router.post(f"{TALK}/terugleggen")
def put_back(request: Request, staff: TakesOver, talk_id: int) -> RedirectResponse:
    """Leave the talk to a colleague."""
    done = "Het gesprek staat weer vooraan in de rij."
    return _end(request, staff, talk_id, "gesprek teruggelegd", done, staff_side(request).put_back)


@router.post(f"{TALK}/doorsturen")
def forward(
    request: Request, staff: TakesOver, talk_id: int, organisatie: Text = "", vraag: Text = "", contact: Text = ""
) -> Response:
    """Ask the person whether the talk may go to another organisation."""
    found = talk_in_scope(request, staff, talk_id)
    if not (organisatie and vraag.strip() and contact.strip()):
        given = {"organisatie": organisatie, "vraag": vraag, "contact": contact}
        problem = "Vul bij Doorsturen alle drie de velden in."
        return _page(request, staff, found, status=422, problem=problem, given=given)
    try:
        staff_side(request).ask_forward(found, staff.account_id, organisatie, vraag, contact)
    except HandoverNotPossible:
        return onward(request, address(talk_id), "Doorsturen kan nu niet.")
    noted(request, staff, "doorsturen gevraagd", found, organisatie)
    return onward(request, address(talk_id), ASKED)


@router.post(f"{TALK}/doorsturen-intrekken")
def withdraw(request: Request, staff: TakesOver, talk_id: int) -> RedirectResponse:
    """Take the question back."""
    found = talk_in_scope(request, staff, talk_id)
    try:
        staff_side(request).withdraw_forward(found, staff.account_id)
    except HandoverNotPossible:
        return onward(request, address(talk_id), "De persoon heeft al gekozen.")
    return onward(request, address(talk_id), "De vraag om door te sturen is ingetrokken.")


@router.post(f"{TALK}/terugbellen")
def call_back(
    request: Request, staff: TakesOver, talk_id: int, naam: Text = "", telefoon: Text = "", wanneer: Text = ""
) -> Response:
    """Agree on a call, and end the talk."""
    found = talk_in_scope(request, staff, talk_id)
    given = {"naam": naam, "telefoon": telefoon, "wanneer": wanneer}
    if not naam.strip():
        return _page(request, staff, found, status=422, problem="Vul bij Terugbellen een naam in.", given=given)
    try:
        number = staff_side(request).call_back(found, staff.account_id, naam[:120], telefoon, wanneer[:40])
    except (ContactInvalid, ContactMissing):
        return _page(request, staff, found, status=422, problem="Dit is geen telefoonnummer.", given=given)
    except HandoverNotPossible:
        return onward(request, address(talk_id), "Dit gesprek is niet (meer) van u.")
    noted(request, staff, "terugbellen afgesproken", found, number)
    return onward(request, QUEUE, f"De afspraak staat op de belijst als {number}.")


def _end(
    request: Request,
    staff: Staff,
    talk_id: int,
    action: str,
    done: str,
    step: Callable[[HandoverView, int], None],
) -> RedirectResponse:
    found = talk_in_scope(request, staff, talk_id)
    try:
        step(found, staff.account_id)
    except HandoverNotPossible:
        return onward(request, address(talk_id), "Dit gesprek is niet (meer) van u.")
    noted(request, staff, action, found)
    return onward(request, QUEUE, done)


def _page(
    request: Request,
    staff: Staff,
    found: HandoverView,
    status: int = 200,
    *,
    zin: int = -1,
    unsent: str = "",
    problem: str = "",
    given: dict[str, str] | None = None,
) -> HTMLResponse:
    side, mine = staff_side(request), found.staff_id == staff.account_id
    canned, forwarding = side.files.canned(found.municipality), side.files.forwarding(found.municipality)
    lines = _lines(request, found, "") if mine else []
    return page(
        request, staff, "takeover/talk.html", status, talk=found, mine=mine, lines=lines,
        live=mine and found.with_staff,
        last=lines[-1].id if lines else f"{found.id}.0", before=_before(request, found) if mine else [], states=STATES,
        canned=canned, forwarding=forwarding, problem=problem, given=given or {},
        organisations=[(one.id, one.name) for one in forwarding.to] if forwarding else [],
        unsent=unsent or (canned[zin].text if 0 <= zin < len(canned) else ""), token=secrets.token_hex(12),
        crumbs=[("Overnemen", QUEUE)],
    )  # fmt: skip


def _new_lines(request: Request, staff: Staff, found: HandoverView, last: str) -> HTMLResponse:
    lines = _lines(request, found, last)
    last = lines[-1].id if lines else last
    token = secrets.token_hex(12) if request.method == "POST" else ""
    return fragment(request, staff, "takeover/_new.html", talk=found, lines=lines, last=last, live=True, token=token)


def _lines(request: Request, found: HandoverView, last: str) -> list[LineView]:
    """Return the lines of this hand-over after one; an id of another hand-over counts as the beginning."""
    last = last if last.startswith(f"{found.id}.") else f"{found.id}.0"
    lines = staff_side(request).desk.lines_after(found.conversation_id, last)
    return [line for line in lines if line.handover_id == found.id]


def _before(request: Request, found: HandoverView) -> list[dict[str, Any]]:
    """Return what was said before, masked, when the person let the member of staff read it."""
    if not found.shares_summary:
        return []
    title = rooms(request).library.book.title
    return [
        {"said": _own(turn.said, title), "answers": _texts(turn) or [title(key) for key in turn.answers]}
        for turn in told(rooms(request).database, found.conversation_id)
        if turn.intent != WITH_STAFF
    ]


def _texts(turn: ToldTurn) -> list[str]:
    return [str(raw.get("text") or "") for raw in turn.replies]


def _own(said: str, title: Callable[[str], str]) -> str:
    """Return what the person said; a button by its words."""
    return (title(said[1:]) or said[1:]) if said.startswith("/") else said
