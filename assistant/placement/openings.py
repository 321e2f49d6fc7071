"""An opening as everybody may see it, and which openings may be seen at all."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_

from assistant.placement.models import Opening
from assistant.placement.rules import MIN_HOURS, MIN_MONTHS, rules_of

UNCONFIRMED_AFTER = timedelta(days=90)
"""An opening that its provider has not confirmed for so long is shown last, and says so."""
HIDDEN_AFTER = timedelta(days=180)
"""After so long without a confirmation (or, without any, since it was entered) it is not shown at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """The place of work itself. None = not known. Codes as in `assistant.placement.codes`."""

    guidance: str | None
    adaptations: str | None
    pace: str | None
    noise: str | None
    sitting_standing: str | None
    indoors_outdoors: str | None
    alone_team: str | None
    wheelchair: bool | None
    transport: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom to ask: the contact of the opening, else of its organisation. All empty: ask the municipality."""

    name: str | None
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningView:
    """One opening.

    distance_km: from the place that was asked for, one decimal; None when no place was asked for.
    unconfirmed: nobody confirmed it in the last 90 days. rules: what the municipality asks of it, by code of
    the rule.
    """

    number: str
    title: str
    kind: str
    work_kind: str
    tasks: str
    organisation: str
    organisation_kind: str
    place: str
    postcode: str | None
    municipality: str
    distance_km: float | None
    hours_min: int
    hours_max: int
    days: tuple[str, ...]
    contract_months: int | None
    start_date: date | None
    places_free: int
    places_total: int
    traits: Traits
    certificate: str | None
    commitment_signed_by: str | None
    commitment_signed_on: date | None
    contact: Contact
    is_example: bool
    confirmed_on: date | None
    unconfirmed: bool
    valid_until: date | None
    rules: tuple[tuple[str, int], ...]
    source: str


def shown(today: date) -> ColumnElement[bool]:
    """SQL: the opening is still valid, has a free place and has not faded away."""
    return and_(
        Opening.places_free > 0,
        or_(Opening.valid_until.is_(None), Opening.valid_until >= today),
        not_faded(today),
    )


def not_faded(today: date) -> ColumnElement[bool]:
    """SQL: somebody confirmed or entered it in the last 180 days."""
    since = today - HIDDEN_AFTER
    return or_(Opening.confirmed_on >= since, Opening.confirmed_on.is_(None) & (Opening.entered_on >= since))


def is_shown(row: Opening, today: date) -> bool:
    """The same, of a row: still valid. A full one is told apart by `places_free`."""
    in_time = row.valid_until is None or row.valid_until >= today
    return in_time and (row.confirmed_on or row.entered_on) >= today - HIDDEN_AFTER


def is_unconfirmed(row: Opening, today: date) -> bool:
    """True when nobody confirmed the opening in the last 90 days."""
    return row.confirmed_on is None or row.confirmed_on < today - UNCONFIRMED_AFTER


def view(row: Opening, today: date, distance_km: float | None = None) -> OpeningView:
    """The row as plain values."""
    return OpeningView(
        number=row.number,
        title=row.title,
        kind=row.kind,
        work_kind=row.work_kind,
        tasks=row.tasks,
        organisation=row.organisation.name,
        organisation_kind=row.organisation.kind,
        place=row.place,
        postcode=row.postcode,
        municipality=row.municipality_id,
        distance_km=distance_km,
        hours_min=row.hours_min,
        hours_max=row.hours_max,
        days=row.days,
        contract_months=row.contract_months,
        start_date=row.start_date,
        places_free=row.places_free,
        places_total=row.places_total,
        traits=_traits(row),
        certificate=row.certificate_code,
        commitment_signed_by=row.commitment_signed_by,
        commitment_signed_on=row.commitment_signed_on,
        contact=_contact(row),
        is_example=row.is_example,
        confirmed_on=row.confirmed_on,
        unconfirmed=is_unconfirmed(row, today),
        valid_until=row.valid_until,
        rules=_rules(row),
        source=row.source,
    )


def _traits(row: Opening) -> Traits:
    return Traits(
        guidance=row.guidance,
        adaptations=row.adaptations,
        pace=row.pace,
        noise=row.noise,
        sitting_standing=row.sitting_standing,
        indoors_outdoors=row.indoors_outdoors,
        alone_team=row.alone_team,
        wheelchair=row.wheelchair,
        transport=row.transport,
    )


def _contact(row: Opening) -> Contact:
    if row.contact_name or row.contact_phone or row.contact_email:
        return Contact(name=row.contact_name, phone=row.contact_phone, email=row.contact_email)
    own = row.organisation
    return Contact(name=own.contact_name, phone=own.contact_phone, email=own.contact_email)


def _rules(row: Opening) -> tuple[tuple[str, int], ...]:
    rules = rules_of(row.municipality_id)
    limits = ((MIN_HOURS, rules.min_hours), (MIN_MONTHS, rules.min_months)) if row.kind in rules.kinds else ()
    return tuple((code, limit) for code, limit in limits if limit is not None)
