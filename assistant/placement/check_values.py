"""Checks on values that come from a conversation, before they reach a table."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from assistant.placement.codes import DAYS, KINDS, WORK_KINDS
from assistant.placement.errors import MunicipalityUnknown, PlaceDataInvalid
from assistant.placement.models import Municipality

MOST_HOURS = 40  # per week, the longest full-time week we put on a list


def check_codes(*, kind: str | None = None, work_kind: str | None = None, days: Collection[str] = ()) -> None:
    """Raises PlaceDataInvalid for a value that is not in the list of codes. None and empty are fine."""
    for name, value, known in (("kind", kind, KINDS), ("work_kind", work_kind, WORK_KINDS)):
        if value is not None and value not in known:
            raise PlaceDataInvalid(name)
    if not set(days) <= set(DAYS):
        raise PlaceDataInvalid("days")


def check_hours(hours: tuple[int, int] | None) -> None:
    """(least, most) hours a week. Raises PlaceDataInvalid unless 1 ≤ least ≤ most ≤ 40."""
    if hours is not None and not 1 <= hours[0] <= hours[1] <= MOST_HOURS:
        raise PlaceDataInvalid("hours")


def check_municipality(session: Session, municipality: str) -> None:
    """Raises MunicipalityUnknown for an id without a row; "landelijk" is the id for everybody else."""
    if session.get(Municipality, municipality) is None:
        raise MunicipalityUnknown(municipality)
