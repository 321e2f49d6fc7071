"""Messages that were not understood, in groups that look alike: proposals for questions that we do not know yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.console.access import Staff, allowed
from assistant.console.errors import NotHere
from assistant.console.navigation import NavItem
from assistant.console.page_templates import onward, page
from assistant.console.review_list import known_topics
from assistant.console.rooms import rooms
from assistant.review.learning_models import TopicProposal
from assistant.review.new_questions import Standing, as_files, question_in, standing
from assistant.review.proposals import ASIDE, OPEN, PERIOD, TAKEN, proposals, regroup, settle, undecided
from assistant.staff.audit import note
from assistant.staff.rights import Right

router = APIRouter()
NAV = NavItem("Nieuwe vragen", "/nieuwe-vragen", Right.REVIEW_READ, "Gesprekken")
STATES = {OPEN: "Open", TAKEN: "Overgenomen", ASIDE: "Weggelegd"}
Reader = Annotated[Staff, allowed(Right.REVIEW_READ)]
Judge = Annotated[Staff, allowed(Right.REVIEW_JUDGE)]
WRONG = 422
_NAME = re.compile(r"[a-z][a-z_]{1,30}/[a-z][a-z0-9_]{1,40}")


@dataclass(frozen=True, slots=True)
class Typed:
    """What stood in the form of one proposal, and what is wrong with it."""

    proposal: int
    name: str
    description: str
    chosen: frozenset[str]
    wrong: str


@router.get("/nieuwe-vragen")
def overview(request: Request, staff: Reader, stand: str = OPEN) -> HTMLResponse:
    """Proposals in one state, those that were asked most first."""
    return _page(request, staff, stand if stand in STATES else OPEN)


@router.post("/nieuwe-vragen/groeperen")
def group(request: Request, staff: Judge) -> RedirectResponse:
    """Make the open proposals anew."""
    place = rooms(request)
    with place.database.session() as session:
        count = regroup(session, place.now(), scope=staff.scope)
        note(session, staff.account_id, "nieuwe vragen gegroepeerd", f"{count} groepen", None, place.now())
    return onward(request, "/nieuwe-vragen", f"{count} {'groep' if count == 1 else 'groepen'} gevonden.")


@router.post("/nieuwe-vragen/{proposal_id}")
def decide(
    request: Request,
    staff: Judge,
    proposal_id: int,
    besluit: Annotated[str, Form()] = "",
    naam: Annotated[str, Form()] = "",
    omschrijving: Annotated[str, Form()] = "",
    zin: Annotated[list[str], Form()] = [],  # noqa: B006  FastAPI copies it
) -> Response:
    """Take a proposal over with a name, what is asked and first sentences; or put it aside."""
    place, name = rooms(request), naam.strip() if besluit == "overnemen" else None
    with place.database.session() as session:
        row = undecided(session, proposal_id, staff.scope)
        if row is None:
            raise NotHere
        chosen = [text for text in row.sentences if text in zin]
        wrong = _objection(request, besluit, name, omschrijving.strip(), chosen, row)
        if wrong is None:
            settle(
                session, proposal_id, staff.name, name=name, scope=staff.scope,
                description=omschrijving.strip(), chosen=chosen,
            )  # fmt: skip
            action = "nieuwe vraag overgenomen" if name else "nieuwe vraag weggelegd"
            note(session, staff.account_id, action, f"voorstel {proposal_id}", row.municipality, place.now(), name)
        state = row.state
    if wrong:
        typed = Typed(proposal_id, naam, omschrijving, frozenset(chosen), wrong)
        return _page(request, staff, state, typed)
    if name is None:
        return onward(request, "/nieuwe-vragen", "Weggelegd.")
    return onward(request, f"/nieuwe-vragen?stand={TAKEN}", "Overgenomen. Hieronder staat wie nu iets moet doen.")


@router.get("/nieuwe-vragen/{proposal_id}/vraag.yml")
def file(request: Request, staff: Judge, proposal_id: int) -> Response:
    """Everything of a question that has an answer, for a developer."""
    place, content = rooms(request), ""
    with place.database.session() as session:
        row = question_in(session, proposal_id, staff.scope)
        if row is None or not row.name:
            raise NotHere
        how_far, name = _standing(request, row), row.name.replace("/", "-")
        if how_far in (Standing.TO_ADD, Standing.KNOWN):
            first = row.name.split("/")[0]
            groups = {intent.split("/")[0]: topic.group for intent, topic in known_topics(request).items()}
            content = as_files(row, groups.get(first, first))
            note(session, staff.account_id, "nieuwe vraag opgehaald", row.name, row.municipality, place.now())
    if not content:
        return onward(request, f"/nieuwe-vragen?stand={TAKEN}", f"Er is nog geen bestand: {how_far}.")
    headers = {"Content-Disposition": f'attachment; filename="{name}.yml"'}
    return Response(content, media_type="application/yaml; charset=utf-8", headers=headers)


def _page(request: Request, staff: Staff, state: str, typed: Typed | None = None) -> HTMLResponse:
    with rooms(request).database.session(write=False) as session:
        found = proposals(session, scope=staff.scope, state=state)
    return page(
        request, staff, "learning/topics.html", WRONG if typed else 200, found=found, state=state, states=STATES,
        days=PERIOD.days, typed=typed, Standing=Standing,
        standing={row.id: _standing(request, row) for row in found if row.state == TAKEN},
    )  # fmt: skip


def _standing(request: Request, row: TopicProposal) -> Standing:
    has_answer = row.name in rooms(request).library.book.standard
    return standing(row, is_known=row.name in known_topics(request), has_answer=has_answer)


def _objection(
    request: Request, decision: str, name: str | None, description: str, chosen: list[str], row: TopicProposal
) -> str | None:
    """Return what is wrong with a decision, or None."""
    if decision not in ("overnemen", "wegleggen"):
        return "Kies overnemen of wegleggen."
    if name is None:
        return None
    if not _NAME.fullmatch(name) or name.startswith("nieuw/"):
        return "Geef een naam als loon/vakantiegeld: eerst het onderwerp, dan de vraag, in kleine letters."
    if name in known_topics(request):
        return "Deze vraag kent de assistent al. Stel bij het gesprek een verbetering voor."
    if len(description) < 10:
        return "Schrijf in een zin wat iemand wil weten. De redacteur schrijft daarmee het antwoord."
    if len(chosen) < min(2, len(row.sentences)):
        return "Kies minstens twee zinnen die echt deze vraag stellen."
    return None
