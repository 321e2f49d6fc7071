"""Taking in a file of openings: first tried and explained row by row, then written on the word of who brought it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response, UploadFile
from fastapi.responses import HTMLResponse

from assistant.console.access import Staff, allowed
from assistant.console.desk_page import desk_page, today
from assistant.console.errors import NotHere
from assistant.console.page_templates import onward
from assistant.console.rooms import rooms
from assistant.database import Session
from assistant.placement.errors import FileUnreadable
from assistant.placement.importing import ImportReport, explanation, import_openings
from assistant.placement.pending_import import forget_file, keep_file, kept_file
from assistant.placement.sheet import COLUMNS
from assistant.placement.tables import MOST_BYTES
from assistant.placement.virus_scan import FileNotClean, scan
from assistant.staff.audit import note
from assistant.staff.rights import Right

router = APIRouter()
Writer = Annotated[Staff, allowed(Right.DESK_WRITE)]
WRONG = 422
SHOWN = 500
"""Problems on one page; a file with more is not worth reading to the end."""
UNREADABLE = (
    "Dit bestand kan niet worden gelezen. Het moet een CSV of XLSX zijn van hoogstens 10 MB, met de kolomnamen die "
    "hieronder staan."
)


@router.get("/werkplekken/import")
def start(request: Request, staff: Writer) -> HTMLResponse:
    """Choose a file."""
    return _start(request, staff)


@router.post("/werkplekken/import")
def bring(request: Request, staff: Writer, bestand: UploadFile) -> Response:
    """Keep the file and try it. Nothing is written yet."""
    content = bestand.file.read(MOST_BYTES + 1)
    try:
        scan(rooms(request).settings.virus_scanner, content)
        with rooms(request).database.session() as session:
            id = keep_file(session, staff.account_id, bestand.filename or "bestand", content, now=rooms(request).now())
            _run(request, session, staff, id, dry_run=True)
    except FileNotClean as error:
        return _start(request, staff, WRONG, error.why)
    except FileUnreadable:
        return _start(request, staff, WRONG, UNREADABLE)
    return onward(request, f"/werkplekken/import/{id}")


@router.get("/werkplekken/import/{id}")
def tried(request: Request, staff: Writer, id: str) -> HTMLResponse:
    """What would be written, and why the other rows would not."""
    with rooms(request).database.session() as session:
        report, name = _run(request, session, staff, id, dry_run=True)
    problems = [(problem, explanation(problem)) for problem in report.problems[:SHOWN]]
    return desk_page(
        request, staff, "desk/import_tried.html", report=report, name=name, id=id, problems=problems,
        left_out=len(report.problems) - len(problems),
        crumbs=[("Werkplekken", "/werkplekken"), ("Bestand invoeren", "/werkplekken/import")],
    )  # fmt: skip


@router.post("/werkplekken/import/{id}")
def write(request: Request, staff: Writer, id: str, keuze: Annotated[str, Form()] = "") -> Response:
    """Write it ("alles", "goede_rijen"), or throw the file away ("weg")."""
    if keuze == "weg":
        with rooms(request).database.session() as session:
            _kept(request, session, staff, id)
            forget_file(session, staff.account_id, id)
        return onward(request, "/werkplekken/import", "Het bestand is weggegooid. Er is niets gewijzigd.")
    with rooms(request).database.session() as session:
        report, name = _run(request, session, staff, id, good_rows=keuze == "goede_rijen")
        told = f"{report.new} nieuw, {report.changed} bijgewerkt, {report.refused} geweigerd"
        if report.written:
            forget_file(session, staff.account_id, id)
            note(session, staff.account_id, "werkplekken ingevoerd", name, None, rooms(request).now(), told)
    if not report.written:
        return onward(request, f"/werkplekken/import/{id}", "Niets geschreven: er zijn nog rijen die niet kloppen.")
    return onward(request, "/werkplekken", f"Ingevoerd: {told}.")


def _start(request: Request, staff: Staff, status: int = 200, wrong: str = "") -> HTMLResponse:
    return desk_page(
        request, staff, "desk/import_start.html", status, wrong=wrong, columns=COLUMNS,
        crumbs=[("Werkplekken", "/werkplekken")],
    )  # fmt: skip


def _run(
    request: Request, session: Session, staff: Staff, id: str, *, dry_run: bool = False, good_rows: bool = False
) -> tuple[ImportReport, str]:
    name, content = _kept(request, session, staff, id)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("in.xlsx" if name.lower().endswith((".xlsx", ".xlsm")) else "in.csv")
        path.write_bytes(content)
        day = today(request)
        return import_openings(session, path, today=day, dry_run=dry_run, good_rows=good_rows, scope=staff.scope), name


def _kept(request: Request, session: Session, staff: Staff, id: str) -> tuple[str, bytes]:
    found = kept_file(session, staff.account_id, id, now=rooms(request).now())
    if found is None:
        raise NotHere
    return found
