"""`meedoen check`: everything that is not right in the texts, in the editor's Dutch, with file and line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from assistant.answers import overrides
from assistant.answers.around import misfits
from assistant.answers.book import AnswerBook
from assistant.answers.completeness import missing, outdated, references, unsayable
from assistant.answers.errors import AnswerFileError
from assistant.answers.findings import Finding
from assistant.answers.gate import Exceptions, Gate
from assistant.answers.intents import intent_ids
from assistant.answers.opening_hours import AMSTERDAM
from assistant.answers.origin import unhedged, untraceable, untraceable_in_term
from assistant.answers.read import EXCEPTIONS, answers_in
from assistant.answers.shelf import all_answers, known_to, parse_shelf
from assistant.answers.structure import broken, unwise


def findings(data: Path, today: dt.date | None = None) -> list[Finding]:
    """Return everything that is wrong or needs a look, by file and line. `today` shows another day."""
    day = today or dt.datetime.now(AMSTERDAM).date()
    try:
        shelf = parse_shelf(data)
        exceptions = Exceptions.read(data / "answers" / EXCEPTIONS)
        book = AnswerBook(shelf, lambda: dt.datetime.combine(day, dt.time(12), AMSTERDAM))
        intents = intent_ids(data)
        known = known_to(shelf, data, intents)
        gate = Gate(book.glossary, exceptions, _names(book))
        found = [*missing(book, intents, data), *references(book, known), *outdated(book), *_overrides(book, data)]
        for answer in all_answers(shelf):
            found += [*broken(answer, known), *unwise(answer, known), *untraceable(answer, known.facts, exceptions)]
            found += [*unhedged(answer, known.facts, exceptions), *misfits(answer)]
        for term in book.glossary.terms.values():
            found += [*untraceable_in_term(term, book.facts, exceptions), *gate.judge_term(term)]
        if not any(finding.level == "fout" for finding in found):
            found += unsayable(book, known)
        found += _too_hard(book, gate)
    except AnswerFileError as error:
        return [Finding(error.file, error.line, "fout", error.what)]
    return sorted(set(found))


def accept(data: Path, today: dt.date | None = None) -> int:
    """Note that all overrides were laid beside the standard text today; return how many were not up to date."""
    day = today or dt.datetime.now(AMSTERDAM).date()
    book = AnswerBook.read(data, lambda: day)
    folder = data / "answers"
    return sum(overrides.accept(local, book.standard, folder / name, day) for name, local in book.local.items())


def _overrides(book: AnswerBook, data: Path) -> Iterator[Finding]:
    raw_standard = {key: raw for key, raw, _ in answers_in(data / "answers")}
    for name, local in book.local.items():
        folder = data / "answers" / name
        yield from overrides.same_as_standard(folder, raw_standard)
        yield from overrides.changed_since_looked_at(local, book.standard, folder)


def _too_hard(book: AnswerBook, gate: Gate) -> Iterator[Finding]:
    """Yield what is too hard to read, each text once, in the first municipality where it is."""
    seen: set[tuple[str, int, str]] = set()
    for key in sorted(book.buttons):
        for municipality in book.municipalities:
            answer = book.find(key, municipality)
            for finding in gate.judge(answer, book.values(municipality)) if answer else ():
                place = (finding.file, finding.line, finding.message.partition("(")[2])
                if place not in seen:
                    seen.add(place)
                    yield finding


def _names(book: AnswerBook) -> frozenset[str]:
    return frozenset(word.casefold() for each in book.municipalities.values() for word in (each.id, *each.name.split()))
