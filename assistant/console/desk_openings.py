"""Openings: the list with completeness and freshness, one of them to confirm or close, and the export."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from assistant.console.access import Staff, allowed
from assistant.console.desk_page import desk_page, today
from assistant.console.errors import NotHere
from assistant.console.navigation import NavItem
from assistant.console.page_templates import onward
from assistant.console.rooms import rooms
from assistant.database import Session
from assistant.placement.errors import OpeningNotFound
from assistant.placement.importing import export_openings
from assistant.placement.opening_exceptions import exceptions_of
from assistant.placement.staff_openings import (
    PAGE,
    OpeningFile,
    OpeningsWanted,
    close_opening,
    confirm_opening,
    opening_file,
    opening_page_of,
)
from assistant.staff.audit import note
from assistant.staff.rights import Right

router = APIRouter()
NAV = NavItem("Werkplekken", "/werkplekken", Right.DESK_READ, "Bemiddeling")
Reader = Annotated[Staff, allowed(Right.DESK_READ)]
Writer = Annotated[Staff, allowed(Right.DESK_WRITE)]
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.get("/werkplekken")
def openings(
    request: Request,
    staff: Reader,
    zoek: str = "",
    stand: str = "",
    soort: str = "",
    gemeente: str = "",
    pagina: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """The list; who waits longest for a confirmation is on top."""
    known = stand if stand in ("vers", "vervaagd", "verborgen", "afgesloten") else None
    wanted = OpeningsWanted(
        freshness=known, kind=soort or None, municipality=gemeente or None, text=zoek[:80], page=pagina
    )
    with rooms(request).database.session(write=False) as session:
        found = opening_page_of(session, staff.scope, wanted, today=today(request))
    asked = {"zoek": zoek, "stand": stand, "soort": soort, "gemeente": gemeente}
    kept = urlencode({name: value for name, value in asked.items() if value})
    return desk_page(
        request, staff, "desk/openings.html", found=found, wanted=wanted, more=found.total > pagina * PAGE,
        asked=f"/werkplekken?{kept}&" if kept else "/werkplekken?",
    )  # fmt: skip


@router.get("/werkplekken/export")
def export(request: Request, staff: Writer, soort: Literal["csv", "xlsx"] = "xlsx") -> Response:
    """Every opening of the scope as a file that can be imported again; it holds contacts, so it is noted."""
    with tempfile.TemporaryDirectory() as folder, rooms(request).database.session() as session:
        path = Path(folder) / f"werkplekken.{soort}"
        rows = export_openings(session, path, scope=staff.scope)
        note(session, staff.account_id, "werkplekken geëxporteerd", f"{rows} rijen", None, rooms(request).now())
        content = path.read_bytes()
    return file_response(content, f"werkplekken-{today(request)}", soort)


@router.get("/werkplekken/{number}")
def opening(request: Request, staff: Reader, number: str) -> HTMLResponse:
    """One opening."""
    with rooms(request).database.session(write=False) as session:
        found = find(session, staff, number, request)
        exceptions = exceptions_of(session, staff.scope, number)
    return desk_page(
        request, staff, "desk/opening.html", found=found, opening=found.opening, exceptions=exceptions,
        crumbs=[("Werkplekken", "/werkplekken")],
    )  # fmt: skip


@router.post("/werkplekken/{number}/bevestigen")
def confirm(request: Request, staff: Writer, number: str) -> Response:
    """Somebody rang the provider: it is as it stands."""
    with rooms(request).database.session() as session:
        found = find(session, staff, number, request)
        confirm_opening(session, staff.scope, number, today=today(request))
        _note(request, session, staff, "werkplek bevestigd", found)
    return onward(request, f"/werkplekken/{found.opening.number}", "De werkplek is bevestigd op vandaag.")


@router.post("/werkplekken/{number}/sluiten")
def close(request: Request, staff: Writer, number: str) -> Response:
    """It is no longer there."""
    with rooms(request).database.session() as session:
        found = find(session, staff, number, request)
        waiting = close_opening(session, staff.scope, number, today=today(request))
        _note(request, session, staff, "werkplek gesloten", found)
    more = f" Let op: {waiting} lopende aanmeldingen noemen deze plek." if waiting else ""
    return onward(request, f"/werkplekken/{found.opening.number}", f"De werkplek is gesloten.{more}")


def find(session: Session, staff: Staff, number: str, request: Request) -> OpeningFile:
    """The opening, or NotHere."""
    with suppress(OpeningNotFound):
        return opening_file(session, staff.scope, number, today=today(request))
    raise NotHere


def file_response(content: bytes, name: str, kind: str) -> Response:
    """A file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(content, media_type=CONTENT_TYPES[kind], headers=headers)


def _note(request: Request, session: Session, staff: Staff, action: str, found: OpeningFile) -> None:
    view = found.opening
    note(session, staff.account_id, action, view.number, view.municipality, rooms(request).now())
