"""Messages that were not understood, in groups that look alike: proposals for questions that we do not know yet."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.console.access import Staff, allowed
from assistant.console.errors import NotHere
from assistant.console.navigation import NavItem
from assistant.console.page_templates import onward, page
from assistant.console.review_list import known_topics
from assistant.console.rooms import rooms
from assistant.review.proposals import ASIDE, OPEN, PERIOD, TAKEN, proposals, regroup, settle
from assistant.staff.audit import note
from assistant.staff.rights import Right

router = APIRouter()
NAV = NavItem("Nieuwe vragen", "/nieuwe-vragen", Right.REVIEW_READ, "Gesprekken")
STATES = {OPEN: "Open", TAKEN: "Overgenomen", ASIDE: "Weggelegd"}
Judge = Annotated[Staff, allowed(Right.REVIEW_JUDGE)]
_NAME = re.compile(r"[a-z][a-z_]{1,30}/[a-z][a-z0-9_]{1,40}")


@router.get("/nieuwe-vragen")
def overview(request: Request, staff: Annotated[Staff, allowed(Right.REVIEW_READ)], stand: str = OPEN) -> HTMLResponse:
    """Proposals in one state, those that were asked most first."""
    state = stand if stand in STATES else OPEN
    with rooms(request).database.session(write=False) as session:
        found = proposals(session, scope=staff.scope, state=state)
    groups = sorted({topic.group for topic in known_topics(request).values()})
    return page(
        request, staff, "learning/topics.html", found=found, state=state, states=STATES, days=PERIOD.days, groups=groups
    )


@router.post("/nieuwe-vragen/groeperen")
def group(request: Request, staff: Judge) -> RedirectResponse:
    """Make the open proposals anew."""
    place = rooms(request)
    with place.database.session() as session:
        count = regroup(session, place.now(), scope=staff.scope)
        note(session, staff.account_id, "nieuwe vragen gegroepeerd", f"{count} groepen", None, place.now())
    return onward(request, "/nieuwe-vragen", f"{count} {'groep' if count == 1 else 'groepen'} gevonden.")


@router.post("/nieuwe-vragen/{proposal_id}")
def decide(
    request: Request,
    staff: Judge,
    proposal_id: int,
    besluit: Annotated[str, Form()] = "",
    naam: Annotated[str, Form()] = "",
) -> RedirectResponse:
    """Take a proposal over under a name, or put it aside."""
    name = naam.strip() if besluit == "overnemen" else None
    place, wrong = rooms(request), None
    with place.database.session() as session:
        row = next((one for one in proposals(session, scope=staff.scope, most=10_000) if one.id == proposal_id), None)
        if row is None:
            raise NotHere
        if besluit not in ("overnemen", "wegleggen"):
            wrong = "Kies overnemen of wegleggen."
        elif name is not None and (not _NAME.fullmatch(name) or name.startswith("nieuw/")):
            wrong = "Geef een naam als loon/vakantiegeld: eerst het onderwerp, dan de vraag, in kleine letters."
        else:
            settle(session, proposal_id, staff.name, name=name, scope=staff.scope)
            action = "nieuwe vraag overgenomen" if name else "nieuwe vraag weggelegd"
            note(session, staff.account_id, action, f"voorstel {proposal_id}", row.municipality, place.now(), name)
    return onward(request, "/nieuwe-vragen", wrong or ("Overgenomen." if name else "Weggelegd."))
