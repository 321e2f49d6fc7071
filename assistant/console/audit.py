"""The audit log for the privacy officer: who did or read what, with filters, a check of the chain, and export."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from assistant.console.access import Staff, allowed
from assistant.console.moments import HERE, moment
from assistant.console.navigation import NavItem
from assistant.console.page_templates import page
from assistant.console.rooms import Rooms, rooms
from assistant.staff import audit_search, chain
from assistant.staff.audit import all_lines, note
from assistant.staff.audit_search import AuditFilter
from assistant.staff.errors import ChainBroken
from assistant.staff.export import to_json
from assistant.staff.people import names_of
from assistant.staff.rights import Right

router = APIRouter()
NAV = NavItem("Logboek", "/logboek", Right.AUDIT_READ, "Beheer")
Reader = Annotated[Staff, allowed(Right.AUDIT_READ)]
HEADS = ("regel", "tijd", "medewerker", "actie", "onderwerp", "gemeente", "reden")


@router.get("/logboek")
def overview(request: Request, staff: Reader, pagina: Annotated[int, Query(ge=1, le=10_000)] = 1) -> Response:
    """Lines, newest first, filtered by the address. Looking somebody up is noted itself."""
    wanted, place = _wanted(request), rooms(request)
    with place.database.session(write=wanted.staff_id is not None) as session:
        lines, more = audit_search.find(session, wanted, staff.scope, page=pagina)
        actions = audit_search.actions_in(session, staff.scope)
        people = {line.staff_id for line in lines}
        if audit_search.has_lines_of(session, wanted.staff_id, staff.scope):
            people.add(wanted.staff_id)  # with other filters on, none of those lines need be on this page
        names = names_of(session, people)
        if wanted.staff_id is not None:
            note(session, staff.account_id, "logboek gezocht", f"account {wanted.staff_id}", _home(staff), place.now())
    return page(
        request, staff, "audit.html", lines=lines, more=more, number=pagina, actions=actions, names=names,
        places=place.municipalities, asked=dict(request.query_params), address=f"/logboek?{_query(request)}",
        query=_query(request), scope=sorted(staff.scope),
    )  # fmt: skip


@router.get("/logboek/controle")
def verify(request: Request, staff: Reader) -> Response:
    """Go through the whole chain now, also the lines of other municipalities."""
    broken, done = None, None
    with rooms(request).database.session(write=False) as session:
        try:
            done = chain.check(all_lines(session))
        except ChainBroken as error:
            broken = error
    return page(
        request, staff, "audit_checked.html", done=done, broken=broken, now=rooms(request).now(),
        crumbs=[("Logboek", "/logboek")],
    )  # fmt: skip


@router.get("/logboek/keten.jsonl")
def export_chain(request: Request, staff: Reader) -> Response:
    """The whole chain to check elsewhere; lines outside the scope as hashes only."""
    _note_export(request, staff, "keten")
    lines = _streamed(rooms(request), staff)
    name = f"logboek-{rooms(request).now():%Y-%m-%d}.jsonl"
    return StreamingResponse(lines, media_type="application/x-ndjson", headers=_attachment(name))


@router.get("/logboek/tabel.csv")
def export_table(request: Request, staff: Reader) -> Response:
    """The filtered lines as a table for a spreadsheet."""
    _note_export(request, staff, "tabel")
    wanted, place = _wanted(request), rooms(request)
    with place.database.session(write=False) as session:
        lines = audit_search.find_all(session, wanted, staff.scope)
        names = names_of(session, {line.staff_id for line in lines})
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";")
    rows.writerow(HEADS)
    for line in lines:
        who = names.get(line.staff_id or 0, "het systeem")
        cells = (moment(line.at), who, line.action, line.subject, line.municipality or "landelijk", line.reason or "")
        rows.writerow([line.number, *map(_harmless, cells)])
    name = f"logboek-{place.now():%Y-%m-%d}.csv"
    # the mark at the start makes Excel read UTF-8
    return Response("\ufeff" + text.getvalue(), media_type="text/csv; charset=utf-8", headers=_attachment(name))


def _streamed(place: Rooms, staff: Staff) -> Iterator[str]:
    with place.database.session(write=False) as session:
        yield from to_json(all_lines(session), staff.scope)


def _note_export(request: Request, staff: Staff, what: str) -> None:
    place = rooms(request)
    with place.database.session() as session:
        note(session, staff.account_id, "logboek geëxporteerd", what, _home(staff), place.now())


def _wanted(request: Request) -> AuditFilter:
    asked = request.query_params
    who = asked.get("wie", "")
    until = _midnight(asked.get("tot", ""))
    return AuditFilter(
        since=_midnight(asked.get("van", "")), until=until + timedelta(days=1) if until else None,
        staff_id=int(who) if who.isdecimal() and len(who) < 10 else None, action=asked.get("actie", ""),
        subject=asked.get("onderwerp", "").strip(), municipality=asked.get("gemeente", ""),
    )  # fmt: skip


def _midnight(text: str) -> datetime | None:
    """Return the first moment of a day here; None for anything that is no day, or has no day before or after it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return datetime.combine(day, time(), HERE) if date.min < day < date.max else None


def _query(request: Request) -> str:
    kept = {name: value for name, value in request.query_params.items() if value and name != "pagina"}
    return urlencode(kept) + "&" if kept else ""


def _harmless(cell: str) -> str:
    """A cell that begins like a formula would be one in a spreadsheet."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell


def _attachment(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _home(staff: Staff) -> str | None:
    return next(iter(staff.scope)) if len(staff.scope) == 1 else None
