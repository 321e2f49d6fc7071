"""Pages of openings: one per opening, the feed for job sites, and the link by which a provider confirms its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse
from jinja2 import Environment, FileSystemLoader

from assistant.answers import AnswerBook
from assistant.conversation.cards import hours_text
from assistant.core.context import TalkContext
from assistant.database import Database
from assistant.placement import (
    ConfirmLinkInvalid,
    OpeningNotFound,
    OpeningView,
    answer_link,
    job_feed,
    opening_by_number,
    opening_of_link,
    opening_page,
)
from assistant.settings import Settings

router = APIRouter(include_in_schema=False)
_pages = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)


@router.get("/werkplek/{number}")
def opening(number: str, request: Request) -> HTMLResponse:
    """Show one opening to everybody who has its address; one that is gone gives a kind 404."""
    with _database(request).session(write=False) as session:
        view = opening_by_number(session, number, today=_now().date())
    if view is None:
        return _text_page(request, OpeningNotFound.answer_key, status=404)
    word = _word(request)
    return HTMLResponse(
        opening_page(view, url=_address(request, view.number), word=lambda *parts: word("/".join(parts)))
    )


@router.get("/werkplekken.json")
def feed(request: Request) -> JSONResponse:
    """Give every real, confirmed opening as a schema.org JobPosting."""
    with _database(request).session(write=False) as session:
        postings = job_feed(session, today=_now().date(), url=lambda number: _address(request, number))
    graph = {"@context": "https://schema.org", "@graph": postings}
    return JSONResponse(graph, media_type="application/ld+json")


@router.get("/bevestig/{token}")
def ask_confirmation(token: str, request: Request) -> HTMLResponse:
    """Show the opening of a link and ask whether it is still true. Looking changes nothing: mail programs look too."""
    try:
        with _database(request).session(write=False) as session:
            view = opening_of_link(session, token, now=_now())
    except ConfirmLinkInvalid as error:
        return _text_page(request, error.answer_key, status=404)
    return _text_page(request, "bevestigen/vraag", view)


@router.post("/bevestig/{token}")
def take_confirmation(
    token: str, request: Request, answer: Annotated[Literal["klopt", "vervallen"], Form()]
) -> HTMLResponse:
    """Take in the answer of the provider; a link works once."""
    try:
        with _database(request).session() as session:
            answer_link(session, token, answer, now=_now())
    except ConfirmLinkInvalid as error:
        return _text_page(request, error.answer_key, status=404)
    return _text_page(request, f"bevestigen/{answer}")


def _text_page(request: Request, key: str, view: OpeningView | None = None, status: int = 200) -> HTMLResponse:
    words = _word(request)
    shown: dict[str, Any] = {"text": words(key), "opening": view, "hours": "", "yes": "", "no": ""}
    if view is not None:
        hours = hours_text({"hours_min": view.hours_min, "hours_max": view.hours_max})
        shown |= {"hours": hours, "yes": words("bevestigen/knop_klopt"), "no": words("bevestigen/knop_vervallen")}
    return HTMLResponse(_pages.get_template("confirm.html").render(**shown), status_code=status)


def _word(request: Request) -> Callable[[str], str]:
    """Return a function that gives the words under a key, or nothing when nobody wrote them."""
    book: AnswerBook = request.app.state.house.library.book
    return lambda key: book.word(key, TalkContext()).text if key in book.standard else ""


def _address(request: Request, number: str) -> str:
    settings: Settings = request.app.state.house.settings
    return f"{settings.public_url or str(request.base_url).rstrip('/')}/werkplek/{number}"


def _database(request: Request) -> Database:
    return request.app.state.house.database  # type: ignore[no-any-return]


def _now() -> datetime:
    return datetime.now(UTC)
