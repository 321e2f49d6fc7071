"""The first answer to a question that a reviewer took over: written by an editor, judged as every text."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from assistant.answers.findings import Finding
from assistant.answers.judge_version import judge_new, today
from assistant.answers.model import Answer, Words
from assistant.console.access import Staff, allowed
from assistant.console.answers_form import MOST
from assistant.console.errors import NotHere
from assistant.console.navigation import Card
from assistant.console.page_templates import onward, page
from assistant.console.rooms import Rooms, rooms
from assistant.database import Session
from assistant.review.learning_models import TopicProposal
from assistant.review.new_questions import question_in, questions
from assistant.staff.audit import note
from assistant.staff.rights import Right

router = APIRouter()
Writer = Annotated[Staff, allowed(Right.ANSWERS_EDIT)]
Text = Annotated[str, Form()]
WRONG = 422


@router.get("/antwoorden/nieuw")
def overview(request: Request, staff: Writer) -> HTMLResponse:
    """The new questions that an editor can answer. Without the messages: those are for who may read talks."""
    with rooms(request).database.session(write=False) as session:
        found = _open(session, rooms(request), staff)
    return page(request, staff, "answers/new_list.html", found=found, crumbs=[("Antwoorden", "/antwoorden")])


@router.get("/antwoorden/nieuw/{proposal_id}")
def one(request: Request, staff: Writer, proposal_id: int) -> HTMLResponse:
    """One of them, with the answer as it was written last."""
    with rooms(request).database.session(write=False) as session:
        row = _found(session, staff, proposal_id)
        session.expunge(row)
    return _page(request, staff, row, row.answer or {})


@router.post("/antwoorden/nieuw/{proposal_id}")
def write(
    request: Request, staff: Writer, proposal_id: int, title: Text = "", text: Text = "", simple: Text = ""
) -> Response:
    """Keep an answer, when it may be said."""
    place = rooms(request)
    given = {"title": title, "text": text, "simple": simple}
    given = {name: words.replace("\r\n", "\n").strip()[:MOST] for name, words in given.items()}
    with place.database.session() as session:
        row = _found(session, staff, proposal_id)
        words = Words(given["text"], given["simple"])
        answer = Answer(row.name or "", given["title"], "algemeen", words, checked=today(), file=row.name or "")
        findings = judge_new(place.library.data, place.library.book, answer)
        is_wrong = any(each.level == "fout" for each in findings)
        if not is_wrong:
            row.answer, row.answer_by = given, staff.name
            what, subject = "antwoord op nieuwe vraag geschreven", f"{row.name}, voorstel {row.id}"
            note(session, staff.account_id, what, subject, row.municipality, place.now())
        session.flush()
        session.expunge(row)
    if is_wrong:
        return _page(request, staff, row, given, findings, WRONG)
    done = "Bewaard. Een ontwikkelaar voegt de vraag nu toe; daarna wordt dit gezegd."
    return onward(request, "/antwoorden/nieuw", done)


def _open(session: Session, place: Rooms, staff: Staff) -> list[TopicProposal]:
    known = place.library.book.standard
    return [row for row in questions(session, staff.scope) if row.description and row.name not in known]


def _found(session: Session, staff: Staff, proposal_id: int) -> TopicProposal:
    row = question_in(session, proposal_id, staff.scope)
    if row is None or not row.name:
        raise NotHere
    return row


def _page(
    request: Request,
    staff: Staff,
    row: TopicProposal,
    given: dict[str, str],
    findings: tuple[Finding, ...] = (),
    status: int = 200,
) -> HTMLResponse:
    return page(
        request, staff, "answers/new.html", status, row=row, given=given, findings=findings, most=MOST,
        crumbs=[("Antwoorden", "/antwoorden"), ("Nieuwe vragen", "/antwoorden/nieuw")],
    )  # fmt: skip


def _to_write(place: Rooms, staff: Staff) -> Card | None:
    """Questions without an answer."""
    if Right.ANSWERS_EDIT not in staff.rights:
        return None
    with place.database.session(write=False) as session:
        count = sum(row.answer is None for row in _open(session, place, staff))
    words = "Een collega nam een vraag over waarop de assistent nog geen antwoord heeft."
    return Card("Nieuwe vragen zonder antwoord", words, "/antwoorden/nieuw", count) if count else None


TODAY = (_to_write,)
