"""Personal numbers and addresses, taken out before anything is stored or passed on.

Two strengths. `refuse_bsn` runs on every message before it leaves the gateway: a citizen service number never reaches
Rasa, a log or the database. `mask` makes the text that may be kept: also without phone numbers, e-mail addresses, bank
accounts, addresses, birth dates and names that someone introduces.
Sources: the eleven-test of the BSN (Logisch ontwerp BSN, as in python-stdnum); AVG article 5, data minimisation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import phonenumbers
from stdnum import iban
from stdnum.nl import bsn

Span = tuple[int, int]

_NINE = re.compile(r"(?<!\d)(?=(\d(?:[\s./_\-–]?\d){8}|\d(?:, \d){8}))")
_EIGHT = re.compile(r"(?<!\d)(?=(\d(?:[\s./_\-–]?\d){7}|\d(?:, \d){7}))")
_REGISTRATION = re.compile(r"\bAW[\s-]*20\d\d[\s-]*\d{1,6}(?!\d)|(?<!\d)20\d\d-\d{5}(?!\d)", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)(?:[0-3]?\d([-/. ])[01]?\d\1(?:19|20)\d\d|(?:19|20)\d\d-[01]\d-[0-3]\d)(?!\d)")
_DUTCH_PHONE = re.compile(r"(?<![\d+])\(?(?:0[1-9](?:[\s.\-()]{0,3}\d){8}|0(?:[ -]\d){9})(?!\d)")
_FOREIGN_PHONE = re.compile(r"(?:\+[1-9]|(?<!\d)00[1-9]\d)(?:[\s.\-()]{0,3}\d){7,13}(?!\d)")

_LOCAL = r"[\w.+-]+(?:\s(?:punt|streepje)\s[\w.+-]+)*"
_AT = r"\s?(?:@|\(at\)|\[at\]|\bapenstaart(?:je)?\b)\s?|\sat\s(?=[\w-]+(?:\.|\spunt\s)[a-z]{2,}\b)"
_EMAIL = re.compile(rf"{_LOCAL}(?:{_AT})[\w-]+(?:(?:\.|\spunt\s)[\w-]*[a-z]{{2,}})+", re.IGNORECASE)
_IBAN = re.compile(r"\b[A-Z]{2}\s?\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,4})?", re.IGNORECASE)
_POSTCODE = re.compile(
    r"(?<![\d.,€-])(?<!€ )[1-9]\d{3}(?P<gap>\s?)(?P<letters>[a-z]{2})\b(?:\s*,?\s*\d+(?:\s?[a-z]\b|\b))?", re.IGNORECASE
)
_AFTER_A_YEAR = re.compile(
    "al|as|at|bv|ca|cm|da|de|en|er|eu|ga|ge|ha|hr|ie|ik|in|is|ja|je|kb|km|kg|kw|ma|me|mg|mm|nl|nu|of|om|op|pk|pm|pp|st|te|"
    "to|tv|uw|we|ze|zo",
    re.IGNORECASE,
)
"""Two letters after four digits that make a sentence ('in 2026 is'), a unit or a shop's word, not a postcode."""
_STREET = re.compile(
    r"\b(?!onderweg\b|vandaag)\w{3,}(?:straat|weg|laan|plein|kade|gracht|dijk|singel|steeg|dreef)\s\d+(?:\s?[a-z]\b|\b)",
    re.IGNORECASE,
)
_MONTH = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_DATE = re.compile(
    r"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])[-/. ](?:0?[1-9]|1[0-2])[-/. ](?:19|20)\d{2}"
    rf"|(?:0?[1-9]|[12]\d|3[01])e?\s(?:{_MONTH})\s(?:19\d\d|20[01]\d)"
    r"|(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)",
    re.IGNORECASE,
)
_INTRODUCTION = (
    r"(?i:\b(?:ik heet|ik hiet|mijn (?:voor|achter)?naam is|me naam is|mn naam is|m'n naam is|(?:je|u) spreekt met|"
    r"ze noemen me|noem me|ik ben (?:de heer|mevrouw|meneer)))"
)
_PREFIX = r"(?i:van der|van den|van de|van|de|den|der|el|al|ter|ten|te)"
_NOT_A_NAME = (
    r"(?i:(?:aan|al|als|ben|bij|da[nt]|de|die|dus|een|en|er|ga|gaat|geen|gewoon|graag|heb|hebt?|heeft|het|hier|hoe|hoi|"
    r"ik|in|is|je|jij|kan|kun|maar|mag|met|mijn|m'n|moet|naar|niet|nog|nu|of|om|ook|op|sinds|te|tot|u|uit|uw|van|vanuit|"
    r"voor|waar|want|wanneer|wat|we|weet|wel|welkom|wie|wij|wil|woon|zeg|zijn|zit|zoek)\b)"
)
_WORD = rf"(?!{_NOT_A_NAME})[^\W\d_][\w'’-]*"
_NAME = re.compile(
    rf"{_INTRODUCTION}\s*:?\s+(?P<name>(?:{_PREFIX}\s+)?{_WORD}(?:\s+(?:{_PREFIX}\s+)?{_WORD}){{0,3}})"
    rf"|\b[Ii]k ben\s+(?P<capital>(?:[A-Z][a-zà-ÿ'’-]+)(?:\s+(?:{_PREFIX}\s+)?[A-Z][\w'’-]+)*)"
)


