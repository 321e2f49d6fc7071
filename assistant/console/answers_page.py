"""One answer: how it is said now, side by side with its easy and spoken form, and a new text for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from assistant.answers import AnswerBook
from assistant.answers.judge_version import Judged, differences, judge, measures, today
from assistant.answers.model import Answer
from assistant.answers.versions import said_in
from assistant.console.access import Staff, allowed
from assistant.console.errors import NotHere
from assistant.console.page_templates import onward, page
from assistant.console.rooms import rooms
from assistant.core.context import TalkContext
from assistant.core.reply import Reply
from assistant.core.scope import NATIONAL
from assistant.editing.models import AnswerVersion
from assistant.editing.versions import Editor, Proposal, as_version, history, propose
from assistant.staff.people import names_of
from assistant.staff.rights import Right

router = APIRouter()
Reader = Annotated[Staff, allowed(Right.ANSWERS_READ)]
Writer = Annotated[Staff, allowed(Right.ANSWERS_EDIT)]
MOST = 4000
"""Characters of a text."""


@dataclass
class Typed:
    """What stands in the form, and what is wrong with it."""

    text: str
    simple: str
    spoken: str
    checked: str
    review_before: str
    remark: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, answer: Answer) -> Typed:
        """Fill the form with what is said now."""
        words, day = answer.words, answer.review_before
        return cls(words.text, words.simple, words.spoken, today().isoformat(), day.isoformat() if day else "")

    def proposal(self, key: str, municipality: str) -> Proposal | None:
        """Return what it proposes, None with `errors` filled when something cannot be read."""
        if not self.text.strip():
            self.errors["text"] = "Schrijf een tekst."
        for name in ("text", "simple", "spoken"):
            if len(getattr(self, name)) > MOST:
                self.errors[name] = f"Deze tekst is te lang (hoogstens {MOST} tekens)."
        checked, review = self._day("checked"), self._day("review_before")
        if checked is None:
            self.errors.setdefault("checked", "Vul de dag in waarop u de tekst heeft nagekeken.")
        if self.errors or checked is None:
            return None
        return Proposal(key, municipality, self.text, self.simple, self.spoken, checked, review, self.remark.strip())

    def _day(self, name: str) -> dt.date | None:
        value = getattr(self, name).strip()
        try:
            return dt.date.fromisoformat(value) if value else None
        except ValueError:
            self.errors[name] = "Dit is geen datum."
            return None


@router.get("/antwoorden/tekst/{municipality}/{key:path}")
def one(request: Request, staff: Reader, municipality: str, key: str) -> HTMLResponse:
    """One answer as it is said in one municipality."""
    answer = said_here(request, staff, municipality, key)
    return answer_page(request, staff, municipality, key, Typed.of(answer))


@router.post("/antwoorden/tekst/{municipality}/{key:path}")
def change(
    request: Request,
    staff: Writer,
    municipality: str,
    key: str,
    text: Annotated[str, Form()] = "",
    simple: Annotated[str, Form()] = "",
    spoken: Annotated[str, Form()] = "",
    checked: Annotated[str, Form()] = "",
    review_before: Annotated[str, Form()] = "",
    remark: Annotated[str, Form()] = "",
    doen: Annotated[str, Form()] = "nakijken",
) -> Response:
    """Judge a new text and show it; with `doen=aanbieden` also offer it to a second person, when it may be said."""
    said_here(request, staff, municipality, key)
    lines = [part.replace("\r\n", "\n") for part in (text, simple, spoken)]
    typed = Typed(lines[0], lines[1], lines[2], checked, review_before, remark)
    proposal = typed.proposal(key, municipality)
    if proposal is None:
        return answer_page(request, staff, municipality, key, typed, status=422)
    place = rooms(request)
    judged = judge(place.library.data, place.library.book, as_version(proposal, today()))
    if doen != "aanbieden" or not judged.may_be_published:
        status = 422 if doen == "aanbieden" else 200
        return answer_page(request, staff, municipality, key, typed, judged, status=status)
    with place.database.session() as session:
        row = propose(session, proposal, Editor(staff.account_id, staff.scope), place.library.book, place.now())
    return onward(request, f"/antwoorden/versie/{row.id}", "Aangeboden. Een collega kan de tekst nu goedkeuren.")


def answer_page(
    request: Request,
    staff: Staff,
    municipality: str,
    key: str,
    typed: Typed,
    judged: Judged | None = None,
    status: int = 200,
) -> HTMLResponse:
    """Return the page of one answer, with what was typed and how it was judged."""
    book = rooms(request).library.book
    now = said_here(request, staff, municipality, key)
    with rooms(request).database.session(write=False) as session:
        versions = history(session, key, municipality, staff.scope)
        names = names_of(session, _people(versions))
    return page(
        request, staff, "answers/answer.html", status, answer=now, key=key, municipality=municipality, typed=typed,
        judged=judged, versions=versions, names=names, facts=facts_of(book, now), book=book,
        place_name=rooms(request).municipalities[municipality], national=_national(book, key, municipality),
        changes=list(differences(now.words.text, typed.text)) if typed.text.strip() != now.words.text else [],
        preview=previews(judged.book if judged else book, key, municipality), measured=_measured(now),
        crumbs=[("Antwoorden", f"/antwoorden?gemeente={municipality}")],
    )  # fmt: skip


def said_here(request: Request, staff: Staff, municipality: str, key: str) -> Answer:
    """Return what is said now. Raises NotHere for what is not there or outside the scope."""
    found = said_in(rooms(request).library.book.edition, key, municipality) if municipality in staff.scope else None
    if found is None or municipality not in rooms(request).municipalities:
        raise NotHere(key)
    return found


def previews(book: AnswerBook, key: str, municipality: str) -> list[tuple[str, Reply]]:
    """Return how the widget says it: as usual, in easy words, and as it is spoken."""
    where = None if municipality == NATIONAL else municipality
    usual = book.word(key, TalkContext(where, None, "web"))
    easy = book.word(key, TalkContext(where, None, "web", level="a2"))
    return [("Gewoon", usual), ("Eenvoudig", easy)]


def facts_of(book: AnswerBook, answer: Answer) -> list[tuple[str, list[str]]]:
    """Return the sources of an answer: name of the fact, and what it rests on."""
    found = []
    for name in answer.facts:
        fact = book.facts.get(name)
        found.append(
            (name, [str(source.organisation) + ": " + str(source.title) for source in fact.sources] if fact else [])
        )
    return found


def _national(book: AnswerBook, key: str, municipality: str) -> list[tuple[str, str]]:
    """Return how the text of a municipality differs from the standard one, word by word; empty when it does not."""
    standard = book.standard[key]
    mine = said_in(book.edition, key, municipality)
    if municipality == NATIONAL or mine is None or mine == standard:
        return []
    return list(differences(standard.words.text, mine.words.text))


def _measured(answer: Answer) -> dict[str, object]:
    proposal = Proposal(answer.key, "", answer.words.text, answer.words.simple, answer.words.spoken, today())
    return dict(measures(as_version(proposal, today())))


def _people(versions: list[AnswerVersion]) -> set[int | None]:
    return {row.made_by for row in versions} | {row.decided_by for row in versions}
