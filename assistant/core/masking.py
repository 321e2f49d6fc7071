"""Personal numbers and addresses, taken out before anything is stored or passed on.

Two strengths. `refuse_bsn` runs on every message before it leaves the gateway: a citizen service number never reaches
Rasa, a log or the database. `mask` makes the text that may be kept: also without phone numbers, e-mail addresses, bank
accounts, addresses, birth dates and names that someone introduces.
Sources: the eleven-test of the BSN (Logisch ontwerp BSN, as in python-stdnum); AVG article 5, data minimisation.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import phonenumbers
from stdnum import iban
from stdnum.nl import bsn

_NINE_DIGITS = re.compile(r"(?<![\d+])\d(?:[\s.\-]?\d){7,8}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|apenstaartje)\s?[\w-]+(?:\s?(?:\.|punt)\s?[a-z]{2,})+", re.IGNORECASE)
_IBAN = re.compile(r"\b[A-Z]{2}\s?\d{2}(?:\s?[A-Z0-9]{4}){3,7}\s?[A-Z0-9]{0,3}\b", re.IGNORECASE)
_ADDRESS = re.compile(r"\b\d{4}\s?[a-z]{2}\b(?:\s*,?\s*\d+\s?[a-z]?\b)?", re.IGNORECASE)
_DATE = re.compile(r"\b(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|1[0-2])[-/.](?:19|20)\d{2}\b")
_PREFIX = r"(?i:van der|van den|van de|van|de|den|der|el|al|ter|ten|te)"
_INTRODUCTION = (
    r"(?i:\b(?:ik heet|mijn naam is|me naam is|mn naam is|m'n naam is|je spreekt met|u spreekt met|"
    r"ik ben (?:de heer|mevrouw)))"
)
_NAME = re.compile(rf"{_INTRODUCTION}\s+((?:{_PREFIX}\s+)?[\w'-]+(?:\s+(?:{_PREFIX}\s+)?[A-Z][\w'-]+)*)")


def refuse_bsn(text: str) -> tuple[str, bool]:
    """Return the text with every possible BSN replaced by [bsn], and whether there was one.

    A number counts when its eight or nine digits, with or without spaces, dots and hyphens, pass the eleven-test. One
    in eleven other nine-digit numbers does so too; those are masked as well, which is the safe side. Dutch phone
    numbers have ten digits and are left alone.
    """
    found = False

    def replace(match: re.Match[str]) -> str:
        nonlocal found
        digits = re.sub(r"\D", "", match.group())
        if not bsn.is_valid(digits):
            return match.group()
        found = True
        return "[bsn]"

    return _NINE_DIGITS.sub(replace, text), found


def mask(text: str) -> str:
    """Return the text as it may be stored: personal numbers, addresses and introduced names replaced by their kind."""
    text, _ = refuse_bsn(text)
    for step in _STEPS:
        text = step(text)
    return text


def _mask_iban(text: str) -> str:
    return _IBAN.sub(lambda match: "[iban]" if iban.is_valid(match.group().replace(" ", "")) else match.group(), text)


def _mask_phones(text: str) -> str:
    for match in reversed(list(phonenumbers.PhoneNumberMatcher(text, "NL", leniency=phonenumbers.Leniency.POSSIBLE))):
        if sum(character.isdigit() for character in match.raw_string) >= 9:
            text = f"{text[: match.start]}[telefoon]{text[match.end :]}"
    return text


def _mask_names(text: str) -> str:
    return _NAME.sub(lambda match: match.group().replace(match.group(1), "[naam]"), text)


_STEPS: tuple[Callable[[str], str], ...] = (
    lambda text: _EMAIL.sub("[e-mail]", text),
    _mask_iban,
    lambda text: _DATE.sub("[datum]", text),
    _mask_phones,
    lambda text: _ADDRESS.sub("[adres]", text),
    _mask_names,
)
