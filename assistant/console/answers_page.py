"""One answer: how it is said now, side by side with its easy and spoken form, and a new text for it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from assistant.answers import AnswerBook, Wording
from assistant.answers.fill import asked_values
from assistant.answers.gate import LIMITS
from assistant.answers.judge_version import Judged, differences, judge, today
from assistant.answers.language import Measure, measure
from assistant.answers.model import Answer, Words
from assistant.answers.versions import UNKNOWN, own_answers, said_in
from assistant.console.access import Staff, allowed
from assistant.console.answers_form import Typed, parts_of
from assistant.console.errors import NotHere
from assistant.console.form_sent import Sent
from assistant.console.page_templates import onward, page
from assistant.console.rooms import rooms
from assistant.core.context import TalkContext
from assistant.core.reply import Reply
from assistant.core.scope import NATIONAL
from assistant.editing.models import AnswerVersion
from assistant.editing.versions import Editor, as_version, history, may_edit, propose
from assistant.staff.people import names_of
from assistant.staff.rights import Right

router = APIRouter()
Reader = Annotated[Staff, allowed(Right.ANSWERS_READ)]
Writer = Annotated[Staff, allowed(Right.ANSWERS_EDIT)]


@router.get("/antwoorden/tekst/{municipality}/{key:path}")
def one(request: Request, staff: Reader, municipality: str, key: str) -> HTMLResponse:
    """One answer as it is said in one municipality."""
    answer = said_here(request, staff, municipality, key)
    return answer_page(request, staff, municipality, key, Typed.of(answer))


@router.post("/antwoorden/tekst/{municipality}/{key:path}")
def change(request: Request, staff: Writer, municipality: str, key: str, form: Sent) -> Response:
    """Judge a new text and show it; with `doen=aanbieden` also offer it to a second person, when it may be said."""
    answer, doen = said_here(request, staff, municipality, key), form.get("doen")
    typed = Typed.sent(answer, form)
    proposal = typed.proposal(answer, municipality)
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
    proposed = judged.answer if judged and judged.answer else now
    with rooms(request).database.session(write=False) as session:
        versions = history(session, key, municipality, staff.scope)
        names = names_of(session, _people(versions))
    return page(
        request, staff, "answers/answer.html", status, answer=now, key=key, municipality=municipality, typed=typed,
        judged=judged, versions=versions, names=names, facts=facts_of(book, now), book=book,
        place_name=places(request)[municipality], changes=differing(now, proposed), national=NATIONAL,
        beside=[] if municipality == NATIONAL else differing(book.standard[key], now),
        is_own=key in own_answers(book.edition, municipality), unknown=UNKNOWN,
        has_unknown=municipality == NATIONAL and key in own_answers(book.edition, UNKNOWN),
        preview=previews(judged.book if judged else book, key, municipality), measured=measured(now.words),
        measured_employer=measured(now.employer), crumbs=[("Antwoorden", f"/antwoorden?gemeente={municipality}")],
    )  # fmt: skip


def said_here(request: Request, staff: Staff, municipality: str, key: str) -> Answer:
    """Return what is said now. Raises NotHere for what is not there or outside the scope."""
    mine = municipality in places(request) and may_edit(staff.scope, municipality)
    found = said_in(rooms(request).library.book.edition, key, municipality) if mine else None
    if found is None:
        raise NotHere(key)
    return found


def places(request: Request) -> dict[str, str]:
    """Return the name of every place that can have a text of its own, by id."""
    return {**rooms(request).municipalities, UNKNOWN: "Gemeente nog niet bekend"}


def previews(book: AnswerBook, key: str, municipality: str) -> list[tuple[str, Reply]]:
    """Return how the widget says it: as usual, in easy words, and to an employer when those words differ."""
    where = None if municipality in (NATIONAL, UNKNOWN) else municipality
    if municipality == NATIONAL and key in own_answers(book.edition, UNKNOWN):
        # Without a municipality another text is said: shown is one that says the standard text.
        usual = [name for name in book.municipalities if name != NATIONAL and key not in book.local.get(name, {})]
        where = usual[0] if usual else None
    made = _made_later(book, key, where)
    found = [
        ("Gewoon", book.word(key, TalkContext(where, None, "web"), made)),
        ("Eenvoudig", book.word(key, TalkContext(where, None, "web", level="a2"), made)),
    ]
    answer = said_in(book.edition, key, municipality)
    if answer and answer.employer:
        found.append(("Voor een werkgever", book.word(key, TalkContext(where, "werkgever", "web"), made)))
        easy = book.word(key, TalkContext(where, "werkgever", "web", level="a2"), made)
        found.append(("Voor een werkgever, eenvoudig", easy))
    return found


def _made_later(book: AnswerBook, key: str, where: str | None) -> Wording:
    """Return a stand-in for what is only known in a talk, such as the number of a registration."""
    answer = book.find(key, where)
    asked = asked_values(" ".join(map(str, parts_of(answer).values()))) if answer else set()
    return Wording({name: f"[{name}]" for name in sorted(asked - set(book.values(where)))})


def differing(before: Answer, after: Answer) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return (name of the part, its differences word by word) of every part that is not the same."""
    old, new = parts_of(before), parts_of(after)
    return [
        (name, list(differences(old.get(name, ""), new.get(name, ""))))
        for name in dict.fromkeys([*old, *new])
        if old.get(name, "") != new.get(name, "")
    ]


def measured(words: Words | None) -> dict[str, Measure]:
    """Return how each variant that is there reads."""
    return {name: measure(text) for name in LIMITS if (text := getattr(words, name, ""))}


def facts_of(book: AnswerBook, answer: Answer) -> list[tuple[str, list[str]]]:
    """Return the sources of an answer: name of the fact, and what it rests on."""
    found = []
    for name in answer.facts:
        fact = book.facts.get(name)
        found.append(
            (name, [str(source.organisation) + ": " + str(source.title) for source in fact.sources] if fact else [])
        )
    return found


def _people(versions: list[AnswerVersion]) -> set[int | None]:
    return {row.made_by for row in versions} | {row.decided_by for row in versions}
