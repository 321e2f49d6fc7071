"""What may be told to everybody about our own count: people at work today, beside the norm of this year."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from assistant.placement.counting import counted
from assistant.placement.targets import targets

FEWEST = 5
"""A smaller count could point at a person; it is not told."""


@dataclass(frozen=True, slots=True)
class CountToday:
    """One definition on one day.

    value: people, or jobs by their hours for "banenafspraak", rounded. otherwise: the same in the readings that have no
    source of their own. norms: what sources say of this year, usually none or one.
    """

    definition: str
    value: int
    otherwise: tuple[int, ...]
    norms: tuple[int, ...]


def count_today(session: Session, definition: str, municipality: str, *, today: date) -> CountToday | None:
    """Return the count in the reading that has a source; None below five and for what is counted elsewhere."""
    readings = counted(session, definition, today, municipality)
    sure = next((round(each.value) for each in readings if each.sure), 0)
    if sure < FEWEST:
        return None
    others = {round(each.value) for each in readings if not each.sure} - {sure}
    of_year = targets(session, municipality=municipality, year=today.year)
    norms = {view.norm for view in of_year if view.definition == definition and view.norm is not None}
    return CountToday(definition, sure, tuple(sorted(others)), tuple(sorted(norms)))
