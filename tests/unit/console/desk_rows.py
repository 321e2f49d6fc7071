"""Rows of the placement desk for the console's own database: the first data, and people and firms made for a test."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from assistant.database import Database
from assistant.placement import InterestWish, PlaceOffer, offer_place, register_interest, seed
from assistant.placement.models import Municipality, Opening, Registration
from assistant.placement.workflow import move

NAMES = ("Fatima El Amrani", "Jan de Boer", "Samira Yilmaz", "Kees Visser", "Aleksandra Nowak")


def fill(database: Database) -> None:
    """The first openings, organisations and targets, once."""
    with database.session() as session:
        if session.query(Municipality).first() is None:
            seed(session)


def registration(database: Database, now: datetime, *states: str, **different: Any) -> str:
    """A registration in Almere that went through these states; its number."""
    fill(database)
    usual: dict[str, Any] = {
        "municipality": "almere", "name": NAMES[0], "phone": "06 12 34 56 78", "email": "fatima@example.nl",
        "work_kind": "groen", "hours": (16, 24), "days": frozenset({"ma", "wo"}), "place": "Almere",
        "consent_text_version": "2026-11", "consented_at": now,
    }  # fmt: skip
    with database.session() as session:
        number = register_interest(session, InterestWish(**(usual | different)), now=now).number
        row = session.query(Registration).filter_by(number=number).one()
        for state in states:
            move(session, row, state, "Test", None, now)
    return number


def offer(database: Database, now: datetime, **different: Any) -> str:
    """An offer of a bakery in Almere that is below both rules; its number."""
    fill(database)
    usual: dict[str, Any] = {
        "municipality": "almere", "organisation_name": "Bakkerij Jansen", "contact_name": "Piet Jansen",
        "email": "piet@bakkerij.nl", "hours": 24, "contract_months": 6, "kind": "banenafspraak",
        "work_kind": "catering", "tasks": "U bakt brood en vult de schappen.", "place": "Almere",
    }  # fmt: skip
    with database.session() as session:
        return offer_place(session, PlaceOffer(**(usual | different)), now=now).number


def opening_of(database: Database, municipality: str) -> str:
    """The number of an opening there."""
    fill(database)
    with database.session(write=False) as session:
        row = session.query(Opening).filter_by(municipality_id=municipality).order_by(Opening.number).first()
        assert row
        return row.number
