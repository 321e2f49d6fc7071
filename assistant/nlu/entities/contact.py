"""How to reach someone: telephone (E.164), e-mail and postcode, typed or dictated."""

from __future__ import annotations

import re

import phonenumbers

from assistant.nlu.entities.digits import Reading, lower, read
from assistant.nlu.entities.entity import Entity

_PHONE = re.compile(r"(?<![\w@])(?:plus\s*|\+\s*)?\(?\d(?:[\s\-./()]{0,3}\d){7,14}(?!\w)")
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}\s?@\s?[\w-]{1,64}(?:\s?[.,]\s?[\w-]{1,64}){0,4}?\s?[.,]\s?[a-z]{2,10}\b(?![.,][a-z])"
)
_DOT = r"(?:punt|punntje|puntje|dot|\.)"
_PIECE = rf"(?:\s*(?:{_DOT}|streepje|min|koppelteken|underscore|laag streepje|liggend streepje)\s*[a-z0-9]+){{0,6}}"
_AT = r"(?:apenstaartje|apenstaart|apestaartje|apestaart|apenstaertje|appenstaartje|apen staartje|ape staartje|at|@)"
_SPOKEN = re.compile(
    rf"(?<![a-z0-9._+-])(?P<name>[a-z0-9][a-z0-9._+-]{{0,40}}{_PIECE})\s+{_AT}\s+(?P<host>[a-z0-9-]{{1,64}}(?:\s*streepje\s*[a-z0-9]{{1,64}}){{0,4}}"
    rf"(?:\s*{_DOT}\s*[a-z0-9-]{{1,64}}){{0,4}})\s*{_DOT}\s*(?P<top>nl|com|net|org|eu|be|de|nu|frl|n l)\b"
)
_POSTCODE = re.compile(
    r"(?<![\w€.,+-])(?P<n>[1-9](?:\s?\d){3})(?:\s?(?P<l>[a-z]\s?[a-z]))?(?![\w@%])(?!\s*(?:euro|uur|eur|,-))"
)
_POSTCODE_WORDS = re.compile(r"\b(?:post ?code|postkode|poskode|woon|wonen|woonachtig|postcodegebied|woont)\b")
_NO_LETTERS = frozenset(
    [
        "is",
        "in",
        "en",
        "of",
        "op",
        "na",
        "al",
        "de",
        "te",
        "om",
        "er",
        "ik",
        "je",
        "we",
        "ze",
        "ja",
        "zo",
        "nu",
        "at",
        "af",
        "an",
        "as",
        "me",
        "mn",
        "hij",
        "dr",
        "ga",
        "kan",
        "tm",
        "nl",
        "t/m",
        "bv",
        "ok",
        "jr",
        "ff",
        "wo",
        "di",
        "ma",
        "vr",
        "za",
        "wel",
        "sa",
        "sd",
        "ss",
    ]
)
_YEARS = range(1900, 2101)


def find(text: str, reading: Reading | None = None) -> list[Entity]:
    """Return `telefoon`, `email` and `postcode`."""
    reading = reading or read(text)
    return [*_phones(reading), *_emails(text), *_postcodes(reading, text)]


def _phones(reading: Reading) -> list[Entity]:
    found = []
    for match in _PHONE.finditer(reading.text):
        number = e164(match.group().replace("plus", "+"))
        if number:
            found.append(Entity("telefoon", *reading.span(*match.span()), number))
    return found


def e164(written: str) -> str | None:
    """Return `+31612345678` for a Dutch or international number, `None` when it cannot be one."""
    digits = re.sub(r"[^\d+]", "", written.replace("(0)", ""))
    if not digits.startswith(("0", "+", "31")):
        return None
    try:
        number = phonenumbers.parse(f"+{digits}" if digits.startswith("31") else digits, "NL")
    except phonenumbers.NumberParseException:
        return None
    dutch = number.country_code == 31 and len(str(number.national_number)) == 9
    if not dutch and not (number.country_code != 31 and phonenumbers.is_valid_number(number)):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _emails(text: str) -> list[Entity]:
    plain = lower(text)
    found = [Entity("email", *match.span(), _address(match.group())) for match in _EMAIL.finditer(plain)]
    for match in _SPOKEN.finditer(plain):
        if not any(entity.start < match.end() and match.start() < entity.end for entity in found):
            host = f"{match['host']}.{match['top'].replace(' ', '')}"
            found.append(Entity("email", *match.span(), f"{_spelt(match['name'])}@{_spelt(host)}", 0.9))
    return found


def _address(written: str) -> str:
    return re.sub(r"\s", "", written).replace(",", ".").strip(".")


def _spelt(words: str) -> str:
    words = re.sub(rf"\s*\b{_DOT}\b\s*|\s*\.\s*", ".", words)
    words = re.sub(r"\s*(?:laag streepje|liggend streepje|underscore)\s*", "_", words)
    return re.sub(r"\s", "", re.sub(r"\s*(?:streepje|koppelteken|\bmin\b)\s*", "-", words))


def _postcodes(reading: Reading, text: str) -> list[Entity]:
    found = []
    about = bool(_POSTCODE_WORDS.search(reading.text))
    for match in _POSTCODE.finditer(reading.text):
        digits, letters = re.sub(r"\s", "", match["n"]), re.sub(r"\s", "", match["l"] or "")
        end = match.end()
        if letters in _NO_LETTERS and not text[reading.starts[match.start("l")]].isupper():
            letters, end = "", match.end("n")
        if _is_postcode(digits, letters, about, match["n"], reading.text.strip(" .")):
            value = f"{digits} {letters.upper()}".strip()
            found.append(Entity("postcode", *reading.span(match.start(), end), value))
    return found


def _is_postcode(digits: str, letters: str, about: bool, written: str, message: str) -> bool:
    if letters and " " not in written:
        return True
    if about or message in (written, f"{written} {letters}"):
        return True
    return " " not in written and int(digits) not in _YEARS and (digits[:3] in ("833", "834") or digits[:2] == "13")
