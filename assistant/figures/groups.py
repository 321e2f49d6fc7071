"""Which group of questions an intent belongs to: the file of domain/ it stands in, the same that editors work with."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

DOMAIN = Path(__file__).parents[2] / "domain"
UNKNOWN = "onbekend"


def group_of(intent: str) -> str:
    """ "loon/hoeveel" → "loon", "bedanken" → "gesprek"; "onbekend" for one of an earlier model or for none at all."""
    before, slash, _ = intent.partition("/")
    return before if slash else _files().get(intent, UNKNOWN)


@cache
def _files() -> dict[str, str]:
    """Intent without a slash → name of its file."""
    found: dict[str, str] = {}
    for path in sorted(DOMAIN.glob("*.yml")):
        for intent in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("intents", []):
            found[intent if isinstance(intent, str) else next(iter(intent))] = path.stem
    return found


def known_groups() -> tuple[str, ...]:
    """Every group by name, after "gesprek": greetings and thanks, of which there are always many."""
    names = sorted(path.stem for path in DOMAIN.glob("*.yml"))
    return ("gesprek", *(name for name in names if name != "gesprek"))
