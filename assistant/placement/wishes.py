"""What goes into and comes out of a registration: plain frozen dataclasses, no database objects."""

from dataclasses import dataclass
from datetime import date, datetime

from assistant.placement.models import Registration

Hours = tuple[int, int]
"""(least, most) hours a week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestWish:
    """A jobseeker's wish, in codes of `assistant.placement.codes`.

    Texts have been cleaned of numbers and health words. municipality: id, "landelijk" when it is none of
    ours. phone or email: at least one. opening: "W-0001".
    """

    municipality: str
    name: str
    phone: str | None = None
    email: str | None = None
    work_kind: str | None = None
    place: str | None = None
    hours: Hours | None = None
    days: frozenset[str] = frozenset()
    travel_km: int | None = None
    workplace_needs: str | None = None
    opening: str | None = None
    consent_text_version: str | None = None
    consented_at: datetime | None = None
    conversation_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WishChange:
    """What should change; None leaves a field as it is."""

    phone: str | None = None
    email: str | None = None
    work_kind: str | None = None
    place: str | None = None
    hours: Hours | None = None
    days: frozenset[str] | None = None
    travel_km: int | None = None
    workplace_needs: str | None = None


@dataclass(frozen=True, slots=True)
class Registered:
    """The number to say aloud, and the promise: which action, by whom, on which day at the latest."""

    number: str
    next_action: str | None
    next_action_by: date | None
    next_actor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationView:
    """A registration as its own person may see it."""

    number: str
    state: str
    municipality: str
    name: str
    work_kind: str | None
    place: str | None
    hours: Hours | None
    days: tuple[str, ...]
    travel_km: int | None
    workplace_needs: str | None
    opening: str | None
    opening_title: str | None
    next_action: str | None
    next_action_by: date | None
    next_actor: str | None
    created_at: datetime
    withdrawn_at: datetime | None


def view(row: Registration) -> RegistrationView:
    """The row as plain values."""
    return RegistrationView(
        number=row.number,
        state=row.state,
        municipality=row.municipality_id,
        name=row.name,
        work_kind=row.work_kind,
        place=row.place,
        hours=(row.hours_min, row.hours_max) if row.hours_min and row.hours_max else None,
        days=row.days,
        travel_km=row.travel_km,
        workplace_needs=row.workplace_needs,
        opening=row.opening.number if row.opening else None,
        opening_title=row.opening.title if row.opening else None,
        next_action=row.next_action,
        next_action_by=row.next_action_by,
        next_actor=row.next_actor,
        created_at=row.created_at,
        withdrawn_at=row.withdrawn_at,
    )
