"""The openings of a member of staff: how complete and how fresh each is, and one of them to confirm or close."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from assistant.core.scope import Scope
from assistant.database.scope import within
from assistant.placement.errors import OpeningNotFound
from assistant.placement.freshness import Completeness, completeness, confirmed
from assistant.placement.models import Certificate, Opening, Organisation, Registration
from assistant.placement.openings import HIDDEN_AFTER, UNCONFIRMED_AFTER, OpeningView, is_shown, is_unconfirmed, view

PAGE = 50
FRESH, FADED, HIDDEN, CLOSED = "vers", "vervaagd", "verborgen", "afgesloten"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningsWanted:
    """What the list shows.

    freshness: FRESH, FADED, HIDDEN, CLOSED, or None: all that are not closed. text: in title, place, organisation
    or number.
    """

    freshness: str | None = None
    kind: str | None = None
    municipality: str | None = None
    text: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class OpeningFile:
    """An opening with what staff need beside it. freshness: see OpeningsWanted. since: last confirmed or entered."""

    opening: OpeningView
    complete: Completeness
    freshness: str
    since: date
    hidden_on: date
    organisation_id: str


@dataclass(frozen=True, slots=True)
class OpeningPage:
    """One page, how many there are in all, and how many of each freshness (of all that was asked for beside that)."""

    rows: tuple[OpeningFile, ...]
    total: int
    per_freshness: dict[str, int]


def opening_page_of(session: Session, scope: Scope, wanted: OpeningsWanted, *, today: date) -> OpeningPage:
    """The openings of one page; the ones that nobody confirmed for the longest time come first."""
    where = _where(scope, wanted)
    state = _freshness(wanted.freshness, today)
    since = func.coalesce(Opening.confirmed_on, Opening.entered_on)
    found = select(Opening).join(Organisation).where(*where, state).order_by(since, Opening.number)
    rows = session.scalars(found.offset((max(wanted.page, 1) - 1) * PAGE).limit(PAGE))
    counts = {name: _count(session, [*where, _freshness(name, today)]) for name in (FRESH, FADED, HIDDEN, CLOSED)}
    total = counts[wanted.freshness] if wanted.freshness else sum(counts.values()) - counts[CLOSED]
    return OpeningPage(tuple(_file(row, today) for row in rows), total, counts)


def opening_file(session: Session, scope: Scope, number: str, *, today: date) -> OpeningFile:
    """One opening, also when it is closed. Raises OpeningNotFound, also for one in another municipality."""
    return _file(find_opening(session, scope, number), today)


def confirm_opening(session: Session, scope: Scope, number: str, *, today: date) -> None:
    """Its provider told a member of staff that it is right as it stands. Raises OpeningNotFound."""
    row = find_opening(session, scope, number)
    confirmed(row, today)
    if row.valid_until is not None and row.valid_until < today:
        row.valid_until = None
    session.flush()


def close_opening(session: Session, scope: Scope, number: str, *, today: date) -> int:
    """Gone from today; who asked for it keeps the registration. How many of them there are. Raises OpeningNotFound."""
    row = find_opening(session, scope, number)
    row.valid_until = today - timedelta(days=1)
    session.flush()
    waiting = (Registration.opening_id == row.id) & Registration.state.not_in(("geplaatst", "gestopt", "ingetrokken"))
    return session.scalar(select(func.count()).select_from(Registration).where(waiting)) or 0


def find_opening(session: Session, scope: Scope, number: str) -> Opening:
    """The row. Raises OpeningNotFound."""
    query = select(Opening).where(Opening.number == number.strip().upper(), within(Opening.municipality_id, scope))
    row = session.scalar(query)
    if row is None:
        raise OpeningNotFound(number)
    return row


def organisations_for(session: Session) -> list[tuple[str, str]]:
    """Id and name of every organisation, by name. Names of organisations are no secret of one municipality."""
    query = select(Organisation.id, Organisation.name).order_by(Organisation.name)
    return [(id, name) for id, name in session.execute(query)]


def certificates_for(session: Session) -> list[tuple[str, str]]:
    """Code and name of every certificate, by name."""
    return [(code, name) for code, name in session.execute(select(Certificate.code, Certificate.name).order_by("name"))]


def _where(scope: Scope, wanted: OpeningsWanted) -> list[ColumnElement[bool]]:
    where = [within(Opening.municipality_id, scope)]
    for column, value in ((Opening.kind, wanted.kind), (Opening.municipality_id, wanted.municipality)):
        where += [] if value is None else [column == value]
    if sought := wanted.text.strip().casefold():
        columns = (Opening.title, Opening.place, Opening.number, Organisation.name)
        where.append(or_(*(func.lower(column).contains(sought, autoescape=True) for column in columns)))
    return where


def _freshness(name: str | None, today: date) -> ColumnElement[bool]:
    """SQL of the same words as `_name`."""
    since = func.coalesce(Opening.confirmed_on, Opening.entered_on)
    closed = Opening.valid_until < today
    open_ = or_(Opening.valid_until.is_(None), Opening.valid_until >= today)
    hidden = since < today - HIDDEN_AFTER
    unconfirmed = or_(Opening.confirmed_on.is_(None), Opening.confirmed_on < today - UNCONFIRMED_AFTER)
    return {
        None: open_,
        CLOSED: closed,
        HIDDEN: open_ & hidden,
        FADED: open_ & ~hidden & unconfirmed,
        FRESH: open_ & ~hidden & ~unconfirmed,
    }[name]


def _name(row: Opening, today: date) -> str:
    if row.valid_until is not None and row.valid_until < today:
        return CLOSED
    if not is_shown(row, today):
        return HIDDEN
    return FADED if is_unconfirmed(row, today) else FRESH


def _file(row: Opening, today: date) -> OpeningFile:
    since = row.confirmed_on or row.entered_on
    hidden_on = since + HIDDEN_AFTER + timedelta(days=1)
    return OpeningFile(view(row, today), completeness(row), _name(row, today), since, hidden_on, row.organisation_id)


def _count(session: Session, where: list[ColumnElement[bool]]) -> int:
    return session.scalar(select(func.count()).select_from(Opening).join(Organisation).where(*where)) or 0
