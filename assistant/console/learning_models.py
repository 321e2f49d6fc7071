"""The language model: which one answers, train a new one with what was approved, compare, take it up, go back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.answers.completeness import unanswered_intents
from assistant.answers.intents import intent_ids
from assistant.console.access import Staff, allowed
from assistant.console.navigation import Card, NavItem
from assistant.console.page_templates import fragment, onward, page
from assistant.console.rooms import Rooms, rooms
from assistant.review.corrections import approved
from assistant.review.errors import NotPromotable, TrainingRuns
from assistant.review.model_choice import go_back, model_changes, model_state, promote
from assistant.review.trainings import STATES, ask_training, bury_dead, trainings
from assistant.staff.audit import note
from assistant.staff.rights import Right

router = APIRouter()
NAV = NavItem("Taalmodel", "/taalmodel", Right.MODEL_MANAGE, "Beheer")
Manager = Annotated[Staff, allowed(Right.MODEL_MANAGE)]
ROOT = Path(__file__).resolve().parents[2]


@router.get("/taalmodel")
def overview(request: Request, staff: Manager) -> HTMLResponse:
    """What runs, what is going on, and what went before."""
    place = rooms(request)
    with place.database.session() as session:
        bury_dead(session, place.now())
        done, changes, sentences = trainings(session), model_changes(session), approved(session)
    return page(
        request, staff, "learning/models.html", state=model_state(place.settings.var), trainings=done,
        changes=changes, states=STATES, new=sum(row["goes_to"] == "leren" for row in sentences),
        tests=sum(row["goes_to"] == "toets" for row in sentences),
    )  # fmt: skip


@router.get("/taalmodel/stand")
def standing(request: Request, staff: Manager) -> HTMLResponse:
    """The part of the page that changes while a model is trained or taken up."""
    place = rooms(request)
    with place.database.session() as session:
        bury_dead(session, place.now())
        done = trainings(session)
    return fragment(
        request, staff, "learning/standing.html", state=model_state(place.settings.var), trainings=done, states=STATES
    )


@router.post("/taalmodel/trainen")
def train(request: Request, staff: Manager) -> RedirectResponse:
    """Ask for a training, and start the process that does it."""
    place = rooms(request)
    try:
        with place.database.session() as session:
            training = ask_training(session, staff.name, place.now())
            note(session, staff.account_id, "training gevraagd", f"training {training.id}", None, place.now())
    except TrainingRuns:
        return onward(request, "/taalmodel", "Er loopt al een training. Wacht tot die klaar is.")
    start_process(place)
    return onward(request, "/taalmodel", "De training is begonnen. Dit duurt enkele minuten; u kunt intussen verder.")


@router.post("/taalmodel/gebruiken")
def use(request: Request, staff: Manager, training: Annotated[int, Form()]) -> RedirectResponse:
    """Take up the model of a training that the gate let through, unless it knows what the house cannot answer."""
    place = rooms(request)
    if mute := unanswered(place):
        words = f"Dit model kan niet in gebruik: op {', '.join(mute)} is nog geen antwoord."
        return onward(request, "/taalmodel", f"{words} Een redacteur schrijft dat eerst.")
    try:
        with place.database.session() as session:
            name = promote(session, training, place.settings.var, staff.name, place.now())
            note(session, staff.account_id, "taalmodel in gebruik genomen", name, None, place.now())
    except NotPromotable:
        return onward(request, "/taalmodel", "Dit model kan niet in gebruik: het is niet goed gemeten.")
    return onward(request, "/taalmodel", f"{name} wordt in gebruik genomen. Dat duurt ongeveer een halve minuut.")


@router.post("/taalmodel/terug")
def back(request: Request, staff: Manager) -> RedirectResponse:
    """Go back to the model of before."""
    place = rooms(request)
    try:
        with place.database.session() as session:
            name = go_back(session, place.settings.var, staff.name, place.now())
            note(session, staff.account_id, "teruggegaan naar vorig taalmodel", name, None, place.now())
    except NotPromotable:
        return onward(request, "/taalmodel", "Er is geen vorig model om naar terug te gaan.")
    return onward(request, "/taalmodel", f"We gaan terug naar {name}. Dat duurt ongeveer een halve minuut.")


def unanswered(place: Rooms) -> list[str]:
    """Return the first questions that a model knows and the answers do not have."""
    return unanswered_intents(place.library.book, intent_ids(place.library.data))[:5]


def start_process(place: Rooms) -> None:
    """Start `meedoen learn` in a session of its own: a console that restarts leaves it alone."""
    log = place.settings.var / "log" / "learn.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as kept:
        subprocess.Popen(
            [sys.executable, "-m", "assistant", "learn"], cwd=ROOT, env=_environment(place),
            stdin=subprocess.DEVNULL, stdout=kept, stderr=kept, start_new_session=True,
        )  # fmt: skip


def _environment(place: Rooms) -> dict[str, str]:
    settings = place.settings
    own = {"MEEDOEN_VAR": str(settings.var.resolve()), "MEEDOEN_DATABASE_URL": settings.database_url}
    return {**os.environ, **own, "PYTHONPATH": str(ROOT)}


def _ready(place: Rooms, staff: Staff) -> Card | None:
    """A model that waits for somebody to take it up."""
    if Right.MODEL_MANAGE not in staff.rights:
        return None
    with place.database.session(write=False) as session:
        newest = trainings(session, most=1)
    if not newest or newest[0].state != "klaar":
        return None
    return Card("Nieuw taalmodel", "Een model is getraind en gemeten. U kunt het in gebruik nemen.", "/taalmodel")


TODAY = (_ready,)
