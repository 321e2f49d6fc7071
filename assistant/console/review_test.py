"""A talk as a conversation test: kept in var/learned/talks, or downloaded."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from assistant.console.access import Staff, allowed
from assistant.console.errors import NotHere
from assistant.console.page_templates import onward
from assistant.console.rooms import Rooms, rooms
from assistant.database import Session
from assistant.review.talk_test import keep_talk_test, talk_test
from assistant.review.transcript import TalkView, summary_in, talk_view
from assistant.staff.audit import note
from assistant.staff.rights import Right

router = APIRouter()
Judge = Annotated[Staff, allowed(Right.REVIEW_JUDGE)]


@router.post("/gesprekken/{conversation_id}/toets")
def keep(request: Request, staff: Judge, conversation_id: str) -> RedirectResponse:
    """Write the test beside the learnt sentences."""
    place = rooms(request)
    with place.database.session() as session:
        path = keep_talk_test(_view(session, conversation_id, staff), place.settings.var)
        _note(session, staff, conversation_id, place)
    return onward(request, f"/gesprekken/{conversation_id}", f"De gesprekstoets staat in learned/talks/{path.name}.")


@router.get("/gesprekken/{conversation_id}/toets.yml")
def download(request: Request, staff: Judge, conversation_id: str) -> Response:
    """The test as a file."""
    place = rooms(request)
    with place.database.session() as session:
        content = talk_test(_view(session, conversation_id, staff))
        _note(session, staff, conversation_id, place)
    name = f"gesprek_{conversation_id[:12]}.yml"
    return Response(
        content, media_type="application/yaml", headers={"content-disposition": f'attachment; filename="{name}"'}
    )


def _view(session: Session, conversation_id: str, staff: Staff) -> TalkView:
    view = talk_view(session, conversation_id, scope=staff.scope)
    if view is None:
        raise NotHere
    return view


def _note(session: Session, staff: Staff, conversation_id: str, place: Rooms) -> None:
    row = summary_in(session, conversation_id, scope=staff.scope)
    municipality = row.municipality if row else None
    note(session, staff.account_id, "gesprekstoets gemaakt", f"gesprek {conversation_id}", municipality, place.now())
