"""One proposed text: what it changes, how it reads, and the decision of a second person."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from assistant.answers.judge_version import judge, today
from assistant.console.access import Staff, allowed
from assistant.console.answers_page import differing, measured, places, previews, said_here
from assistant.console.errors import NotHere
from assistant.console.page_templates import onward, page
from assistant.console.rooms import rooms
from assistant.database import Session
from assistant.editing import versions as editing
from assistant.editing.errors import NotPublishable, NotWaiting, Overtaken, SameEditor, VersionNotFound
from assistant.editing.models import WAITING, AnswerVersion
from assistant.staff.people import names_of
from assistant.staff.rights import Right

router = APIRouter()
Reader = Annotated[Staff, allowed(Right.ANSWERS_READ)]
Writer = Annotated[Staff, allowed(Right.ANSWERS_EDIT)]
Approver = Annotated[Staff, allowed(Right.ANSWERS_APPROVE)]
CONFLICT, WRONG = 409, 422
WHY_NOT: dict[type[Exception], str] = {
    SameEditor: "Dit is uw eigen tekst. Een ander moet hem goedkeuren of afwijzen.",
    NotWaiting: "Over deze tekst is al beslist.",
    Overtaken: "De tekst is intussen veranderd. Bied de nieuwe tekst opnieuw aan.",
    NotPublishable: "Deze tekst mag zo niet gezegd worden. Hieronder staat waarom.",
}


@router.get("/antwoorden/versie/{version_id}")
def one(request: Request, staff: Reader, version_id: int) -> HTMLResponse:
    """One version, as it was proposed."""
    return _page(request, staff, version_id)


@router.post("/antwoorden/versie/{version_id}/goedkeuren")
def publish(request: Request, staff: Approver, version_id: int) -> Response:
    """Say it from now on."""
    place = rooms(request)
    try:
        with place.database.session() as session:
            editing.publish(session, version_id, _editor(staff), place.library.book, place.library.data, place.now())
    except (VersionNotFound, SameEditor, NotWaiting, Overtaken, NotPublishable) as error:
        return _refused(request, staff, version_id, error)
    place.library.refresh()
    return onward(request, f"/antwoorden/versie/{version_id}", "Goedgekeurd. De assistent zegt dit vanaf nu.")


@router.post("/antwoorden/versie/{version_id}/afwijzen")
def reject(request: Request, staff: Approver, version_id: int, why: Annotated[str, Form()] = "") -> Response:
    """Send it back, with what should be different."""
    if len(why.strip()) < 5:
        return _page(request, staff, version_id, "Schrijf wat er anders moet.", WRONG)
    try:
        with rooms(request).database.session() as session:
            editing.reject(session, version_id, _editor(staff), rooms(request).now(), why)
    except (VersionNotFound, SameEditor, NotWaiting) as error:
        return _refused(request, staff, version_id, error)
    return onward(request, f"/antwoorden/versie/{version_id}", "Afgewezen.")


@router.post("/antwoorden/versie/{version_id}/intrekken")
def withdraw(request: Request, staff: Writer, version_id: int) -> Response:
    """Take back an own proposal."""
    try:
        with rooms(request).database.session() as session:
            editing.withdraw(session, version_id, _editor(staff), rooms(request).now())
    except (VersionNotFound, NotWaiting) as error:
        return _refused(request, staff, version_id, error)
    return onward(request, f"/antwoorden/versie/{version_id}", "Ingetrokken.")


@router.post("/antwoorden/versie/{version_id}/terugzetten")
def restore(request: Request, staff: Writer, version_id: int) -> Response:
    """Offer what an earlier version said."""
    place = rooms(request)
    try:
        with place.database.session() as session:
            row = editing.restore(session, version_id, _editor(staff), place.library.book, place.now())
    except VersionNotFound as error:
        raise NotHere(str(version_id)) from error
    return onward(request, f"/antwoorden/versie/{row.id}", "Opnieuw aangeboden. Een collega moet hem goedkeuren.")


def _refused(request: Request, staff: Staff, version_id: int, error: Exception) -> Response:
    if isinstance(error, VersionNotFound):
        raise NotHere(str(version_id)) from error
    return _page(request, staff, version_id, WHY_NOT[type(error)], CONFLICT)


def _page(request: Request, staff: Staff, version_id: int, wrong: str | None = None, status: int = 200) -> HTMLResponse:
    place = rooms(request)
    with place.database.session(write=False) as session:
        row = _found(session, version_id, staff)
        names = names_of(session, {row.made_by, row.decided_by})
    now = said_here(request, staff, row.municipality, row.key)
    version = editing.as_version(row, today())
    judged = judge(place.library.data, place.library.book, version)
    said = judged.answer or now
    return page(
        request, staff, "answers/version.html", status, row=row, names=names, wrong=wrong, judged=judged, now=now,
        waits=row.state == WAITING, mine=row.made_by == staff.account_id, measured=measured(said.words),
        measured_employer=measured(said.employer), changes=differing(now, said), answer=said,
        preview=previews(judged.book, row.key, row.municipality), place_name=places(request)[row.municipality],
        crumbs=[
            ("Antwoorden", f"/antwoorden?gemeente={row.municipality}"),
            (row.key, f"/antwoorden/tekst/{row.municipality}/{row.key}"),
        ],
    )  # fmt: skip


def _found(session: Session, version_id: int, staff: Staff) -> AnswerVersion:
    try:
        return editing.find(session, version_id, staff.scope)
    except VersionNotFound as error:
        raise NotHere(str(version_id)) from error


def _editor(staff: Staff) -> editing.Editor:
    return editing.Editor(staff.account_id, staff.scope)
