"""The registrations of a member of staff: as a table and as columns per state, never outside their municipalities.

Names are in these rows, so they are for who works with registrations. Phone numbers and e-mail addresses are only in
`staff_registration`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, or_, select
from sqlalchemy.orm import Session

from assistant.core.scope import Scope
from assistant.database.scope import within
from assistant.placement.models import Opening, Registration
from assistant.placement.workflow import TABLE

PAGE = 50
IN_COLUMN = 20
"""Cards per column; the rest is in the table."""
OPEN_STATES = tuple(state.code for state in TABLE if not state.final)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the table shows. state None: all that are not closed; "alle": really all. text: a number or a name."""

    state: str | None = None
    late: bool = False
    assigned_to: int | None = None
    nobody: bool = False
    municipality: str | None = None
    text: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class RegistrationRow:
    """One line. next_action_by: the last day on which it is in time; late: that day has passed."""

    number: str
    name: str
    state: str
    municipality: str
    work_kind: str | None
    place: str | None
    opening: str | None
    next_action: str | None
    next_actor: str | None
    next_action_by: date | None
    assigned_to: int | None
    late: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows, and how many rows there are in all."""

    rows: tuple[RegistrationRow, ...]
    total: int
    late: int


@dataclass(frozen=True, slots=True)
class StateColumn:
    """A column of the board: a state, the first rows in it, how many there are and how many of them are late."""

    state: str
    rows: tuple[RegistrationRow, ...]
    total: int
    late: int


def registration_page(session: Session, scope: Scope, wanted: Wanted, *, today: date) -> Page:
    """The rows of one page; what should be done first comes first, closed ones last."""
    found = _where(scope, wanted, today)
    rows = session.execute(_rows(found).offset((max(wanted.page, 1) - 1) * PAGE).limit(PAGE)).all()
    # `late` counts what is late among all that was asked for, also when only those are shown.
    late = _count(session, _where(scope, replace(wanted, late=True), today))
    return Page(tuple(_row(row, today) for row in rows), _count(session, found), late)


def registration_columns(session: Session, scope: Scope, wanted: Wanted, *, today: date) -> tuple[StateColumn, ...]:
    """One column for every state in which something must still be done."""
    late = func.sum(case((Registration.next_action_by < today, 1), else_=0))
    everything = _where(scope, replace(wanted, state=None), today)
    query = select(Registration.state, func.count(), late).where(*everything).group_by(Registration.state)
    counts = {state: (total, int(over)) for state, total, over in session.execute(query)}
    columns = []
    for state in OPEN_STATES:
        found = _rows(_where(scope, replace(wanted, state=state), today)).limit(IN_COLUMN)
        rows = tuple(_row(row, today) for row in session.execute(found))
        columns.append(StateColumn(state, rows, *counts.get(state, (0, 0))))
    return tuple(columns)


def _where(scope: Scope, wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    where = [within(Registration.municipality_id, scope)]
    if wanted.state is None:
        where.append(Registration.state.in_(OPEN_STATES))
    elif wanted.state != "alle":
        where.append(Registration.state == wanted.state)
    if wanted.late:
        where.append(Registration.next_action_by < today)
    if wanted.nobody:
        where.append(Registration.assigned_to.is_(None))
    for column, value in (
        (Registration.assigned_to, wanted.assigned_to),
        (Registration.municipality_id, wanted.municipality),
    ):
        where += [] if value is None else [column == value]
    return where + ([_like(wanted.text)] if wanted.text.strip() else [])


def _like(text: str) -> ColumnElement[bool]:
    sought = text.strip().casefold()
    return or_(
        func.lower(Registration.number).contains(sought, autoescape=True),
        func.lower(Registration.name).contains(sought, autoescape=True),
    )


def _rows(where: Sequence[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    """The columns of RegistrationRow, by their names there."""
    return (
        select(
            Registration.number, Registration.name, Registration.state,
            Registration.municipality_id.label("municipality"), Registration.work_kind, Registration.place,
            Opening.number.label("opening"), Registration.next_action, Registration.next_actor,
            Registration.next_action_by, Registration.assigned_to,
        )
        .outerjoin(Opening, Opening.id == Registration.opening_id)
        .where(*where)
        .order_by(Registration.next_action_by.is_(None), Registration.next_action_by, Registration.number)
    )  # fmt: skip


def _count(session: Session, where: Sequence[ColumnElement[bool]]) -> int:
    return session.scalar(select(func.count()).select_from(Registration).where(*where)) or 0


def _row(found: Row[*tuple[Any, ...]], today: date) -> RegistrationRow:
    by = found.next_action_by
    return RegistrationRow(**dict(found._mapping), late=by is not None and by < today)
