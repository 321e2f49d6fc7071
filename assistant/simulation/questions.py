"""What people come to ask: several ways to say it, words of a right answer, and words on a button that would fit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

FILE = Path(__file__).resolve().parents[2] / "data" / "simulation" / "vragen.yml"


@dataclass(frozen=True)
class Need:
    """One thing somebody wants to know."""

    name: str
    ways: tuple[str, ...]
    wanted: tuple[str, ...]
    button: tuple[str, ...]
    role: str | None = None


def read_needs(file: Path = FILE) -> tuple[Need, ...]:
    """Return everything that people may come to ask."""
    raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    return tuple(
        Need(name, tuple(each["manieren"]), tuple(each["antwoord"]), tuple(each["knop"]), each.get("rol"))
        for name, each in raw.items()
    )


NEEDS = read_needs()
