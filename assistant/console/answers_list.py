"""The answers of the assistant: find one, see what waits for a second person and what expires this quarter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from assistant.answers import AnswerBook
from assistant.answers.judge_version import today
from assistant.answers.model import Answer
from assistant.answers.versions import own_answers, said_in
from assistant.console.access import Staff, allowed
from assistant.console.answers_page import places
from assistant.console.navigation import Card, NavItem
from assistant.console.page_templates import page
from assistant.console.rooms import Rooms, rooms
from assistant.core.scope import NATIONAL
from assistant.editing.versions import may_edit, waiting
from assistant.staff.people import names_of
from assistant.staff.rights import Right

router = APIRouter()
NAV = NavItem("Antwoorden", "/antwoorden", Right.ANSWERS_READ, "Inhoud")
Reader = Annotated[Staff, allowed(Right.ANSWERS_READ)]
ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One answer in the list."""

    answer: Answer
    municipality: str
    differs: bool
    """Whether this municipality says something else than the standard text."""
    group: str


@router.get("/antwoorden")
def overview(
    request: Request,
    staff: Reader,
    zoek: Annotated[str, Query(max_length=100)] = "",
    gemeente: Annotated[str, Query(max_length=40)] = "",
    pagina: Annotated[int, Query(ge=1, le=1000)] = 1,
) -> HTMLResponse:
    """The answers of one municipality or the standard texts, found by their words or key."""
    place = gemeente if gemeente in _places(request, staff) else _first(staff)
    book = rooms(request).library.book
    found = [line for line in _lines(book, place) if _fits(line.answer, zoek)]
    with rooms(request).database.session(write=False) as session:
        wait = waiting(session, staff.scope)
        names = names_of(session, {row.made_by for row in wait})
    start = (pagina - 1) * ON_A_PAGE
    return page(
        request, staff, "answers/overview.html", lines=found[start : start + ON_A_PAGE], total=len(found), place=place,
        places=_places(request, staff), zoek=zoek, number=pagina, more=len(found) > start + ON_A_PAGE, wait=wait,
        names=names,
    )  # fmt: skip


@router.get("/antwoorden/verloopt")
def expiring(request: Request, staff: Reader) -> HTMLResponse:
    """Answers with a day in this quarter or before it, after which they may no longer be said as they are."""
    book, last = rooms(request).library.book, end_of_quarter(today())
    found = [
        line
        for place in _places(request, staff)
        for line in _lines(book, place)
        if line.answer.review_before and line.answer.review_before <= last and (line.differs or place == NATIONAL)
    ]
    found.sort(key=lambda line: (line.answer.review_before or last, line.answer.key))
    return page(
        request, staff, "answers/expiring.html", lines=found, last=last, today=today(), places=_places(request, staff),
        crumbs=[("Antwoorden", "/antwoorden")],
    )  # fmt: skip


def end_of_quarter(day: dt.date) -> dt.date:
    """Return the last day of the quarter of a day."""
    month = (day.month - 1) // 3 * 3 + 4
    first = dt.date(day.year + month // 13, (month - 1) % 12 + 1, 1)
    return first - dt.timedelta(days=1)


def _waits(place: Rooms, staff: Staff) -> Card | None:
    """What waits for the second pair of eyes of this person."""
    if Right.ANSWERS_APPROVE not in staff.rights:
        return None
    with place.database.session(write=False) as session:
        count = sum(row.made_by != staff.account_id for row in waiting(session, staff.scope))
    return Card("Antwoorden goedkeuren", "teksten van een collega", "/antwoorden", count) if count else None


TODAY = (_waits,)


def _lines(book: AnswerBook, place: str) -> list[Line]:
    edition, local = book.edition, own_answers(book.edition, place)
    lines = []
    for key in sorted(edition.standard):
        answer = said_in(edition, key, place)
        if answer is not None:
            lines.append(Line(answer, place, key in local, key.split("/")[0]))
    return lines


def _fits(answer: Answer, wanted: str) -> bool:
    said = " ".join(f"{words.text} {words.simple}" for _, words in answer.variants())
    text = f"{answer.key} {answer.title} {said}".casefold()
    return all(word in text for word in wanted.casefold().split())


def _first(staff: Staff) -> str:
    return NATIONAL if NATIONAL in staff.scope or not staff.scope else min(staff.scope)


def _places(request: Request, staff: Staff) -> dict[str, str]:
    return {key: name for key, name in places(request).items() if may_edit(staff.scope, key)}
