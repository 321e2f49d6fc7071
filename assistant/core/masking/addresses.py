"""Where somebody lives: a postcode, a street with a house number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.core.masking.reading import Reading
from assistant.core.masking.span import Span
from assistant.core.masking.word_lists import words

_NUMBER = r"(?!(?:19|20)\d\d\b)\d{1,4}(?:\s?[a-z]\b|(?:\s?[-/]\s?(?:\d{1,3}|[a-z])\b)|\b)"
_POSTCODE = re.compile(
    r"(?<![\d.,€-])(?<!€ )(?:[1-9]\d{3}(?P<gap>\s?)(?P<letters>[a-z]{2})"
    r"|[1-9]\d ?\d\d (?P<one>[a-z]) (?P<two>[a-z])|[1-9]\d \d\d (?P<pair>[a-z]{2}))\b"
    rf"(?:\s*,?\s*(?:(?:huis)?nummer\s|nr\.?\s)?{_NUMBER}(?!\s?(?:uur|dag|km|euro|jaar)))?"
)
_UNIT = (
    r"(?!\s?(?:uur|uren|u\b|dag|week|weken|maand|jaar|jaren|min|km|meter|euro|keer|x\b|mensen|personen|plek"
    r"|plaats|procent|%|"
    r"banen|kinderen|graden|minuten|stuks|of\b|tot\b|à\b|:\d|\.\d\d))"
)
_TITLE = (
    r"(?:(?:grote|kleine|oude|nieuwe|lange|korte|hoge|lage|burg(?:emeester|\.)|prof\.|dr\.|pastoor"
    r"|prins\w{0,3}|koningin|jan|willem)\s){0,2}"
)
_SUFFIX = (
    r"(?:straat|str\.|weg|laan|ln\.|plein|kade|gracht|dijk|singel|steeg|dreef|pad|diep|hof|plantsoen|wal|allee"
    r"|boulevard|"
    r"kamp|kampen|vaart|wijk|erf|akker|weide|veld|park|brink|poort|haven|horst|hoek|kerkhof)"
)
_STREET = re.compile(
    rf"(?<!\w){_TITLE}(?!onderweg|vandaag|afstand)[^\W\d_][\w'-]{{2,30}}{_SUFFIX}\s?,?\s?(?:nummer\s|nr\.?\s"
    rf"|huisnummer\s)?{_NUMBER}{_UNIT}"
)
_SHORT = re.compile(
    rf"(?<!\w)(?:straat|weg|laan|plein|kade|gracht|dijk|singel|markt|brink|haven)\s(?:nummer\s"
    rf"|nr\.?\s)?{_NUMBER}{_UNIT}"
)
_LIVES = re.compile(
    rf"\b(?:woon\w*|adres(?:\sis)?)\b:?\s(?:nu\s)?(?:aan|op|in)?\s?(?P<a>(?:(?P<article>de|het"
    rf"|'t)\s)?(?P<name>[^\W\d_][\w'-]{{2,30}})"
    rf"(?:\s(?P<more>[^\W\d_][\w'-]{{2,30}}))?\s(?:nummer\s)?{_NUMBER}){_UNIT}"
)
_HOUSE = re.compile(rf"\b(?:huisnummer|huisnr\.?)\s(?:is\s)?(?P<n>{_NUMBER})")


def addresses(reading: Reading, typed: str) -> Iterator[Span]:
    """Yield postcodes, streets with a number and house numbers; `typed` is the message as it was written."""
    for match in _POSTCODE.finditer(reading.text):
        if not _is_sentence(match, reading, typed):
            yield Span(*reading.span(*match.span()), "adres")
    for pattern in (_STREET, _SHORT):
        yield from (Span(*reading.span(*match.span()), "adres") for match in pattern.finditer(reading.text))
    yield from (Span(*reading.span(*match.span("n")), "adres") for match in _HOUSE.finditer(reading.text))
    yield from _by_the_verb(reading)


def _is_sentence(match: re.Match[str], reading: Reading, typed: str) -> bool:
    """Whether the two letters are a small word or a unit: "in 2026 is"."""
    name = "letters" if match["letters"] else "pair"
    letters = match[name]
    if not letters or (name == "letters" and not match["gap"]) or letters not in words("geen_postcode"):
        return False
    start, end = reading.span(*match.span(name))
    return not typed[start:end].isupper() or typed.isupper()


def _by_the_verb(reading: Reading) -> Iterator[Span]:
    """Yield what follows "ik woon": a street whose name does not end like one."""
    ordinary = words("gewone_woorden")
    for match in _LIVES.finditer(reading.text):
        last = match["more"] or match["name"]
        if (match["article"] or last not in ordinary) and not _STREET.search(match["a"]):
            yield Span(*reading.span(*match.span("a")), "adres")
