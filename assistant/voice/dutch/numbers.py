"""Dutch number words. Written with a space after hundreds and thousands, so that a voice breathes there."""

from __future__ import annotations

import re

_SMALL = (
    "nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf", "dertien",
    "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien",
)  # fmt: skip
_TENS = ("nul", "tien", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
_LARGE = ((10**9, "miljard"), (10**6, "miljoen"))
_ORDINALS = {0: "nulde", 1: "eerste", 2: "tweede", 3: "derde", 8: "achtste"}

NUMBER = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)"
"""A number as Dutch writes it: dots between thousands, a comma before decimals."""


def cardinal(number: int) -> str:
    """Return a whole number in words, below 10^12; a larger one digit by digit."""
    if number >= 10**12:
        return digits(str(number))
    for size, name in _LARGE:
        if number >= size:
            return _joined(f"{cardinal(number // size)} {name}", number % size)
    if number >= 1000:
        return _thousands(number)
    if number >= 100:
        head = "" if number < 200 else _in_compound(number // 100)
        return _joined(f"{head}honderd", number % 100)
    return _below_hundred(number)


def _thousands(number: int) -> str:
    if 1100 <= number < 2000 and number % 1000 >= 100:
        return _joined(f"{_below_hundred(number // 100)}honderd", number % 100)
    head = "" if number < 2000 else re.sub("één$", "een", cardinal(number // 1000))
    return _joined(f"{head}duizend", number % 1000)


def _below_hundred(number: int) -> str:
    if number < 20:
        return _SMALL[number]
    unit = _in_compound(number % 10)
    if number % 10 == 0:
        return _TENS[number // 10]
    return f"{unit}{'ën' if unit.endswith('e') else 'en'}{_TENS[number // 10]}"


def _in_compound(unit: int) -> str:
    return "een" if unit == 1 else _SMALL[unit]


def _joined(head: str, rest: int) -> str:
    return f"{head} {cardinal(rest)}" if rest else head


def ordinal(number: int) -> str:
    """Return the rank in words: eerste, tweede, twintigste."""
    rest = number % 100
    if number > 100 and 0 < rest < 20:
        return f"{cardinal(number - rest)} {ordinal(rest)}"
    if number in _ORDINALS:
        return _ORDINALS[number]
    return cardinal(number) + ("de" if number < 20 else "ste")


def digits(text: str) -> str:
    """Return the digits in a text one by one."""
    return " ".join(_SMALL[int(one)] for one in text if one.isdecimal())


def number_words(text: str) -> str:
    """Return a number as Dutch writes it, in words: '1.234' and '12,5' and '007'."""
    whole, _, decimals = text.replace(".", "").partition(",")
    if len(whole) > 1 and whole.startswith("0"):
        return digits(whole)
    said = cardinal(int(whole)) if len(whole) < 9 or "." in text else digits(whole)
    if not decimals:
        return said
    plain = len(decimals) <= 2 and not decimals.startswith("0")
    return f"{said} komma {cardinal(int(decimals)) if plain else digits(decimals)}"
