"""The register of facts, data/facts.yml: which source says it, how certain that is, and which figures it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from assistant.answers.errors import AnswerFileError
from assistant.answers.read import entries_in

Certainty = Literal["in_bron", "deels", "navragen", "werkwijze"]
SHOWN = 2
"""Names of sources under an answer; more is a list that nobody reads."""


@dataclass(frozen=True)
class Source:
    """One page that was read."""

    short: str
    organisation: str
    title: str
    address: str
    is_official: bool = False
    """A law, an authority or the executing organisation itself."""


@dataclass(frozen=True)
class Fact:
    """One fact, without its words: those stand in the answers."""

    id: str
    sources: tuple[Source, ...]
    certainty: Certainty
    valid: str
    changes_yearly: bool
    figures: frozenset[str]


def read_facts(path: Path) -> dict[str, Fact]:
    """Return the register by id; empty when the file is not there."""
    if not path.exists():
        return {}
    return {key: _fact(key, raw, path) for key, raw in entries_in(path)}


def _fact(key: str, raw: dict[str, Any], path: Path) -> Fact:
    try:
        return Fact(
            id=key,
            sources=tuple(
                Source(
                    source["short"],
                    source["organisation"],
                    source["title"],
                    source["address"],
                    bool(source.get("official")),
                )
                for source in raw.get("sources") or ()
            ),
            certainty=raw["certainty"],
            valid=str(raw["valid"]),
            changes_yearly=bool(raw.get("changes_yearly")),
            figures=frozenset(raw.get("figures") or ()),
        )
    except (KeyError, TypeError) as error:
        raise AnswerFileError(path.as_posix(), raw["__line__"], f"{key}: {error} ontbreekt of klopt niet") from error


def shown_sources(ids: Iterable[str], facts: Mapping[str, Fact]) -> list[str]:
    """Return the short names of the sources behind these facts, the most used first, at most `SHOWN`.

    Laws, authorities and executing organisations go first; others are shown only when there is none of those.
    """
    counted: dict[bool, dict[str, int]] = {True: {}, False: {}}
    for source in (source for each in ids if each in facts for source in facts[each].sources):
        names = counted[source.is_official]
        names[source.short] = names.get(source.short, 0) + 1
    names = counted[True] or counted[False]
    return sorted(names, key=lambda name: -names[name])[:SHOWN]


def full_sources(ids: Iterable[str], facts: Mapping[str, Fact]) -> list[str]:
    """Return the sources behind these facts as organisation and page, at most `SHOWN`, one per organisation."""
    found: dict[str, str] = {}
    for source in (source for each in ids if each in facts for source in facts[each].sources):
        page = source.title if source.short in source.title else f"{source.short}, {source.title}"
        found.setdefault(source.short, page)
    return [found[name] for name in shown_sources(ids, facts)]


def figures_of(ids: Iterable[str], facts: Mapping[str, Fact]) -> frozenset[str]:
    """Return all figures that these facts hold."""
    return frozenset(figure for each in ids if each in facts for figure in facts[each].figures)
