"""Is every number in a text traceable to a fact of its answer, or filled in by the program?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assistant.answers.facts import Fact, figures_of
from assistant.answers.figures import figures_in
from assistant.answers.findings import Finding, line_of
from assistant.answers.gate import Exceptions
from assistant.answers.glossary import Term
from assistant.answers.model import Answer
from assistant.answers.structure import texts_of

RULE = "herkomst"
HEDGE = "zekerheid"
_WHO_KNOWS = re.compile(r"\b(vraag|vragen|bel|belt|kijk|praat|meld|bespreek)\b", re.IGNORECASE)


def untraceable(answer: Answer, facts: Mapping[str, Fact], exceptions: Exceptions) -> Iterator[Finding]:
    """Yield the numbers of an answer that none of its facts hold; values in braces are left out of account."""
    if exceptions.allow(answer.key, RULE):
        return
    known = figures_of(answer.facts, facts)
    for figure in dict.fromkeys(figure for text in texts_of(answer) for figure in figures_in(text)):
        if figure not in known:
            message = f'{answer.key}: het getal "{figure}" staat niet bij de feiten van dit antwoord ({RULE})'
            yield Finding(answer.file, line_of(answer.file, answer.line, figure), "fout", message)


def unhedged(answer: Answer, facts: Mapping[str, Fact], exceptions: Exceptions) -> Iterator[Finding]:
    """Yield the texts that rest on a fact that nobody checked, and do not say who knows it."""
    unsure = [each for each in answer.facts if each in facts and facts[each].certainty == "navragen"]
    if not unsure or exceptions.allow(answer.key, HEDGE):
        return
    for place, words in answer.variants():
        for level in ("text", "simple"):
            text = getattr(words, level)
            if text and not _WHO_KNOWS.search(text):
                message = (
                    f"{answer.key}, {place} {level}: {unsure[0]} is niet nagekeken; zeg bij wie iemand dit navraagt"
                )
                yield Finding(answer.file, answer.line, "fout", f"{message} ({HEDGE})".replace(",  ", ", "))


def untraceable_in_term(term: Term, facts: Mapping[str, Fact], exceptions: Exceptions) -> Iterator[Finding]:
    """Yield the numbers in the explanation of a word that none of its facts hold; an example may be made up."""
    known = figures_of(term.facts, facts)
    for figure in figures_in(term.explanation):
        if figure not in known and not exceptions.allow(f"begrip/{term.key}", RULE):
            message = f'{term.key}: het getal "{figure}" staat niet bij de feiten van dit woord ({RULE})'
            yield Finding(term.file, line_of(term.file, term.line, figure), "fout", message)
