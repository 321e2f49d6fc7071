"""The weekly samples: draw one, see how far it is, what it says of all talks, and how far readers agree."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.console.access import Staff, allowed
from assistant.console.errors import NotHere
from assistant.console.navigation import NavItem
from assistant.console.page_templates import onward, page
from assistant.console.rooms import rooms
from assistant.review.errors import AlreadyDrawn
from assistant.review.judging import VERDICTS, readers_agree
from assistant.review.sampling import ORDINARY, RISKY, UNSURE, Draw, draw_sample, samples, shares, week_of
from assistant.staff.audit import note
from assistant.staff.rights import Right

router = APIRouter()
NAV = NavItem("Steekproef", "/steekproef", Right.REVIEW_READ, "Gesprekken")
Reader = Annotated[Staff, allowed(Right.REVIEW_READ)]
Judge = Annotated[Staff, allowed(Right.REVIEW_JUDGE)]
WEEKS = 8
"""Weeks that can be drawn, the present one included."""
PERIOD = timedelta(days=90)


@router.get("/steekproef")
def overview(request: Request, staff: Reader) -> HTMLResponse:
    """All samples in scope."""
    place = rooms(request)
    now = place.now()
    with place.database.session(write=False) as session:
        drawn = samples(session, scope=staff.scope)
        shared = {sample.id: shares(session, sample.id, scope=staff.scope) for sample, _ in drawn[:12]}
        on_verdict, on_cause = readers_agree(session, scope=staff.scope, since=now - PERIOD)
    weeks = [week_of((now - timedelta(weeks=back)).date()) for back in range(WEEKS)]
    return page(
        request, staff, "review/samples.html", drawn=drawn, shared=shared, verdicts=VERDICTS, weeks=weeks,
        municipalities=sorted(staff.scope), on_verdict=on_verdict, on_cause=on_cause,
        sizes=(RISKY, ORDINARY), unsure=UNSURE,
    )  # fmt: skip


@router.post("/steekproef")
def draw(
    request: Request, staff: Judge, week: Annotated[str, Form()], gemeente: Annotated[str, Form()]
) -> RedirectResponse:
    """Draw the sample of a week in a municipality of one's own."""
    if gemeente not in staff.scope:
        raise NotHere
    place = rooms(request)
    if week not in [week_of((place.now() - timedelta(weeks=back)).date()) for back in range(WEEKS)]:
        return onward(request, "/steekproef", "Kies een week uit de lijst.")
    try:
        with place.database.session() as session:
            sample = draw_sample(session, Draw(week, gemeente), staff.name, place.now())
            count = sample.risky_drawn + sample.ordinary_drawn
            note(session, staff.account_id, "steekproef getrokken", f"{week} {gemeente}", gemeente, place.now())
    except AlreadyDrawn:
        return onward(request, "/steekproef", "Van deze week is al een steekproef getrokken. Die verandert niet meer.")
    return onward(request, "/steekproef", f"{count} gesprekken getrokken.")
