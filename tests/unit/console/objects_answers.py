"""Examples for the routes of answers, retention and the rights of a person."""

from __future__ import annotations

import datetime as dt

from assistant.database import Session
from assistant.editing.versions import Editor, Proposal, propose
from assistant.placement import InterestWish, register_interest, seed
from assistant.placement.models import Municipality
from assistant.review import ConversationLog, NewConversation
from assistant.rights.holds import hold as hold_now
from tests.unit.console.conftest import Console
from tests.unit.console.objects import example

KEY = "loon/hoeveel"
TEXT = {"text": "Hallo.", "checked": "2026-11-21"}


@example("/antwoorden/tekst/{municipality}/{key:path}", form=TEXT)
def answer(console: Console, municipality: str) -> dict[str, str]:
    return {"municipality": municipality, "key": KEY}


@example(
    "/antwoorden/versie/{version_id}",
    "/antwoorden/versie/{version_id}/goedkeuren",
    "/antwoorden/versie/{version_id}/afwijzen",
    "/antwoorden/versie/{version_id}/intrekken",
    "/antwoorden/versie/{version_id}/terugzetten",
    form={"why": "zo is het niet duidelijk"},
)
def version(console: Console, municipality: str) -> dict[str, str]:
    return {"version_id": str(make_version(console, municipality))}


def make_version(console: Console, municipality: str, editor: int = 999, text: str = "U krijgt loon.") -> int:
    """Keep a proposal of somebody for a municipality and return its id."""
    wanted = Proposal(KEY, municipality, text, "", "", dt.date(2026, 11, 21))
    with console.database.session() as session:
        book = console.rooms.library.book
        return propose(session, wanted, Editor(editor, frozenset({municipality})), book, console.now()).id


@example("/bewaren/vrijgeven/{hold_id}")
def hold(console: Console, municipality: str) -> dict[str, str]:
    until = console.now().date() + dt.timedelta(days=9)
    with console.database.session() as session:
        talk = f"t{session.connection().exec_driver_sql('SELECT count(*) FROM conversation').scalar()}"
    ConversationLog(console.database).start(NewConversation(talk, "0" * 64, municipality, None, "web", console.now()))
    with console.database.session() as session:
        scope = frozenset({municipality})
        made = hold_now(session, "gesprek", talk, "klacht", until, scope=scope, by=1, now=console.now())
        return {"hold_id": str(made.id)}


@example(
    "/personen/{number}",
    "/personen/{number}/gegevens.json",
    "/personen/{number}/verbeteren",
    "/personen/{number}/wissen",
    form={"name": "Jan", "phone": "0612345678"},
)
def person(console: Console, municipality: str) -> dict[str, str]:
    return {"number": make_person(console, municipality)}


def make_person(console: Console, municipality: str, name: str = "Zebrina") -> str:
    """Put somebody on the list of a municipality and return the number."""
    with console.database.session() as session:
        _seeded(session)
        wish = InterestWish(
            municipality=municipality, name=name, phone="0612345678", work_kind="groen", hours=(12, 16),
            consent_text_version="2026-11", consented_at=console.now(),
        )  # fmt: skip
        return register_interest(session, wish, now=console.now()).number


def _seeded(session: Session) -> None:
    if session.query(Municipality).count() == 0:
        seed(session)
