"""The inbox: all talks in scope, narrowed by filters, with views that somebody keeps."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.console.access import Staff, allowed
from assistant.console.errors import NotHere
from assistant.console.navigation import Card, NavItem
from assistant.console.page_templates import onward, page
from assistant.console.review_list import address, filters_of, known_topics, parts_of
from assistant.console.rooms import Rooms, rooms
from assistant.review.filters import CHANNELS, FACES, ROLES, Filters
from assistant.review.inbox import inbox
from assistant.review.judging import CAUSES
from assistant.review.views import forget_view, save_view, saved_views
from assistant.staff.rights import Right

router = APIRouter()
NAV = NavItem("Gesprekken nakijken", "/gesprekken", Right.REVIEW_READ, "Gesprekken")
FIRST = {"beoordeeld", "misgelopen", "gezicht", "van", "tot", "steekproef"}
"""Filters that are in view; the others are folded away until one is used."""
Reader = Annotated[Staff, allowed(Right.REVIEW_READ)]


@router.get("/gesprekken")
def talks(request: Request, staff: Reader, voor: int | None = None, na: int | None = None) -> HTMLResponse:
    """A page of talks, newest first."""
    filters = filters_of(request.query_params)
    groups = sorted({topic.group for topic in known_topics(request).values()})
    with rooms(request).database.session(write=False) as session:
        found = inbox(
            session, filters, scope=staff.scope, account_id=staff.account_id, parts=parts_of(request, filters),
            before=voor, after=na,
        )  # fmt: skip
        views = saved_views(session, staff.account_id)
    return page(
        request, staff, "review/inbox.html", found=found, filters=filters, views=views, address=address,
        Filters=Filters, groups=groups, roles=ROLES, channels=CHANNELS, faces=FACES, causes=CAUSES,
        municipalities=sorted(staff.scope), kept=filters.chosen(),
        more=bool(filters.chosen().keys() - FIRST),
    )  # fmt: skip


@router.post("/gesprekken/weergaven")
async def keep_view(request: Request, staff: Reader, naam: Annotated[str, Form()]) -> RedirectResponse:
    """Keep the filters under a name."""
    filters = filters_of(dict(await request.form()))
    if not naam.strip():
        return onward(request, address("/gesprekken", filters), "Geef de weergave een naam.")
    with rooms(request).database.session() as session:
        save_view(session, staff.account_id, naam.strip(), filters, rooms(request).now())
    return onward(request, address("/gesprekken", filters), "De weergave is bewaard.")


@router.post("/gesprekken/weergaven/{view_id}/weg")
def drop_view(request: Request, staff: Reader, view_id: int) -> RedirectResponse:
    """Forget a view of one's own."""
    with rooms(request).database.session() as session:
        if not forget_view(session, staff.account_id, view_id):
            raise NotHere
    return onward(request, "/gesprekken", "De weergave is weg.")


def _given_to_me(place: Rooms, staff: Staff) -> Card | None:
    """Talks that wait for this reader."""
    if Right.REVIEW_JUDGE not in staff.rights:
        return None
    mine = Filters(van_mij="ja", beoordeeld="nee")
    with place.database.session(write=False) as session:
        found = inbox(session, mine, scope=staff.scope, account_id=staff.account_id)
    count = len(found.talks)
    words = "Gesprekken die aan u zijn gegeven en nog niemand heeft beoordeeld."
    return Card("Na te kijken", words, address("/gesprekken", mine), count) if count else None


TODAY = (_given_to_me,)
