"""A model on trial at one municipality: which model answers where, and beginning or ending a trial."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.console.access import Staff, allowed
from assistant.console.errors import NotHere
from assistant.console.page_templates import onward, page
from assistant.console.rooms import Rooms, rooms
from assistant.conversation.running_model import running_model
from assistant.conversation.trials import EVERY
from assistant.core.scope import NATIONAL
from assistant.review.errors import NotPromotable
from assistant.review.learning_models import ModelTrial
from assistant.review.model_choice import model_state
from assistant.review.model_trials import choose_trial, trials_of
from assistant.staff.audit import note
from assistant.staff.rights import Right

router = APIRouter()
Manager = Annotated[Staff, allowed(Right.MODEL_MANAGE)]
Models = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Line:
    """What one municipality has. pool None: the usual model; model None: its Rasa does not answer."""

    id: str
    name: str
    pool: str | None
    model: str | None
    choice: ModelTrial | None


@router.get("/taalmodel/proef")
def overview(request: Request, staff: Manager) -> HTMLResponse:
    """Which model answers in each municipality of the scope."""
    place = rooms(request)
    pools = _models(place)
    with place.database.session(write=False) as session:
        rows = trials_of(session)
        session.expunge_all()
    lines = [_line(id, name, pools, rows.get(id)) for id, name in _mine(place, staff).items()]
    return page(
        request, staff, "learning/trials.html", lines=lines, pools=pools, usual=_usual(place), seconds=int(EVERY),
        crumbs=[("Taalmodel", "/taalmodel")],
    )  # fmt: skip


@router.post("/taalmodel/proef")
def choose(
    request: Request, staff: Manager, gemeente: Annotated[str, Form()] = "", proef: Annotated[str, Form()] = ""
) -> RedirectResponse:
    """Begin a trial (proef: name of a pool) or end it (empty)."""
    place = rooms(request)
    name = _mine(place, staff).get(gemeente)
    pools = _models(place)
    if name is None or (proef and proef not in pools):
        raise NotHere(gemeente)
    model = pools.get(proef)
    if proef and model is None:
        return onward(request, "/taalmodel/proef", "De Rasa van deze proef geeft geen antwoord. Er is niets veranderd.")
    try:
        with place.database.session() as session:
            choose_trial(session, gemeente, proef or None, staff.name, place.now(), model=model)
            action = "proef met taalmodel begonnen" if proef else "proef met taalmodel beëindigd"
            note(session, staff.account_id, action, model or "gewone taalmodel", gemeente, place.now(), proef or None)
    except NotPromotable:
        return onward(request, "/taalmodel/proef", f"{model} is gemeten en geweigerd. Er is niets veranderd.")
    what = f"{name} probeert nu {model}." if proef else f"{name} heeft weer het gewone taalmodel."
    return onward(request, "/taalmodel/proef", f"{what} Dat geldt binnen enkele seconden, ook in lopende gesprekken.")


def _mine(place: Rooms, staff: Staff) -> dict[str, str]:
    """Municipalities of the scope. A talk without one always has the usual model."""
    return {id: name for id, name in place.municipalities.items() if id in staff.scope and id != NATIONAL}


def _models(place: Rooms) -> Models:
    """The model that each pool runs with now, None when it does not answer."""
    token = place.settings.rasa_token()
    return {pool: next(filter(None, (running_model(url, token) for url in urls)), None)
            for pool, urls in sorted(place.settings.rasa_trials.items())}  # fmt: skip


def _usual(place: Rooms) -> str | None:
    """The model that answers everybody else."""
    settings = place.settings
    known = model_state(settings.var).running
    urls = settings.rasa_urls or (settings.rasa,)
    return known or next(filter(None, (running_model(url, place.settings.rasa_token()) for url in urls)), None)


def _line(id: str, name: str, pools: Models, choice: ModelTrial | None) -> Line:
    wanted = choice.pool if choice else id
    pool = wanted if wanted in pools else None
    return Line(id, name, pool, pools.get(pool) if pool else None, choice)
