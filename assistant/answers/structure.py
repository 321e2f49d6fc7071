"""Is everything that a text refers to there: values in braces, next questions, buttons, facts?

A book with one of the mistakes of `broken` is not taken into use; `meedoen check` reports these and the rest.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.answers.findings import Finding, line_of
from assistant.answers.model import Answer
from assistant.answers.read import nearest

VALUE = re.compile(r"\{([a-z_0-9]+)\}")
COMPUTED = frozenset(["iemand_nu"])
"""Values that this room works out itself."""


@dataclass(frozen=True)
class Known:
    """What may be referred to."""

    keys: Collection[str]
    values: Collection[str]
    """Values of the municipality files, and those that are worked out."""
    given: Collection[str]
    """Values that the program gives along with an answer of its own; see waarden.yml."""
    facts: Mapping[str, Any]
    intents: Collection[str] = ()


def broken(answer: Answer, known: Known) -> Iterator[Finding]:
    """Yield the mistakes that would make an answer fail or leave something out in a conversation."""
    if answer.facts:
        yield from _unknown_values(answer, {*known.values, *known.given})
    for key in answer.next:
        if key not in known.keys:
            yield _finding(answer, key, f'next: "{key}" is geen antwoord{nearest(key, known.keys)}')
    for fact in answer.facts if known.facts else ():
        if fact not in known.facts:
            yield _finding(answer, fact, f'feit "{fact}" staat niet in data/facts.yml{nearest(fact, known.facts)}')


def unwise(answer: Answer, known: Known) -> Iterator[Finding]:
    """Yield the other mistakes: values that nobody gives, buttons that lead nowhere, amounts without a way on."""
    if not answer.facts:
        yield from _unknown_values(answer, {*known.values, *known.given})
    for title, payload in answer.buttons:
        if payload.startswith("/") and payload[1:] not in {*known.keys, *known.intents}:
            hint = nearest(payload[1:], known.keys)
            yield _finding(answer, payload, f'knop "{title}": "{payload}" bestaat niet{hint}')
    if any("[[" in text for text in texts_of(answer)) and not (answer.newest and answer.review_before):
        yield _finding(answer, "[[", "bij [[ ]] horen de velden newest en review_before")
    if answer.facts and not answer.checked:
        yield _finding(answer, "facts", "het veld checked ontbreekt: op welke dag is dit nagekeken?")


def texts_of(answer: Answer) -> list[str]:
    """Return all texts of an answer that a person can see or hear."""
    said = [text for _, words in answer.variants() for text in (words.text, words.simple, words.spoken) if text]
    return said + [text for card in answer.cards for _, text in card.lines] + [answer.newest]


def _unknown_values(answer: Answer, allowed: Collection[str]) -> Iterator[Finding]:
    for text in texts_of(answer):
        for name in VALUE.findall(text):
            if name not in allowed:
                yield _finding(answer, f"{{{name}}}", f'waarde "{{{name}}}" bestaat niet{nearest(name, allowed)}')


def _finding(answer: Answer, needle: str, message: str) -> Finding:
    line = line_of(answer.file, answer.line, needle)
    return Finding(answer.file, line, "fout", f"{answer.key}: {message}")
