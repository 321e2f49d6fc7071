"""One talk: what was said and understood at each turn, and the form in which a reviewer judges it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.console.access import Staff, allowed
from assistant.console.errors import NotHere
from assistant.console.page_templates import onward, page
from assistant.console.review_answers import texts_of
from assistant.console.review_list import (
    address,
    chosen_topic,
    colleagues,
    filters_of,
    known_topics,
    parts_of,
    reviewer,
)
from assistant.console.rooms import rooms
from assistant.database import Session
from assistant.review.corrections import Proposal, propose
from assistant.review.errors import NotAVerdict, NothingToLearn
from assistant.review.filters import CHANNELS, FACES
from assistant.review.inbox import next_talk
from assistant.review.judging import CAUSES, VERDICTS, Opinion, judge
from assistant.review.outcome import OUTCOMES
from assistant.review.transcript import TalkView, TurnView, add_note, assign, talk_view
from assistant.staff.audit import note
from assistant.staff.rights import Right

router = APIRouter()
Reader = Annotated[Staff, allowed(Right.REVIEW_READ)]
Judge = Annotated[Staff, allowed(Right.REVIEW_JUDGE)]


@router.get("/gesprekken/{conversation_id}")
def talk(request: Request, staff: Reader, conversation_id: str) -> HTMLResponse:
    """The talk, masked; that it was read is noted."""
    with rooms(request).database.session() as session:
        view = _view(session, conversation_id, staff)
        readers = [(person.id, person.name) for person in colleagues(session, staff)]
        _note(session, staff, "gesprek gelezen", view, rooms(request).now())
    filters = filters_of(request.query_params)
    return page(
        request, staff, "review/talk.html", talk=view, row=view.summary, texts=texts_of(rooms(request), view),
        verdicts=VERDICTS, causes=CAUSES, outcomes=OUTCOMES, channels=CHANNELS, faces=FACES,
        topics=known_topics(request), readers=readers, filters=filters, address=address,
        crumbs=[("Gesprekken nakijken", address("/gesprekken", filters))],
    )  # fmt: skip


@router.post("/gesprekken/{conversation_id}")
async def judged(request: Request, staff: Judge, conversation_id: str) -> RedirectResponse:
    """Keep the judgements of all turns that were filled in, then on to the next talk of the same list."""
    form = {name: str(value) for name, value in (await request.form()).items()}
    path, sentence = await run_in_threadpool(_judge, request, staff, conversation_id, form)
    return await run_in_threadpool(onward, request, path, sentence)


@router.post("/gesprekken/{conversation_id}/notitie")
def remark(
    request: Request, staff: Judge, conversation_id: str, tekst: Annotated[str, Form()] = ""
) -> RedirectResponse:
    """Keep a remark beside the talk."""
    place = rooms(request)
    with place.database.session() as session:
        view = _view(session, conversation_id, staff)
        kept = add_note(session, conversation_id, tekst, (staff.account_id, staff.name), place.now(), scope=staff.scope)
        if kept:
            _note(session, staff, "notitie geschreven", view, place.now())
    return onward(request, _back(request, conversation_id), "De notitie is bewaard." if kept else "Schrijf eerst iets.")


@router.post("/gesprekken/{conversation_id}/lezers")
def readers(
    request: Request,
    staff: Judge,
    conversation_id: str,
    eerste: Annotated[str, Form()] = "",
    tweede: Annotated[str, Form()] = "",
) -> RedirectResponse:
    """Give the talk to a reader, and to a second one."""
    place = rooms(request)
    with place.database.session() as session:
        allowed_ids = {person.id for person in colleagues(session, staff)}
        first, second = (_account(typed, allowed_ids) for typed in (eerste, tweede))
        if not assign(session, conversation_id, first=first, second=second, scope=staff.scope):
            raise NotHere
        _note(session, staff, "lezers gekozen", _view(session, conversation_id, staff), place.now())
    return onward(request, _back(request, conversation_id), "De lezers zijn bewaard.")


def _judge(request: Request, staff: Staff, conversation_id: str, form: Mapping[str, str]) -> tuple[str, str]:
    place, filters = rooms(request), filters_of(request.query_params)
    problems: list[str] = []
    with place.database.session() as session:
        view = _view(session, conversation_id, staff)
        results = [_one(request, session, staff, turn, form, problems) for turn in view.turns]
        count, proposed = len([kept for kept in results if kept]), results.count("voorgesteld")
        if count:
            _note(session, staff, "gesprek beoordeeld", view, place.now())
        following = next_talk(
            session, filters, view.summary.id, scope=staff.scope, account_id=staff.account_id,
            parts=parts_of(request, filters),
        )  # fmt: skip
    if problems or not count:
        words = " ".join(problems) or "Kies bij ten minste één beurt wat u ervan vindt."
        return address(f"/gesprekken/{conversation_id}", filters), words
    words = f"Bewaard: {count} {'beurt' if count == 1 else 'beurten'} beoordeeld."
    words += f" {proposed} voorgesteld als verbetering." if proposed else ""
    if following is None:
        return address("/gesprekken", filters), f"{words} Dit was het laatste gesprek van deze lijst."
    return address(f"/gesprekken/{following}", filters), words


def _one(
    request: Request, session: Session, staff: Staff, turn: TurnView, form: Mapping[str, str], problems: list[str]
) -> str | None:
    """Keep the judgement of one turn: None, "bewaard" or "voorgesteld"; what is wrong with it goes to `problems`."""
    verdict, cause, typed, learn, sentence = (
        form.get(f"{name}-{turn.row.id}", "").strip() for name in ("oordeel", "oorzaak", "vraag", "leren", "zin")
    )
    if not verdict and form.get("rest") == "goed" and turn.by(staff.account_id) is None:
        verdict = "goed"
    if not verdict:
        return None
    intent = chosen_topic(request, typed) if verdict == "verkeerd_begrepen" else None
    try:
        opinion = Opinion(verdict, cause or None, intent)
        judge(session, turn.row.id, opinion, reviewer(staff), rooms(request).now(), scope=staff.scope)
    except NotAVerdict:
        wrong = "kies uit de lijst welke vraag het wel was." if verdict in VERDICTS else "dat oordeel bestaat niet."
        problems.append(f"Beurt {turn.number}: {wrong}")
        return None
    if intent and learn:
        return _learn(request, session, staff, turn, Proposal(turn.row.id, intent, sentence), problems)
    return "bewaard"


def _learn(
    request: Request, session: Session, staff: Staff, turn: TurnView, proposal: Proposal, problems: list[str]
) -> str:
    try:
        propose(session, proposal, reviewer(staff), rooms(request).now(), scope=staff.scope)
    except NothingToLearn:
        problems.append(f"Beurt {turn.number}: hier staat geen zin in om van te leren.")
        return "bewaard"
    return "voorgesteld"


def _view(session: Session, conversation_id: str, staff: Staff) -> TalkView:
    view = talk_view(session, conversation_id, scope=staff.scope)
    if view is None:
        raise NotHere
    return view


def _note(session: Session, staff: Staff, action: str, view: TalkView, now: datetime) -> None:
    row = view.summary
    note(session, staff.account_id, action, f"gesprek {row.conversation_id}", row.municipality, now)


def _back(request: Request, conversation_id: str) -> str:
    return address(f"/gesprekken/{conversation_id}", filters_of(request.query_params))


def _account(typed: str, allowed_ids: set[int]) -> int | None:
    return int(typed) if typed.isdigit() and int(typed) in allowed_ids else None
