"""Everything that somebody can ask, with a Dutch example: what a reviewer picks the right one from.

Read from domain/ and data/nlu; read again when one of those files changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Topic:
    """One intent."""

    intent: str
    group: str
    """File of domain/ that it stands in."""
    example: str
    """The first plain sentence of its training data, or an empty string."""
    sentences: int
    """How many sentences it has."""

    @property
    def words(self) -> str:
        """What stands in the list."""
        return f"{self.intent}: {self.example}" if self.example else self.intent


def topics(data: Path) -> dict[str, Topic]:
    """Return the topics by intent, in the order of the files; `data` is the folder that has domain/ beside it."""
    root = data.resolve().parent
    files = tuple(sorted([*(root / "domain").glob("*.yml"), *(root / "data" / "nlu").glob("*.yml")]))
    return _read(tuple((file, file.stat().st_mtime_ns) for file in files))


def first_parts(known: dict[str, Topic], group: str) -> frozenset[str]:
    """Return the first parts of the intents of a group, as the summary of a talk keeps them."""
    return frozenset(topic.intent.partition("/")[0] for topic in known.values() if topic.group == group)


@cache
def _read(files: tuple[tuple[Path, int], ...]) -> dict[str, Topic]:
    contents = {path: yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER) or {} for path, _ in files}  # noqa: S506
    said: dict[str, list[str]] = {}
    for content in contents.values():
        for block in content.get("nlu", []):
            if "intent" in block:
                said.setdefault(block["intent"], []).extend(_lines(block["examples"]))
    found: dict[str, Topic] = {}
    for path, content in contents.items():
        for raw in content.get("intents", []) if path.parent.name == "domain" else ():
            intent = raw if isinstance(raw, str) else next(iter(raw))
            lines = said.get(intent, [])
            found[intent] = Topic(intent, path.stem, _example(lines), len(lines))
    return found


def _lines(examples: str) -> list[str]:
    return [line[2:].strip() for line in str(examples).splitlines() if line.startswith("- ")]


def _example(lines: list[str]) -> str:
    """The first sentence of three words or more without marks in it."""
    return next((line for line in lines if "[" not in line and len(line.split()) > 2), lines[0] if lines else "")
