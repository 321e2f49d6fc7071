"""Personal data, taken out before anything is stored or passed on.

Two strengths. `refuse_bsn` runs on every message before it leaves the gateway: a citizen service number never reaches
Rasa, a log or the database. `mask` makes the text that may be kept: also without phone numbers, e-mail addresses, bank
accounts, addresses, birth dates and names. `health_words` tells which words are special data; those stay.
Source: AVG article 5 (data minimisation), article 9 (health), article 87 (national number).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.core.masking.addresses import addresses
from assistant.core.masking.asked import asked_name
from assistant.core.masking.bsn import bsns
from assistant.core.masking.clean import CleanTexts
from assistant.core.masking.contact import emails, phones
from assistant.core.masking.dates import birth_dates
from assistant.core.masking.health import health_words
from assistant.core.masking.ibans import ibans
from assistant.core.masking.known import known_values, with_parts
from assistant.core.masking.marks import outside_marks
from assistant.core.masking.names import names
from assistant.core.masking.reading import Reading, lower, read
from assistant.core.masking.span import Kind, Span, chosen, without

__all__ = ["Kind", "Span", "health_words", "hide_known", "mask", "personal", "refuse_bsn", "with_parts"]
_CLEAN = CleanTexts()
_ROUNDS = 4
"""Taking one thing out can bring the next to light; in practice the second round finds nothing."""


def refuse_bsn(text: str) -> tuple[str, bool]:
    """Return the text with every possible BSN replaced by [bsn], and whether there was one."""
    if text in _CLEAN:
        return text, False
    spans = chosen(bsns(read(lower(text))), len(text))
    return without(text, spans), bool(spans)


def mask(text: str, known: Iterable[str] = (), *, name_asked: bool = False) -> str:
    """Return the text as it may be stored: personal data replaced by its kind, as in [naam].

    `known` are values that the person gave before in this talk: those go wherever they stand. `name_asked`: the text
    answers the question how somebody is called.
    """
    for _ in range(_ROUNDS):
        spans = personal(text, known, name_asked=name_asked)
        if not spans:
            break
        text, name_asked = without(text, spans), False
    return text


def hide_known(text: str, known: Iterable[str]) -> str:
    """Return the text without these values; nothing else is looked for."""
    spans = chosen(outside_marks(text, known_values(lower(text), known)), len(text))
    return without(text, spans)


def personal(text: str, known: Iterable[str] = (), *, name_asked: bool = False) -> list[Span]:
    """Return what belongs to a person in a text, from left to right."""
    low = lower(text)
    found = [*_found(text, low), *known_values(low, known)]
    if name_asked:
        found += asked_name(text, low)
    return chosen(outside_marks(text, found), len(text))


def _found(text: str, low: str) -> list[Span]:
    """Return what is personal whoever says it."""
    if text in _CLEAN:
        return []
    found = [*_numbers(read(low), text), *emails(low), *names(text, low)]
    if not found:
        _CLEAN.add(text)
    return found


def _numbers(reading: Reading, typed: str) -> Iterator[Span]:
    yield from bsns(reading)
    yield from (Span(*reading.span(*place), "iban") for place in ibans(reading.text))
    yield from birth_dates(reading)
    yield from phones(reading)
    yield from addresses(reading, typed)
