"""The start page, and pages that show the widget in each look."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request, Response

from assistant.gateway.page_templates import page
from assistant.gateway.widget_file import widget_file

LOOKS = ("steenwijkerland", "almere", "voorbeeld", "kaal", "donker")
router = APIRouter(include_in_schema=False)


@router.get("/")
async def home(request: Request) -> Response:
    """What this is, with the widget on it."""
    return page("home.html", look="voorbeeld", looks=LOOKS, widget=widget_file(), origin=str(request.base_url))


@router.get("/demo/{look}")
async def demo(look: str) -> Response:
    """A page with the widget in one of the looks."""
    if look not in LOOKS:
        raise HTTPException(404)
    return page("demo.html", look=look, looks=LOOKS)
