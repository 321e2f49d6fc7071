"""Answers that were changed in the console and approved there, laid over the book that was read from the files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from assistant.answers.book import AnswerBook
from assistant.answers.editions import Edition
from assistant.answers.model import Answer, Words
from assistant.answers.municipality import NATIONAL
from assistant.answers.overrides import fingerprint


@dataclass(frozen=True)
class Version:
    """One approved text. `municipality` is `landelijk` for the standard text, else the id of one municipality."""

    key: str
    municipality: str
    text: str
    simple: str
    spoken: str
    checked: dt.date
    review_before: dt.date | None
    day: dt.date
    """From which day on it is said: what an edition of a later day changes goes over it."""

    def over(self, base: Answer, standard: Answer) -> Answer:
        """Return the answer with this text; everything else stays as it was."""
        looked: dict[str, Any] = {}
        if self.municipality != NATIONAL:
            looked = {"standard_checked": self.day, "standard_hash": fingerprint(standard)}
        words = Words(self.text.strip(), self.simple.strip(), self.spoken.strip())
        return replace(base, words=words, checked=self.checked, review_before=self.review_before, **looked)


class VersionSource(Protocol):
    """Where approved versions come from: the database (assistant.editing)."""

    def stamp(self) -> Hashable:
        """Return what changes when a version is published; cheap, asked every other second."""

    def versions(self) -> tuple[Version, ...]:
        """Return the versions in force, one for each key and municipality."""


def said_in(edition: Edition, key: str, municipality: str) -> Answer | None:
    """Return what an edition says under a key: of the municipality itself, else the standard text."""
    local: Mapping[str, Answer] = edition.local.get(municipality, {}) if municipality != NATIONAL else {}
    return local.get(key) or edition.standard.get(key)


def with_versions(book: AnswerBook, versions: Iterable[Version]) -> AnswerBook:
    """Return the book with the versions over it; one of an answer that is no longer there is left out."""
    editions = book.shelf.editions
    for version in versions:
        editions = _with_version(editions, version)
    return book.changed(editions)


def _with_version(editions: tuple[Edition, ...], version: Version) -> tuple[Edition, ...]:
    """Lay a version over the edition of its day, and over later ones that say the same as that one."""
    in_force = next(each for each in reversed(editions) if each.valid_from <= version.day)
    before = said_in(in_force, version.key, version.municipality)
    standard = in_force.standard.get(version.key)
    if before is None or standard is None:
        return editions
    after = version.over(before, standard)
    return tuple(
        _patched(each, version, after)
        if each.valid_from >= in_force.valid_from and said_in(each, version.key, version.municipality) == before
        else each
        for each in editions
    )


def _patched(edition: Edition, version: Version, answer: Answer) -> Edition:
    if version.municipality == NATIONAL:
        return replace(edition, standard={**edition.standard, version.key: answer})
    mine = {**edition.local.get(version.municipality, {}), version.key: answer}
    return replace(edition, local={**edition.local, version.municipality: mine})
