"""Which contracted providers of day care have the sheltered places that their municipality asks for.

Almere: each at least one (SEED-AL-02). The rule is data, in data/placement/provider_rules.yml.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import yaml
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from assistant.placement.gazetteer import DATA
from assistant.placement.models import Opening, Organisation

RULES = DATA / "placement" / "provider_rules.yml"


@dataclass(frozen=True, slots=True)
class ProviderCoverage:
    """One provider: sheltered places in all and free, what is asked (None: nothing), and whether that is met."""

    organisation: str
    municipality: str | None
    places: int
    free: int
    asked: int | None
    source: str
    is_example: bool

    @property
    def met(self) -> bool:
        """True when there are as many as asked."""
        return self.places >= (self.asked or 0)


def coverage(session: Session, *, today: date, municipality: str | None = None) -> tuple[ProviderCoverage, ...]:
    """Every provider with a day-care contract, those that fall short first."""
    valid = (Opening.kind == "beschut") & or_(Opening.valid_until.is_(None), Opening.valid_until >= today)
    total, free = (func.coalesce(func.sum(column), 0) for column in (Opening.places_total, Opening.places_free))
    query = (
        select(Organisation, total, free)
        .outerjoin(Opening, (Opening.organisation_id == Organisation.id) & valid)
        .where(Organisation.contracted_daycare)
        .group_by(Organisation.id)
    )
    query = query if municipality is None else query.where(Organisation.municipality_id == municipality)
    rows = [_row(*found) for found in session.execute(query)]
    return tuple(sorted(rows, key=lambda row: (row.met, row.municipality or "", row.organisation)))


@cache
def provider_rules() -> dict[str, dict[str, Any]]:
    """Per municipality: `min_sheltered_places` and `source`."""
    return yaml.safe_load(RULES.read_text(encoding="utf-8")) or {}


def _row(organisation: Organisation, places: int, free: int) -> ProviderCoverage:
    rule = provider_rules().get(organisation.municipality_id or "", {})
    return ProviderCoverage(
        organisation.name, organisation.municipality_id, int(places), int(free), rule.get("min_sheltered_places"),
        rule.get("source", ""), organisation.is_example,
    )  # fmt: skip
