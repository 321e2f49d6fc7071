"""Registrations as a table and as columns per state, what should be done first on top."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from assistant.console.access import Staff, allowed
from assistant.console.desk_page import colleagues, desk_page, today
from assistant.console.navigation import Card, NavItem
from assistant.console.rooms import Rooms, rooms
from assistant.placement.sequence import AMSTERDAM
from assistant.placement.staff_registrations import PAGE, Wanted, registration_columns, registration_page
from assistant.staff.rights import Right

router = APIRouter()
NAV = NavItem("Aanmeldingen", "/aanmeldingen", Right.DESK_WRITE, "Bemiddeling")
Worker = Annotated[Staff, allowed(Right.DESK_WRITE)]
"""Whose registration it is, is for who works with it; there is no view without names (see README.md)."""


@router.get("/aanmeldingen")
def registrations(
    request: Request,
    staff: Worker,
    zoek: str = "",
    stand: str = "",
    gemeente: str = "",
    van: str = "",
    te_laat: bool = False,
    weergave: str = "tabel",
    pagina: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """The list. weergave: "tabel" or "kolommen"; van: "mij", "niemand" or empty."""
    mine = staff.account_id if van == "mij" else None
    wanted = Wanted(
        state=stand or None, late=te_laat, assigned_to=mine, nobody=van == "niemand",
        municipality=gemeente or None, text=zoek[:80], page=pagina,
    )  # fmt: skip
    asked = {"zoek": zoek, "stand": stand, "gemeente": gemeente, "van": van, "te_laat": "ja" if te_laat else ""}
    values: dict[str, Any] = {"wanted": wanted, "van": van, "weergave": weergave, "asked": _query(asked)}
    with rooms(request).database.session(write=False) as session:
        values["names"] = colleagues(session, staff)
        if weergave == "kolommen":
            values["columns"] = registration_columns(session, staff.scope, wanted, today=today(request))
        else:
            values["found"] = found = registration_page(session, staff.scope, wanted, today=today(request))
            values["more"] = found.total > pagina * PAGE
    return desk_page(request, staff, "desk/registrations.html", **values)


def _late(house: Rooms, staff: Staff) -> Card | None:
    """What should have been done already."""
    if Right.DESK_WRITE not in staff.rights:
        return None
    day = house.now().astimezone(AMSTERDAM).date()
    with house.database.session(write=False) as session:
        found = registration_page(session, staff.scope, Wanted(late=True), today=day)
    if not found.total:
        return None
    return Card(
        "Aanmeldingen te laat", "De beloofde datum is voorbij.", "/aanmeldingen?te_laat=ja", found.total, urgent=True
    )


TODAY = (_late,)


def _query(asked: dict[str, str]) -> str:
    """The filters as an address, ending so that more can follow."""
    kept = urlencode({name: value for name, value in asked.items() if value})
    return f"/aanmeldingen?{kept}&" if kept else "/aanmeldingen?"
