"""Sentences as the training and test files hold them: Rasa's own YAML, one file per group, entities inline.

A block may carry `metadata` (tests/nlu: `pen`, who wrote it, and `slice`, what kind of sentence it is).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_MARKED = re.compile(r"\[(?P<words>[^\]]+)\](?:\((?P<name>\w+)\)|(?P<json>\{[^}]+\}))")


@dataclass(frozen=True)
class Sentence:
    """One example of an intent."""

    intent: str
    marked: str
    """The line as it stands in the file, entities inline."""
    group: str
    """File name without ending: what the intent is about."""
    slice: str = ""
    pen: str = ""

    @property
    def text(self) -> str:
        """The words alone, as a person types them."""
        return _MARKED.sub(lambda match: match["words"], self.marked)

    @property
    def entities(self) -> frozenset[tuple[int, int, str]]:
        """(start, end, entity) of every mark, positions in `text`."""
        found, shift = set(), 0
        for match in _MARKED.finditer(self.marked):
            start = match.start() - shift
            end = start + len(match["words"])
            shift += len(match[0]) - len(match["words"])
            found.add((start, end, match["name"] or json.loads(match["json"])["entity"]))
        return frozenset(found)


def read_folder(folder: Path) -> list[Sentence]:
    """Return every sentence of the YAML files directly in the folder, in file order (lookup lists are left out)."""
    return [sentence for file in sorted(folder.glob("*.yml")) for sentence in _read_file(file)]


def grouped(sentences: Iterable[Sentence]) -> dict[str, list[Sentence]]:
    """Return sentences by intent, in order of appearance."""
    by_intent: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        by_intent.setdefault(sentence.intent, []).append(sentence)
    return by_intent


def _read_file(file: Path) -> Iterator[Sentence]:
    content: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER) or {}  # noqa: S506
    for block in content.get("nlu", []):
        if "intent" not in block:
            continue
        about = block.get("metadata") or {}
        for line in str(block["examples"]).splitlines():
            if line.startswith("- "):
                yield Sentence(
                    block["intent"], line[2:].strip(), file.stem, str(about.get("slice", "")), str(about.get("pen", ""))
                )


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader, in C where there is one: ten times as fast."""
