"""Words of the trade for engines that take a list, from the same lexicon that Rasa learns from."""

from __future__ import annotations

from pathlib import Path

import yaml

LISTS = ("regeling", "begrip", "indicatie", "organisatie", "certificaat", "soort_werk", "plaats", "uitkering")
MOST = 300


def phrases(data: Path) -> tuple[str, ...]:
    """Return the names of the lexicon: of each value the first way to write it. Missing lists are left out."""
    found: dict[str, None] = {}
    for name in LISTS:
        path = data / "nlu" / "lexicon" / f"{name}.yml"
        if path.exists():
            for entry in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("nlu", ()):
                found.update(dict.fromkeys(_values(entry)))
    return tuple(found)[:MOST]


def _values(entry: dict[str, str]) -> list[str]:
    lines = [line.lstrip("- ").strip() for line in entry.get("examples", "").splitlines() if line.strip()]
    name = next((entry[key] for key in ("lookup", "synonym") if key in entry), "")
    return lines[:1] if "/" in name else lines
