"""The terms of data/privacy/bewaartermijnen.yml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from assistant.rights.errors import TermsWrong


@dataclass(frozen=True, slots=True)
class Term:
    """How long one class of data is kept, from when, and why."""

    data_class: str
    name: str
    what: str
    begins: str
    kept: timedelta
    reason: str

    @property
    def length(self) -> str:
        """How long, in Dutch words."""
        days, hours = self.kept.days, self.kept.seconds // 3600
        return f"{days} dagen" if days != 1 and not hours else "1 dag" if days == 1 else f"{hours} uur"

    def border(self, now: datetime) -> datetime:
        """Return the moment before which it must go."""
        return now - self.kept


def read_terms(data: Path) -> dict[str, Term]:
    """Return the terms by class, in the order of the file. Raises TermsWrong with what is wrong in it."""
    path = data / "privacy" / "bewaartermijnen.yml"
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        return {name: _term(name, each) for name, each in raw.items()}
    except (OSError, yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise TermsWrong(f"{path}: {type(error).__name__} {error}") from error


def _term(name: str, raw: dict[str, Any]) -> Term:
    kept = timedelta(days=raw.get("dagen", 0), hours=raw.get("uren", 0))
    if kept < timedelta(0) or not str(raw["reden"]).strip():
        raise ValueError(f"{name}: a term is not negative and has a reason")
    return Term(name, raw["naam"], raw["wat"], raw["vanaf"], kept, raw["reden"])
