"""Erasing one person from every store, and correcting what is wrong.

Used by staff (with a scope) and by the chat (with the contact that proves whose it is): one function for both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from assistant.core.scope import Scope
from assistant.placement.contact import normalise_email, normalise_phone
from assistant.placement.errors import ContactInvalid, RegistrationClosed
from assistant.placement.models import Registration, RegistrationEvent
from assistant.placement.my_registration import erase_row
from assistant.review.models import Conversation
from assistant.rights.errors import CorrectionWrong, OnHold
from assistant.rights.files import sweep_files
from assistant.rights.holds import held
from assistant.rights.person import Person, find_person, tables_of_a_talk
from assistant.rights.tracker_store import TrackerStore
from assistant.staff import audit

CORRECTABLE = ("name", "phone", "email", "place")


@dataclass(frozen=True, slots=True)
class Erased:
    """How many things went, per store."""

    counts: dict[str, int]

    @property
    def total(self) -> int:
        """All of them together."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The stores beside the database."""

    tracker: TrackerStore
    var: Path

    def erase(self, session: Session, number: str, municipality: str, now: datetime, talk: str) -> None:
        """Erase who has this number, asked for by the person in the conversation `talk`; it may go on.

        Raises RegistrationClosed when it must be kept for now, so that the chat sends the person to a human.
        """
        try:
            erase_person(session, number, self, scope=frozenset({municipality}), by=None, now=now, here=talk)
        except OnHold as error:
            raise RegistrationClosed("held") from error


def erase_person(
    session: Session,
    number: str,
    stores: Elsewhere,
    *,
    scope: Scope,
    by: int | None,
    now: datetime,
    here: str | None = None,
) -> Erased:
    """Erase everything of who has this number, in one transaction; the stores beside the database go first.

    Doing it again raises PersonNotFound, and so does a number outside the scope. Raises OnHold when something of it
    must be kept. `here` is a conversation that goes on: its words go, but it can be continued.
    """
    person = find_person(session, number, scope=scope, var=stores.var)
    _check_holds(session, person, now)
    counts = {
        "geheugen": stores.tracker.forget(talk for talk in person.talks if talk != here),
        "post": sweep_files(person.mails),
        "gesprekken": sum(_erase_talk(session, talk, keep=talk == here) for talk in person.talks),
        "formulieren": _delete_all(session, person.codes),
        "terugbelverzoeken": _delete_all(session, person.call_backs),
        "aanbod": _delete_all(session, person.offers),
        "aanmeldingen": len(person.registrations),
    }
    for row in person.registrations:
        erase_row(session, row, now=now)
    done = ", ".join(f"{name} {count}" for name, count in counts.items() if count)
    audit.note(session, by, "persoon.gewist", person.number, person.municipality, now, done)
    return Erased(counts)


def correct_person(
    session: Session, number: str, values: dict[str, str], *, scope: Scope, by: int, name: str, now: datetime, var: Path
) -> None:
    """Change name, phone, email or place of a registration; a line of its history says who did it.

    Raises PersonNotFound or CorrectionWrong.
    """
    person = find_person(session, number, scope=scope, var=var)
    row = next((each for each in person.registrations if each.number == person.number), None)
    if row is None or not values or set(values) - set(CORRECTABLE):
        raise CorrectionWrong("no registration, or another field")
    changed = {
        field: _right(field, value) for field, value in values.items() if _right(field, value) != getattr(row, field)
    }
    for field, value in changed.items():
        setattr(row, field, value)
    if not (row.phone or row.email):
        raise CorrectionWrong("no way to reach somebody is left")
    _note_correction(session, row, sorted(changed), name, now)
    audit.note(session, by, "persoon.verbeterd", person.number, person.municipality, now, ", ".join(sorted(changed)))


def _note_correction(session: Session, row: Registration, fields: list[str], name: str, now: datetime) -> None:
    reason = f"op verzoek verbeterd: {', '.join(fields)}"
    row.events.append(RegistrationEvent(at=now, from_state=row.state, to_state=row.state, by=name[:60], reason=reason))
    session.flush()


def _right(field: str, value: str) -> Any:
    value = value.strip()
    try:
        if field == "phone":
            return normalise_phone(value) if value else None
        if field == "email":
            return normalise_email(value) if value else None
    except ContactInvalid as error:
        raise CorrectionWrong(field) from error
    if field == "name" and not value:
        raise CorrectionWrong(field)
    return value[: 120 if field == "name" else 80] or None


def _check_holds(session: Session, person: Person, now: datetime) -> None:
    kept = {kind: held(session, kind, now) for kind in ("aanmelding", "terugbelverzoek", "aanbod", "gesprek")}
    subjects = {
        "aanmelding": {row.number for row in person.registrations},
        "terugbelverzoek": {row.number for row in person.call_backs},
        "aanbod": {row.number for row in person.offers},
        "gesprek": set(person.talks),
    }
    if any(kept[kind] & subjects[kind] for kind in subjects):
        raise OnHold(person.number)


def _erase_talk(session: Session, talk: str, *, keep: bool) -> bool:
    """Delete a conversation with all that hangs on it; one that goes on keeps its first line, which names nobody."""
    if not keep:
        return bool(session.execute(delete(Conversation).where(Conversation.id == talk)).rowcount)  # type: ignore[attr-defined]
    count = 0
    for table, key in reversed(tables_of_a_talk()):
        count += session.execute(delete(table).where(table.c[key] == talk)).rowcount  # type: ignore[attr-defined]
    return bool(count)


def _delete_all(session: Session, rows: list[Any]) -> int:
    for row in rows:
        session.delete(row)
    session.flush()
    return len(rows)
