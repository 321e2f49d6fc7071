"""The target board, and what comes between a question and a contract: funnel, unmet demand, provider coverage."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from assistant.console.access import Staff, allowed
from assistant.console.desk_page import desk_page, today
from assistant.console.desk_words import DEFINITIONS, municipality_name
from assistant.console.figures_charts import TargetChart, target_chart
from assistant.console.navigation import NavItem
from assistant.console.rooms import rooms
from assistant.placement.board import BoardRow
from assistant.placement.staff_targets import board_of, coverage_of, funnel_of, unmet_of
from assistant.staff.rights import Right

router = APIRouter()
NAV = (
    NavItem("Doelen", "/doelen", Right.DESK_READ, "Bemiddeling"),
    NavItem("Van vraag tot werk", "/stroom", Right.DESK_READ, "Bemiddeling"),
)
Reader = Annotated[Staff, allowed(Right.DESK_READ)]
UNMET = 30
"""Rows of unmet demand on the page: the most asked ones."""


@dataclass(frozen=True, slots=True)
class Board:
    """One definition in one place, over the years."""

    id: str
    title: str
    rows: tuple[BoardRow, ...]
    chart: TargetChart


@router.get("/doelen")
def targets(request: Request, staff: Reader) -> HTMLResponse:
    """Norm and realised, per definition and place."""
    with rooms(request).database.session(write=False) as session:
        rows = tuple(_known(row, today(request).year) for row in board_of(session, staff.scope, today=today(request)))
    return desk_page(request, staff, "desk/targets.html", boards=_boards(rows))


@router.get("/stroom")
def flow(request: Request, staff: Reader, jaar: Annotated[int | None, Query(ge=2000, le=2100)] = None) -> HTMLResponse:
    """One year: funnel, unmet demand and, as it is today, provider coverage."""
    year = jaar or today(request).year
    since, until = date(year, 1, 1), date(year, 12, 31)
    with rooms(request).database.session(write=False) as session:
        steps = funnel_of(session, staff.scope, since=since, until=until)
        unmet = unmet_of(session, staff.scope, since=since, until=until)
        coverage = coverage_of(session, staff.scope, today=today(request))
    return desk_page(
        request, staff, "desk/flow.html", steps=steps, unmet=unmet[:UNMET], left_out=len(unmet[UNMET:]),
        coverage=coverage, year=year, years=range(today(request).year, today(request).year - 5, -1),
    )  # fmt: skip


def _known(row: BoardRow, year: int) -> BoardRow:
    """Without our own count of a past year in which we have nobody: then we were not counting yet, and 0 would lie."""
    return replace(row, counted=()) if row.year < year and not any(count.value for count in row.counted) else row


def _boards(rows: tuple[BoardRow, ...]) -> list[Board]:
    """Rows of the same definition and place together, in the order in which they come."""
    groups: dict[tuple[str, str], list[BoardRow]] = defaultdict(list)
    for row in rows:
        place = row.organisation or (municipality_name(row.municipality) if row.municipality else "Nederland")
        groups[row.definition, place].append(row)
    return [
        Board(f"doel-{number}", f"{DEFINITIONS[definition]}, {place}", tuple(found), target_chart(found))
        for number, ((definition, place), found) in enumerate(groups.items(), start=1)
    ]
