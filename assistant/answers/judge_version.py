"""Whether a text of an editor may be published, judged as `meedoen check` judges the files, and how it differs."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.answers.around import misfits
from assistant.answers.book import AnswerBook
from assistant.answers.errors import AnswerFileError
from assistant.answers.findings import Finding
from assistant.answers.gate import Exceptions, Gate
from assistant.answers.intents import intent_ids
from assistant.answers.model import Answer
from assistant.answers.municipality import NATIONAL
from assistant.answers.opening_hours import AMSTERDAM
from assistant.answers.origin import unhedged, untraceable
from assistant.answers.read import EXCEPTIONS
from assistant.answers.shelf import known_to
from assistant.answers.structure import broken, unwise
from assistant.answers.versions import Version, owner_of, said_in, with_versions

_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Judged:
    """A text as it would be said, with what is wrong with it."""

    book: AnswerBook
    """The book with the text in it, for a preview."""
    answer: Answer | None
    findings: tuple[Finding, ...]

    @property
    def may_be_published(self) -> bool:
        """Whether nothing is wrong; what only needs a look (`let op`) may go on."""
        return self.answer is not None and not any(each.level == "fout" for each in self.findings)


def judge(data: Path, book: AnswerBook, version: Version) -> Judged:
    """Judge a text as if it lay over the book that is in use."""
    if not version.text.strip():
        return Judged(book, None, (Finding(version.key, 1, "fout", f"{version.key}: het veld text ontbreekt"),))
    with_it = with_versions(book, [version])
    answer = said_in(with_it.edition, version.key, version.municipality)
    before = book.standard.get(version.key)
    if answer is None or before is None:
        return Judged(with_it, None, (Finding(version.key, 1, "fout", f'"{version.key}" is geen antwoord'),))
    try:
        found = dict.fromkeys(_findings(data, with_it, answer, version))
        if before.title and not answer.title:
            found[Finding(answer.file, 0, "fout", f"{version.key}: de titel ontbreekt, en die staat op knoppen")] = None
    except AnswerFileError as error:
        return Judged(with_it, None, (Finding(version.key, 1, "fout", error.what),))
    return Judged(with_it, answer, tuple(found))


def judge_new(data: Path, book: AnswerBook, answer: Answer) -> tuple[Finding, ...]:
    """Return what is wrong with a first answer to a question that the house does not know yet, in any municipality."""
    empty = [name for name in ("text", "simple") if not getattr(answer.words, name)]
    if empty or not answer.title:
        names = ", ".join(empty or ["title"])
        return (Finding(answer.key, 1, "fout", f"{answer.key}: {names} ontbreekt"),)
    known = known_to(book.shelf, data, intent_ids(data))
    found = [*broken(answer, known), *unwise(answer, known), *misfits(answer)]
    gate = _gate(data, book)
    for place in book.municipalities:
        found += gate.judge(answer, book.values(place))
    return tuple(dict.fromkeys(found))


def differences(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Yield pieces of both texts word by word: ("same" | "gone" | "new", words)."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    for tag, first, last, start, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "same", "".join(old[first:last])
            continue
        if last > first:
            yield "gone", "".join(old[first:last])
        if end > start:
            yield "new", "".join(new[start:end])


def today() -> dt.date:
    """The day in the Netherlands."""
    return dt.datetime.now(AMSTERDAM).date()


def _gate(data: Path, book: AnswerBook) -> Gate:
    names = (word for each in book.municipalities.values() for word in (each.id, *each.name.split()))
    exceptions = Exceptions.read(data / "answers" / EXCEPTIONS)
    return Gate(book.glossary, exceptions, frozenset(word.casefold() for word in names))


def _findings(data: Path, book: AnswerBook, answer: Answer, version: Version) -> Iterator[Finding]:
    known = known_to(book.shelf, data, intent_ids(data))
    exceptions = Exceptions.read(data / "answers" / EXCEPTIONS)
    yield from broken(answer, known)
    yield from unwise(answer, known)
    yield from misfits(answer)
    yield from untraceable(answer, known.facts, exceptions)
    yield from unhedged(answer, known.facts, exceptions)
    gate = _gate(data, book)
    places = book.municipalities if version.municipality == NATIONAL else (owner_of(version.municipality),)
    for place in places:
        yield from gate.judge(answer, book.values(place))
    if version.review_before and version.review_before <= version.day:
        yield Finding(answer.file, 0, "fout", f"{version.key}: de dag van herzien is al voorbij")
    if version.checked > version.day:
        yield Finding(answer.file, 0, "fout", f"{version.key}: nagekeken op een dag die nog komt")