def refuse_bsn(text: str) -> tuple[str, bool]:
    """Return the text with every possible BSN replaced by [bsn], and whether there was one.

    A number counts when its eight or nine digits, with or without spaces, dots and hyphens, pass the eleven-test. One
    in eleven other nine-digit numbers does so too; those are masked as well, which is the safe side. Phone numbers,
    bank accounts, days and registration numbers are left alone: a person must be able to give those.
    """
    spans = _bsn_spans(text)
    for start, end in reversed(spans):
        text = f"{text[:start]}[bsn]{text[end:]}"
    return text, bool(spans)


def mask(text: str) -> str:
    """Return the text as it may be stored: personal numbers, addresses and introduced names replaced by their kind."""
    text, _ = refuse_bsn(text)
    for step in _STEPS:
        text = step(text)
    return text


def _bsn_spans(text: str) -> list[Span]:
    """Return where a BSN stands, from left to right and without overlap; the longer reading goes first."""
    others = list(_other_numbers(text))
    spans: list[Span] = []
    for span in sorted(_candidates(text), key=lambda span: (span[0], -span[1])):
        if not _overlaps(span, others) and not _overlaps(span, spans):
            spans.append(span)
    return spans


def _candidates(text: str) -> Iterator[Span]:
    """Yield every run of eight or nine digits that starts and ends where a number does and passes the eleven-test."""
    for pattern in (_NINE, _EIGHT):
        for match in pattern.finditer(text):
            start, end = match.span(1)
            digits = "".join(str(int(character)) for character in match[1] if character.isdecimal())
            if not text[end : end + 1].isdecimal() and bsn.is_valid(digits):
                yield start, end


def _other_numbers(text: str) -> Iterator[Span]:
    """Yield the numbers that are certainly no BSN. Nobody writes nine digits of a phone number in one piece."""
    yield from _ibans(text)
    for pattern in (_REGISTRATION, _DAY, _FOREIGN_PHONE):
        yield from (match.span() for match in pattern.finditer(text))
    for match in _DUTCH_PHONE.finditer(text):
        if not re.search(r"(?<!\d)\d{9}(?!\d)", match.group()):
            yield match.span()


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _ibans(text: str) -> Iterator[Span]:
    """Yield the bank accounts; words behind one can look like a part of it, so the end is tried from far to near."""
    for match in _IBAN.finditer(text):
        start, end = match.span()
        ends = (stop for stop in range(end, start + 14, -1) if _is_iban(text[start:stop]))
        stop = next(ends, None)
        if stop is not None:
            yield start, stop


def _is_iban(found: str) -> bool:
    return not found[-1].isspace() and bool(iban.is_valid(re.sub(r"\s", "", found)))


def _mask_ibans(text: str) -> str:
    for start, end in reversed(list(_ibans(text))):
        text = f"{text[:start]}[iban]{text[end:]}"
    return text


def _mask_phones(text: str) -> str:
    registrations = [match.span() for match in _REGISTRATION.finditer(text)]
    for match in reversed(list(phonenumbers.PhoneNumberMatcher(text, "NL", leniency=phonenumbers.Leniency.POSSIBLE))):
        digits = sum(character.isdigit() for character in match.raw_string)
        if digits >= 9 and not _overlaps((match.start, match.end), registrations):
            text = f"{text[: match.start]}[telefoon]{text[match.end :]}"
    return text


def _mask_postcodes(text: str) -> str:
    def replace(match: re.Match[str]) -> str:
        letters = match["letters"]
        is_word = match["gap"] and _AFTER_A_YEAR.fullmatch(letters) and not letters.isupper()
        return match.group() if is_word else "[adres]"

    return _POSTCODE.sub(replace, text)


def _mask_names(text: str) -> str:
    def replace(match: re.Match[str]) -> str:
        start, end = match.span("name" if match["name"] else "capital")
        return f"{text[match.start() : start]}[naam]{text[end : match.end()]}"

    return _NAME.sub(replace, text)


_STEPS: tuple[Callable[[str], str], ...] = (
    lambda text: _EMAIL.sub("[e-mail]", text),
    _mask_ibans,
    lambda text: _DATE.sub("[datum]", text),
    _mask_phones,
    _mask_postcodes,
    lambda text: _STREET.sub("[adres]", text),
    _mask_names,
)
