"""The ids of everything that somebody can ask, from the files in domain/ beside the data."""

from __future__ import annotations

from pathlib import Path

import yaml


def intent_ids(data: Path) -> frozenset[str]:
    """Return the ids that Rasa knows; empty when there is no folder domain beside `data`."""
    found: set[str] = set()
    for path in sorted((data.resolve().parent / "domain").glob("*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        found |= {intent if isinstance(intent, str) else next(iter(intent)) for intent in content.get("intents") or ()}
    return frozenset(found)
