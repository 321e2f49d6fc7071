"""Keeping openings true: what goes stale and when, and how complete a record is.

An opening fades. Confirmed in the last 90 days: shown in its place. After that: shown last, with "niet bevestigd
sinds". After 180 days: not shown. `valid_until` ends it on its own day. A provider who delivers or changes an opening
confirms it by doing so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from assistant.placement.models import Opening
from assistant.placement.openings import HIDDEN_AFTER, UNCONFIRMED_AFTER

WEEK = timedelta(days=7)
FADES, HIDES, ENDS = "vervaagt", "verdwijnt", "eindigt"
ALREADY = "al_vervaagd"

# What makes a record useful to somebody who is looking, and to the member of staff who answers them.
WANTED = (
    *("postcode", "days", "guidance", "pace", "noise", "sitting_standing", "indoors_outdoors", "alone_team"),
    *("wheelchair", "transport", "adaptations", "contact", "confirmed_on", "valid_until"),
)


@dataclass(frozen=True, slots=True)
class Stale:
    """An opening that needs attention: `what` happens on which day (ALREADY: happened on that day).

    complete: 0-100, see `completeness`. has_mail: a confirm link can be sent.
    """

    number: str
    title: str
    organisation: str
    municipality: str
    what: str
    on: date
    confirmed_on: date | None
    complete: int
    has_mail: bool


@dataclass(frozen=True, slots=True)
class Completeness:
    """Per cent of the wanted fields that are filled in, and the ones that are not."""

    number: str
    score: int
    missing: tuple[str, ...]


def stale(session: Session, *, today: date, municipality: str | None = None) -> tuple[Stale, ...]:
    """What goes stale in the coming week or has faded already and is still shown; the first day comes first.

    One opening can be in it twice: it fades and it ends.
    """
    query = select(Opening).where(
        or_(Opening.valid_until.is_(None), Opening.valid_until >= today),
        or_(
            Opening.confirmed_on.is_(None),
            Opening.confirmed_on < today + WEEK - UNCONFIRMED_AFTER,
            Opening.valid_until <= today + WEEK,
        ),
    )
    query = query if municipality is None else query.where(Opening.municipality_id == municipality)
    found = [entry for row in session.scalars(query) for entry in _reasons(row, today)]
    return tuple(sorted(found, key=lambda entry: (entry.on, entry.number, entry.what)))


def completeness(row: Opening) -> Completeness:
    """How complete one record is; every wanted field counts the same."""
    missing = tuple(name for name in WANTED if not _filled(row, name))
    return Completeness(row.number, round(100 * (1 - len(missing) / len(WANTED))), missing)


def completeness_report(session: Session, municipality: str | None = None) -> tuple[Completeness, ...]:
    """Every record that is still valid, the least complete first."""
    query = select(Opening)
    query = query if municipality is None else query.where(Opening.municipality_id == municipality)
    return tuple(sorted(map(completeness, session.scalars(query)), key=lambda entry: (entry.score, entry.number)))


def confirmed(row: Opening, today: date) -> None:
    """Its provider says that it is right as it stands."""
    row.confirmed_on = today


def _filled(row: Opening, name: str) -> bool:
    if name == "contact":
        own = row.organisation
        return bool(row.contact_phone or row.contact_email or own.contact_phone or own.contact_email)
    value = getattr(row, name)
    return value is not None and value not in ("", ())


def _reasons(row: Opening, today: date) -> Iterator[Stale]:
    """What happens to the opening in the coming week."""
    since = row.confirmed_on or row.entered_on
    fades = since + UNCONFIRMED_AFTER + timedelta(days=1) if row.confirmed_on else row.entered_on
    hides = since + HIDDEN_AFTER + timedelta(days=1)
    until = today + WEEK
    if today < hides <= until:
        yield _stale(row, HIDES, hides)
    elif today < hides and fades < today:
        yield _stale(row, ALREADY, fades)
    elif today <= fades <= until:
        yield _stale(row, FADES, fades)
    if row.valid_until is not None and row.valid_until <= until:
        yield _stale(row, ENDS, row.valid_until)


def _stale(row: Opening, what: str, on: date) -> Stale:
    mail = row.contact_email or row.organisation.contact_email
    return Stale(
        row.number, row.title, row.organisation.name, row.municipality_id, what, on, row.confirmed_on,
        completeness(row).score, mail is not None,
    )  # fmt: skip
