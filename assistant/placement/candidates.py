"""What an employer may know about the people who look for work: how many, and never about fewer than five.

Counts are rounded down to fives, so that asking twice with one filter more does not single anybody out, and the
filters are about the work alone.
"""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from assistant.placement.check_values import check_codes
from assistant.placement.models import Registration
from assistant.placement.workflow import STATES

FEWEST = 5


@dataclass(frozen=True, slots=True)
class CountShown:
    """at_least: a multiple of five; None when there are fewer than five, which includes none."""

    at_least: int | None


def candidate_count(
    session: Session, *, municipality: str, work_kind: str | None = None, hours: tuple[int, int] | None = None
) -> CountShown:
    """How many people on the list of a municipality could want this work. Raises PlaceDataInvalid for a wrong code."""
    check_codes(work_kind=work_kind)
    waiting = [state.code for state in STATES.values() if not state.final and state.code != "geplaatst"]
    query = select(func.count()).select_from(Registration)
    query = query.where(Registration.municipality_id == municipality, Registration.state.in_(waiting))
    if work_kind is not None:
        query = query.where(or_(Registration.work_kind == work_kind, Registration.work_kind.is_(None)))
    if hours is not None:
        overlap = (Registration.hours_min <= hours[1]) & (Registration.hours_max >= hours[0])
        query = query.where(or_(Registration.hours_min.is_(None), overlap))
    count = session.scalar(query) or 0
    return CountShown(count // FEWEST * FEWEST if count >= FEWEST else None)
