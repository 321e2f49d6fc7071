"""Everything that is kept of one person, found by a number: shown, corrected, erased.

Sources: AVG article 15 (access), 16 (rectification), 17 (erasure), 20 (portable, machine-readable).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, or_, select
from sqlalchemy.orm import Session

from assistant.core.scope import NATIONAL, Scope
from assistant.database.base import Base
from assistant.database.scope import within
from assistant.placement.models import CallBack, Offer, Registration
from assistant.placement.sequence import AMSTERDAM
from assistant.review.models import Conversation, ResumeCode
from assistant.rights.errors import PersonNotFound
from assistant.rights.mails import mails_about
from assistant.rights.tracker_store import TrackerStore

_SECRET = frozenset({"token_hash", "idempotency_key", "code_hash", "once"})


@dataclass(frozen=True)
class Person:
    """One person as the number leads to: rows of the desk, talks, forms that wait, mails."""

    number: str
    municipality: str
    registrations: list[Registration]
    call_backs: list[CallBack]
    offers: list[Offer]
    talks: list[str]
    """Ids of conversations, of which Rasa's tracker may know more."""
    codes: list[ResumeCode] = field(default_factory=list)
    mails: list[Path] = field(default_factory=list)

    @property
    def contacts(self) -> frozenset[str]:
        """Phone numbers and e-mail addresses."""
        rows: list[Any] = [*self.registrations, *self.call_backs, *self.offers]
        return frozenset(value for row in rows for value in _contacts(row))


def find_person(session: Session, number: str, *, scope: Scope, var: Path) -> Person:
    """Return what is kept under the number of a registration, a call-back or an offer, and under the same contact.

    Other rows count only when they are of the same municipality. Raises PersonNotFound, also outside the scope.
    """
    number = number.strip().upper()
    first = _row(session, number, scope)
    municipality = first.municipality_id or NATIONAL
    here = frozenset({municipality}) & scope
    contacts = _contacts(first)
    registrations = _same(session, Registration, first, contacts, here)
    call_backs = _same(session, CallBack, first, contacts, here)
    offers = _same(session, Offer, first, contacts, here)
    every = [*registrations, *call_backs, *offers]
    talks = sorted({row.conversation_id for row in every if row.conversation_id})
    numbers = {row.number for row in every}
    codes = [row for row in session.scalars(select(ResumeCode)) if _is_of(row, contacts, _name(first))]
    mails = mails_about(var / "outbox", numbers, contacts, {_name(row) for row in every})
    return Person(number, municipality, registrations, call_backs, offers, talks, codes, mails)


def _contacts(row: Any) -> set[str]:
    return {value for value in (row.phone, getattr(row, "email", None)) if value}


def _name(row: Registration | CallBack | Offer) -> str:
    return " ".join((row.contact_name if isinstance(row, Offer) else row.name).casefold().split())


def _is_of(code: ResumeCode, contacts: set[str], name: str) -> bool:
    values = {str(value).casefold() for value in code.values.values()}
    return bool(contacts & values) and name in values


def _row(session: Session, number: str, scope: Scope) -> Registration | CallBack | Offer:
    models: tuple[Any, ...] = (Registration, CallBack, Offer)
    for model in models:
        mine = (model.number == number, within(model.municipality_id, scope))
        row: Registration | CallBack | Offer | None = session.scalar(select(model).where(*mine))
        if row is not None:
            return row
    raise PersonNotFound("number")


def _same(session: Session, model: Any, first: Any, contacts: set[str], scope: Scope) -> list[Any]:
    """Return the rows with the same number, or with the same name and the same contact or conversation.

    The name counts, because a guide leaves one phone number for several people.
    """
    ways = [model.phone.in_(contacts)]
    if hasattr(model, "email"):
        ways.append(model.email.in_(contacts))
    if first.conversation_id:
        ways.append(model.conversation_id == first.conversation_id)
    query = select(model).where(or_(model.number == first.number, *ways), within(model.municipality_id, scope))
    name = _name(first)
    rows = session.scalars(query.order_by(model.id))
    return [row for row in rows if row.number == first.number or _name(row) == name]


def portable(session: Session, person: Person, tracker: TrackerStore, now: datetime) -> dict[str, Any]:
    """Return everything as plain JSON values, store by store, for the person to take along."""
    return {
        "gemaakt_op": now.astimezone(AMSTERDAM).isoformat(timespec="seconds"),
        "nummer": person.number,
        "gemeente": person.municipality,
        "aanmeldingen": [_plain(row) | _children(row) for row in person.registrations],
        "terugbelverzoeken": [_plain(row) for row in person.call_backs],
        "aanbod": [_plain(row) | _children(row) for row in person.offers],
        "wachtende_formulieren": [_plain(row) for row in person.codes],
        "gesprekken": [_talk(session, talk) for talk in person.talks],
        "geheugen_van_het_gesprek": {talk: tracker.events(talk) for talk in person.talks},
        "post": [path.read_text(encoding="utf-8", errors="replace") for path in person.mails],
    }


def _talk(session: Session, talk: str) -> dict[str, Any]:
    """Return a conversation with every row of every table that hangs on it."""
    row = session.get(Conversation, talk)
    if row is None:
        return {"id": talk, "gesprek": None}
    parts: dict[str, Any] = {}
    for table, key in tables_of_a_talk():
        found = session.execute(select(table).where(table.c[key] == talk)).mappings()
        values = [{name: _value(each) for name, each in line.items() if name not in _SECRET} for line in found]
        if values:
            parts[table.name] = values
    return _plain(row) | parts


def tables_of_a_talk() -> list[tuple[Any, str]]:
    """Return every table with a key to a conversation, and the name of that column."""
    return [
        (table, constraint.column_keys[0])
        for table in Base.metadata.sorted_tables
        for constraint in table.foreign_key_constraints
        if constraint.referred_table.name == Conversation.__tablename__
    ]


def _children(row: Any) -> dict[str, Any]:
    related = {
        relation.key: getattr(row, relation.key) for relation in inspect(type(row)).relationships if relation.uselist
    }
    return {name: [_plain(each) for each in rows] for name, rows in related.items()}


def _plain(row: Any) -> dict[str, Any]:
    names = [attribute.key for attribute in inspect(type(row)).column_attrs if attribute.key not in _SECRET]
    return {name: _value(getattr(row, name)) for name in names}


def _value(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
