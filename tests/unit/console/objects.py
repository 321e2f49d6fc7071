"""One example per route with an id in its path, for the generated test of object-level access (test_access.py).

An example makes a thing that belongs to ONE municipality and returns the values of the path. The test then asks for it
as every role with the right: inside the scope it is not 404, outside it is. Add yours in a file of your own,
`objects_<room>.py` in this folder; the test reads them all:

    @example("/aanmeldingen/{number}", "/aanmeldingen/{number}/stap")       # one or more route paths, as in the router
    def registration(console: Console, municipality: str) -> dict[str, str]:
        ...make a row of that municipality with console.database...
        return {"number": "AW-2026-00001"}

`personal=True` is for a thing of one person instead of one municipality: there the test asks as another person.
`form={...}` gives the fields that a POST needs to get as far as looking for the thing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.placement.pending_import import keep_file
from assistant.review.corrections import Proposal, propose
from assistant.review.filters import Filters
from assistant.review.judging import Reviewer
from assistant.review.learning_models import TopicProposal
from assistant.review.models import Turn
from assistant.review.views import save_view, saved_views
from assistant.staff.kept import KeptForm, keep
from tests.unit.console import desk_rows
from tests.unit.console.conftest import Console
from tests.unit.console.review_rows import make_talk

Make = Callable[[Console, str], dict[str, str]]


@dataclass(frozen=True)
class Example:
    """How to make the thing behind a route."""

    make: Make
    personal: bool = False
    form: Mapping[str, Any] = field(default_factory=dict)


EXAMPLES: dict[str, Example] = {}


def example(*paths: str, personal: bool = False, form: Mapping[str, Any] | None = None) -> Callable[[Make], Make]:
    """Register how to make the thing behind these routes."""

    def register(make: Make) -> Make:
        for path in paths:
            assert path not in EXAMPLES, f"two examples for {path}"
            EXAMPLES[path] = Example(make, personal, form or {})
        return make

    return register


@example("/bewaard/{token}", personal=True)
def kept_form(console: Console, municipality: str) -> dict[str, str]:
    owner = console.account("beheerder", scope={municipality})
    with console.database.session() as session:
        token = keep(session, owner, KeptForm("/accounts", "/accounts", [("name", "Jan")]), console.now())
    assert token
    return {"token": token}


@example("/accounts/{account_id}", "/accounts/{account_id}/uitloggen", "/accounts/{account_id}/opnieuw")
def account(console: Console, municipality: str) -> dict[str, str]:
    return {"account_id": str(console.account("redacteur", scope={municipality}))}


@example(
    "/gesprekken/{conversation_id}",
    "/gesprekken/{conversation_id}/notitie",
    "/gesprekken/{conversation_id}/lezers",
    "/gesprekken/{conversation_id}/toets",
    "/gesprekken/{conversation_id}/toets.yml",
    "/gesprekken/{conversation_id}/contact",
    form={"tekst": "een notitie", "reden": "bellen over de aanmelding"},
)
def talk(console: Console, municipality: str) -> dict[str, str]:
    return {"conversation_id": make_talk(console, municipality)}


@example("/gesprekken/weergaven/{view_id}/weg", personal=True)
def review_view(console: Console, municipality: str) -> dict[str, str]:
    owner = console.account("reviewer", scope={municipality})
    with console.database.session() as session:
        save_view(session, owner, "Mijn weergave", Filters(rol="werkgever"), console.now())
        return {"view_id": str(saved_views(session, owner)[0].id)}


@example("/verbeteringen/{correction_id}", form={"besluit": "goed"})
def correction(console: Console, municipality: str) -> dict[str, str]:
    made = make_talk(console, municipality)
    with console.database.session() as session:
        turn = session.query(Turn).filter_by(conversation_id=made).one()
        proposal, who = Proposal(turn.id, "loon/contract"), Reviewer(10_000, "Iemand anders")
        row = propose(session, proposal, who, console.now(), scope=frozenset({municipality}))
        assert row
        return {"correction_id": str(row.id)}


@example("/antwoorden/nieuw/{proposal_id}", "/nieuwe-vragen/{proposal_id}/vraag.yml", form={"title": "Hond"})
def taken_question(console: Console, municipality: str) -> dict[str, str]:
    with console.database.session() as session:
        row = TopicProposal(
            municipality=municipality, times=2, sentences=["a", "b"], draft="nieuw/a", state="overgenomen",
            name="werkplek/a", description="wat a is", chosen=["a", "b"], made_at=console.now(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        return {"proposal_id": str(row.id)}


@example("/nieuwe-vragen/{proposal_id}", form={"besluit": "wegleggen"})
def topic_proposal(console: Console, municipality: str) -> dict[str, str]:
    with console.database.session() as session:
        row = TopicProposal(
            municipality=municipality, times=2, sentences=["a", "b"], draft="nieuw/a", state="open",
            made_at=console.now(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        return {"proposal_id": str(row.id)}


@example(
    "/aanmeldingen/{number}",
    "/aanmeldingen/{number}/stap",
    "/aanmeldingen/{number}/toewijzen",
    "/aanmeldingen/{number}/notitie",
    "/aanmeldingen/{number}/werkplek",
    "/aanmeldingen/{number}/plaatsing",
    "/aanmeldingen/{number}/plaatsing/einde",
    form={"naar": "contact", "reden": "afgesproken", "tekst": "belt liever in de middag", "einde": "2026-11-21"},
)
def registration(console: Console, municipality: str) -> dict[str, str]:
    return {"number": desk_rows.registration(console.database, console.now(), municipality=municipality)}


@example(
    "/werkplekken/{number}",
    "/werkplekken/{number}/wijzigen",
    "/werkplekken/{number}/bevestigen",
    "/werkplekken/{number}/sluiten",
)
def opening(console: Console, municipality: str) -> dict[str, str]:
    return {"number": desk_rows.opening_of(console.database, municipality)}


@example("/werkplekken/import/{id}", personal=True)
def pending_import(console: Console, municipality: str) -> dict[str, str]:
    owner = console.account("accountmanager", scope={municipality})
    with console.database.session() as session:
        return {"id": keep_file(session, owner, "werkplekken.csv", b"titel;plaats\n", now=console.now())}


@example("/aanbod/{number}", "/aanbod/{number}/aannemen", "/aanbod/{number}/weigeren", form={"reden": "past niet"})
def offer(console: Console, municipality: str) -> dict[str, str]:
    return {"number": desk_rows.offer(console.database, console.now(), municipality=municipality)}
