"""Norm against realised, per year and definition, always with its source.

Beschut werk and the banenafspraak are two schemes: their numbers are never added up or compared here.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.placement.models import Organisation, Target


@dataclass(frozen=True, slots=True)
class TargetView:
    """One row of the target board.

    Numbers are people or jobs, per cent for "uit_dagbesteding"; None = not in the source.
    """

    year: int
    definition: str
    municipality: str | None
    organisation: str | None
    norm: int | None
    norm_derived: bool
    realised: int | None
    source: str
    quote: str

    @property
    def difference(self) -> int | None:
        """Realised minus norm, or None when one of the two is not known."""
        return None if self.norm is None or self.realised is None else self.realised - self.norm


def targets(
    session: Session,
    *,
    municipality: str | None = None,
    organisation: str | None = None,
    definition: str | None = None,
    year: int | None = None,
) -> tuple[TargetView, ...]:
    """The rows that fit every argument that is given, oldest year first.

    Rows about the whole country have no subject.
    """
    query = select(Target, Organisation.name).outerjoin(Organisation, Organisation.id == Target.organisation_id)
    for column, value in (
        (Target.municipality_id, municipality),
        (Target.organisation_id, organisation),
        (Target.definition, definition),
        (Target.year, year),
    ):
        query = query if value is None else query.where(column == value)
    rows = session.execute(query.order_by(Target.year, Target.definition, Target.key))
    return tuple(_view(target, name) for target, name in rows)


def _view(row: Target, organisation: str | None) -> TargetView:
    return TargetView(
        year=row.year,
        definition=row.definition,
        municipality=row.municipality_id,
        organisation=organisation,
        norm=row.norm,
        norm_derived=row.norm_derived,
        realised=row.realised,
        source=row.source,
        quote=row.quote,
    )
