"""The public report of a month as staff see it before they publish it: the same bytes as `meedoen figures` writes."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from assistant.console.access import Staff, allowed
from assistant.console.desk_openings import file_response
from assistant.console.desk_words import municipality_name
from assistant.console.errors import NotHere
from assistant.console.navigation import NavItem
from assistant.console.page_templates import page
from assistant.console.rooms import rooms
from assistant.core.scope import covers
from assistant.figures import Report, months_before, public_report
from assistant.figures.errors import FiguresError
from assistant.figures.part_names import part_name
from assistant.figures.periods import day_of
from assistant.figures.public import published_by
from assistant.figures.sheets import report_sheet
from assistant.staff.rights import Right

router = APIRouter()
NAV = NavItem("Openbaar maandbericht", "/maandbericht", Right.FIGURES_READ, "Cijfers")
Reader = Annotated[Staff, allowed(Right.FIGURES_READ)]
MONTHS = 24


@router.get("/maandbericht")
def report(request: Request, staff: Reader, gemeente: str = "", maand: str = "") -> HTMLResponse:
    """The report of one municipality over one month; without a choice: the last month that can be published."""
    months = [
        name for name in months_before(day_of(rooms(request).now()), MONTHS) if published_by(name, rooms(request).now())
    ]
    place, name = gemeente or min(staff.scope, default=""), maand or months[0]
    return page(
        request, staff, "figures/report.html", report=_report(request, staff, place, name), months=months,
        gemeente=municipality_name, part_name=part_name,
    )  # fmt: skip


@router.get("/maandbericht/bestand")
def file(
    request: Request, staff: Reader, gemeente: str, maand: str, soort: Literal["json", "csv", "xlsx"] = "json"
) -> Response:
    """The same as a file."""
    found = _report(request, staff, gemeente, maand)
    if soort == "json":
        return JSONResponse(found.to_dict())
    return file_response(report_sheet(found, soort), f"maandbericht-{gemeente}-{maand}", soort)


def _report(request: Request, staff: Staff, place: str, name: str) -> Report:
    if not covers(staff.scope, place):
        raise NotHere
    try:
        with rooms(request).database.session(write=False) as session:
            return public_report(session, place, name, now=rooms(request).now())
    except FiguresError as error:
        raise NotHere from error
