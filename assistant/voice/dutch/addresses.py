"""Addresses and codes: web, mail, postcode, bank account, numbers of registrations and openings."""

from __future__ import annotations

import re

from assistant.voice.dutch.numbers import cardinal, digits
from assistant.voice.dutch.rule import Rule, before
from assistant.voice.dutch.words import spelled, words

_TOP = r"(?:nl|com|eu|org|net|be|info)"
_MAIL = r"(?P<local>[\w.+-]+)@(?P<host>[\w-]+(?:\.[\w-]+)+)"
_WEB = rf"(?:https?://|www\.)[^\s)\]>\"”]*[\w/]|\b[\w-]+(?:\.[\w-]+)*\.{_TOP}\b(?:/[^\s)\]>\"”]*[\w/])?"


def _web(match: re.Match[str]) -> str:
    """A web address is left out: who listens cannot remember it."""
    named = before(match).endswith(words()["website"])
    return "" if named else str(words()["website"])


def _mail(match: re.Match[str]) -> str:
    return f"{_mail_part(match['local'])} apenstaart {_mail_part(match['host'])}"


def _mail_part(part: str) -> str:
    part = re.sub(r"\.", " punt ", part.lower())
    part = re.sub(r"[-–]", " streepje ", part)
    part = part.replace("_", " laag streepje ").replace("+", " plus ")
    said = re.sub(r"\d+", lambda match: f" {digits(match.group())} ", part)
    return re.sub(r"\s+", " ", said).strip()


def _registration(match: re.Match[str]) -> str:
    return f"{spelled(match['letters'])}, {cardinal(int(match['year']))}, {digits(match['number'])}"


def _code(match: re.Match[str]) -> str:
    return f"{spelled(match['letters'])}, {digits(match['number'])}"


def _postcode(match: re.Match[str]) -> str | None:
    figures = match["figures"]
    first, last = cardinal(int(figures[:2])), digits(figures[2:]) if figures[2] == "0" else cardinal(int(figures[2:]))
    return f"{first} {last}, {spelled(match['letters'])}"


def _iban(match: re.Match[str]) -> str:
    compact = re.sub(r"\s", "", match.group())
    groups = (compact[at : at + 4] for at in range(0, len(compact), 4))
    return ", ".join(spelled(group) for group in groups)


RULES = (
    Rule.of(r"\[(?P<title>[^\]]+)\]\((?:https?://|/|www\.)[^)\s]*\)", lambda match: match["title"]),
    Rule.of(_MAIL, _mail),
    Rule.of(_WEB, _web),
    Rule.of(r"\b(?P<letters>AW)[- ]?(?P<year>20\d\d)-(?P<number>\d{3,6})\b", _registration),
    Rule.of(r"\b(?P<letters>W|WG|MD)-(?P<number>\d{1,6})\b", _code, exact=True),
    Rule.of(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b", _iban, exact=True),
    Rule.of(r"\b(?P<figures>[1-9]\d{3}) ?(?P<letters>(?!SA|SD|SS|EU)[A-Z]{2})\b", _postcode, exact=True),
)
