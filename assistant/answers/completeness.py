"""Is there an answer to everything that can be asked, for every municipality, role and reading level?"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import get_args

from assistant.answers.book import AnswerBook, Wording
from assistant.answers.findings import Finding
from assistant.answers.glossary import Term
from assistant.answers.notices import Notice
from assistant.answers.read import nearest
from assistant.answers.structure import Known
from assistant.core.context import Channel, Level, Role, TalkContext

SAID_BY_THE_PROGRAM = frozenset(["herhalen"])
"""Questions that are answered with what was said before."""


def missing(book: AnswerBook, intents: Collection[str], data: Path) -> Iterator[Finding]:
    """Yield the ids that nobody wrote an answer to; `ontkennen/zonder_vraag` counts for `ontkennen`."""
    for intent in unanswered_intents(book, intents):
        group = intent.split("/")[0]
        near = nearest(intent, book.standard)
        file = (data / "answers" / f"{group}.yml").as_posix()
        yield Finding(file, 1, "fout", f'op "{intent}" is nog geen antwoord{near}')


def unanswered_intents(book: AnswerBook, intents: Collection[str]) -> list[str]:
    """Return the ids without an answer, in order."""
    answered = {*book.standard, *(key.rpartition("/")[0] for key in book.standard), *SAID_BY_THE_PROGRAM}
    return sorted(intent for intent in intents if intent not in answered)


def unsayable(book: AnswerBook, known: Known) -> Iterator[Finding]:
    """Yield the answers that cannot be said in some municipality, role, level or channel, by saying them all."""
    given = Wording(dict.fromkeys(known.given, "naam"))
    for key in book.buttons:
        for context in contexts(book):
            answer = book.find(key, context.municipality)
            if answer is None:
                continue
            try:
                said = book.word(key, context, given)
            except KeyError as error:
                yield Finding(
                    answer.file, answer.line, "fout", f"{key}: waarde {error} ontbreekt in {context.municipality}"
                )
                continue
            if not said.text or not said.spoken or "[[" in said.text:
                yield Finding(answer.file, answer.line, "fout", f"{key}: er blijft geen goede tekst over")


def contexts(book: AnswerBook) -> list[TalkContext]:
    """Return every combination of municipality, role, level and channel."""
    return [
        TalkContext(municipality, role, channel, level)
        for municipality in book.municipalities
        for role in get_args(Role)
        for channel in get_args(Channel)[:2]
        for level in get_args(Level)
    ]


def references(book: AnswerBook, known: Known) -> Iterator[Finding]:
    """Yield what notices, mix-ups and the glossary refer to that is not there."""
    for mix_up in (*book.shelf.mix_ups.all, *book.shelf.source_questions.all):
        for key in (mix_up.answer, *sorted(mix_up.enough)):
            if key not in known.keys:
                message = f'{mix_up.key}: "{key}" is geen antwoord{nearest(key, known.keys)}'
                yield Finding(mix_up.file, mix_up.line, "fout", message)
    for notice in book.shelf.notices:
        yield from _of_notice(notice, book)
    for term in book.glossary.terms.values():
        yield from _of_term(term, known)


def _of_notice(notice: Notice, book: AnswerBook) -> Iterator[Finding]:
    if notice.municipality not in (None, *book.municipalities):
        hint = nearest(str(notice.municipality), book.municipalities)
        message = f'{notice.key}: gemeente "{notice.municipality}" bestaat niet{hint}'
        yield Finding(notice.file, notice.line, "fout", message)
    if notice.until < book.today:
        yield Finding(notice.file, notice.line, "let op", f"{notice.key}: deze mededeling is voorbij; haal hem weg")


def _of_term(term: Term, known: Known) -> Iterator[Finding]:
    if term.see and term.see not in known.keys:
        message = f'{term.key}: see: "{term.see}" is geen antwoord{nearest(term.see, known.keys)}'
        yield Finding(term.file, term.line, "fout", message)
    for fact in term.facts:
        if fact not in known.facts:
            message = f'{term.key}: feit "{fact}" staat niet in data/facts.yml{nearest(fact, known.facts)}'
            yield Finding(term.file, term.line, "fout", message)


def outdated(book: AnswerBook) -> Iterator[Finding]:
    """Yield the answers that are past their date, and the prepared ones that would be on their first day."""
    for edition in book.shelf.editions:
        for answers in (edition.standard, *edition.local.values()):
            for answer in answers.values():
                if f"/{edition.valid_from}/" in answer.file and answer.is_stale(edition.valid_from):
                    message = f"{answer.key}: review_before ligt niet na {edition.valid_from}, de dag waarop dit ingaat"
                    yield Finding(answer.file, answer.line, "fout", message)
    for answers in (book.standard, *book.local.values()):
        for answer in answers.values():
            if answer.is_stale(book.today):
                message = f"{answer.key}: review_before ({answer.review_before}) is voorbij; kijk de tekst na"
                yield Finding(answer.file, answer.line, "let op", message)
