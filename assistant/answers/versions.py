"""Answers that were changed in the console and approved there, laid over the book that was read from the files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from assistant.answers.around import Around, around_of, put_around
from assistant.answers.book import AnswerBook
from assistant.answers.editions import Edition
from assistant.answers.model import Answer, Words
from assistant.answers.municipality import NATIONAL
from assistant.answers.overrides import fingerprint

UNKNOWN = "onbekend"
"""Place of a version that is said while nobody knows the municipality (data/answers/landelijk)."""
_INHERITED = ("title", "words", "employer", "newest", "buttons", "cards", "checked", "review_before")


@dataclass(frozen=True)
class Version:
    """One approved text. `municipality` is `landelijk` for the standard text, UNKNOWN, or one municipality's id."""

    key: str
    municipality: str
    text: str
    simple: str
    spoken: str
    checked: dt.date
    review_before: dt.date | None
    day: dt.date
    """From which day on it is said: what an edition of a later day changes goes over it."""
    around: Around | None = None
    """What stands around the words; what is not in it is as in the standard answer. None: all stays as it was."""

    def over(self, base: Answer, standard: Answer) -> Answer:
        """Return the answer with this text; everything else stays as it was."""
        looked: dict[str, Any] = {}
        if self.municipality != NATIONAL:
            looked = {"standard_checked": self.day, "standard_hash": fingerprint(standard)}
        words = Words(self.text.strip(), self.simple.strip(), self.spoken.strip())
        if self.around is not None:
            base = put_around(base, {**around_of(standard), **self.around})
        return replace(base, words=words, checked=self.checked, review_before=self.review_before, **looked)


class VersionSource(Protocol):
    """Where approved versions come from: the database (assistant.editing)."""

    def stamp(self) -> Hashable:
        """Return what changes when a version is published; cheap, asked every other second."""

    def versions(self) -> tuple[Version, ...]:
        """Return the versions in force, one for each key and municipality."""


def said_in(edition: Edition, key: str, municipality: str) -> Answer | None:
    """Return what an edition says under a key: of the municipality itself, else the standard text."""
    return own_answers(edition, municipality).get(key) or edition.standard.get(key)


def own_answers(edition: Edition, municipality: str) -> Mapping[str, Answer]:
    """Return the answers that differ from the standard in one place; none for the standard itself."""
    return {} if municipality == NATIONAL else edition.local.get(owner_of(municipality), {})


def owner_of(municipality: str) -> str:
    """Return whose a text is: what is said without a municipality is of who keeps the standard texts."""
    return NATIONAL if municipality == UNKNOWN else municipality


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
        before = edition.standard[version.key]
        local = {name: _following(each, before, answer) for name, each in edition.local.items()}
        return replace(edition, standard={**edition.standard, version.key: answer}, local=local)
    mine = {**own_answers(edition, version.municipality), version.key: answer}
    return replace(edition, local={**edition.local, owner_of(version.municipality): mine})


def _following(local: Mapping[str, Answer], before: Answer, after: Answer) -> Mapping[str, Answer]:
    """Return the answers of a municipality in which what it took from the standard answer is as that is now."""
    mine = local.get(before.key)
    if mine is None:
        return local
    same = [name for name in _INHERITED if getattr(mine, name) == getattr(before, name)]
    return {**local, before.key: replace(mine, **{name: getattr(after, name) for name in same})}
