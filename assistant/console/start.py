"""The start page: what waits today for who is logged in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant.console.access import SIGNED_IN, Staff
from assistant.console.page_templates import page
from assistant.console.rooms import rooms

router = APIRouter()


@router.get("/")
def start(request: Request, staff: Annotated[Staff, SIGNED_IN]) -> HTMLResponse:
    """What waits, from the `TODAY` of every page module."""
    cards = request.app.state.menu.cards(rooms(request), staff)
    return page(request, staff, "start.html", cards=cards, now=rooms(request).now())
