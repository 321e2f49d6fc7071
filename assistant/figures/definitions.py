"""What each metric means, in words: data/figures/definities.yml."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

FILE = Path(__file__).parents[2] / "data" / "figures" / "definities.yml"


class Definition(BaseModel):
    """One metric: its name on a page, the question it answers, the exact rule, and what is not counted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(alias="naam", min_length=1)
    question: str = Field(alias="vraag", pattern=r"\?$")
    rule: str = Field(alias="regel", min_length=1)
    left_out: str = Field(alias="niet", min_length=1)
    unit: Literal["aantal", "procent", "seconden"] = Field(alias="eenheid")


@cache
def definitions() -> dict[str, Definition]:
    """Every definition under the name of its metric. Raises pydantic.ValidationError for a file that is not right."""
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {name: Definition.model_validate(entry) for name, entry in raw.items()}
