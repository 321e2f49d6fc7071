"""What the widget looks up besides the talk: difficult words, and whom to call and when. All of it is in the book."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from assistant.answers import AnswerBook, Wording
from assistant.answers.glossary import Glossary
from assistant.answers.municipality import NATIONAL
from assistant.answers.opening_hours import AMSTERDAM, DAYS, OpeningHours
from assistant.answers.presence import presence
from assistant.core.context import TalkContext
from assistant.gateway.cross_site import FOR_ALL, pack, packed

router = APIRouter(include_in_schema=False)


@router.get("/widget/words.json")
async def difficult_words(request: Request) -> Response:
    """The difficult words with their explanation, for a tap on a word."""
    body = _words(_book(request).glossary)
    return packed(request, body, "application/json", {"Cache-Control": "public, max-age=3600"})


@router.get("/widget/help.json")
async def help_now(request: Request, municipality: str = "") -> Response:
    """Whom to call in a municipality, and when."""
    return JSONResponse(help_in(_book(request), municipality), headers=FOR_ALL | {"Cache-Control": "no-cache"})


def help_in(book: AnswerBook, municipality: str | None, now: dt.datetime | None = None) -> dict[str, Any]:
    """Return whom to call, whether somebody is there at `now`, and the week; of the whole country when not known."""
    place = municipality if municipality and municipality in book.municipalities else NATIONAL
    words = book.municipalities[place]
    sentence, values = presence(words.hours, now or dt.datetime.now(AMSTERDAM))
    return {
        "name": words.name,
        "phone": book.values(place)["telefoon"],
        "now": book.word(sentence, TalkContext(place), Wording(values)).text,
        "hours": _week(words.hours) if words.hours else {},
        "unverified": bool(words.hours and not words.hours.is_verified),
    }


def _week(hours: OpeningHours) -> dict[str, str]:
    return {
        day: f"{open_.opens:%H:%M}-{open_.closes:%H:%M}" for day, open_ in zip(DAYS, hours.week, strict=True) if open_
    }


@lru_cache(maxsize=2)
def _words(glossary: Glossary) -> bytes:
    fields = ("term", "forms", "explanation", "example")
    terms = [{name: getattr(term, name) for name in fields} for term in glossary.terms.values()]
    return pack(bytes(JSONResponse(terms).body))


def _book(request: Request) -> AnswerBook:
    return request.app.state.conversations.book  # type: ignore[no-any-return]
