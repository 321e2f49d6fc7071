"""The part of data/municipalities/<id>.yml that the placement desk needs.

Other rooms read other parts of the same file.
"""

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from assistant.placement.codes import CONTRACT_KINDS
from assistant.placement.gazetteer import DATA

MUNICIPALITIES = DATA / "municipalities"


class EmployerRuleFile(BaseModel):
    """The key `employer_rules`. Empty: this municipality has no rules of its own, the law is enough."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    min_contract_months: int | None = Field(default=None, ge=1)
    min_hours_per_week: int | None = Field(default=None, ge=1, le=40)
    kinds: frozenset[str] = CONTRACT_KINDS
    source: str = ""


class MunicipalityFile(BaseModel):
    """One file. Postcodes are pairs of four digits, first and last."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    name: str
    places: tuple[str, ...] = ()
    ambiguous_places: tuple[str, ...] = ()
    postcodes: tuple[tuple[int, int], ...] = ()
    employer_rules: EmployerRuleFile = EmployerRuleFile()

    @property
    def short_name(self) -> str:
        """The name without "de gemeente"."""
        return self.name.removeprefix("de gemeente ")


@cache
def municipality_files(directory: Path = MUNICIPALITIES) -> tuple[MunicipalityFile, ...]:
    """Every municipality, in order of id. Raises pydantic.ValidationError for a file with a wrong form."""
    paths = sorted(directory.glob("*.yml"))
    return tuple(MunicipalityFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in paths)
