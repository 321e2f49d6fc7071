"""Dutch number words up to 999, years as people say them, and ordinals up to 31, as a table that is made once."""

from __future__ import annotations

from functools import cache

_ONES = [
    *("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"),
    *("dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"),
]
_TENS = {
    20: "twintig",
    30: "dertig",
    40: "veertig",
    50: "vijftig",
    60: "zestig",
    70: "zeventig",
    80: "tachtig",
    90: "negentig",
}


def _below_hundred(number: int) -> list[str]:
    """Every spelling of a number below 100: 21 is eenentwintig or éénentwintig, 22 tweeëntwintig or tweeentwintig."""
    if number < len(_ONES):
        return [_ONES[number], *(["één", "eén"] if number == 1 else [])]
    ten, one = _TENS[number - number % 10], number % 10
    if not one:
        return [ten]
    first = [_ONES[one], *(["één"] if one == 1 else [])]
    joint = ("ën", "en") if one in (2, 3) else ("en",)
    return [f"{word}{link}{ten}" for word in first for link in joint]


@cache
def values() -> dict[str, int]:
    """Return word → number."""
    table: dict[str, int] = {}
    small = {number: _below_hundred(number) for number in range(100)}
    for number, spellings in small.items():
        table |= dict.fromkeys(spellings, number)
    for hundreds in range(1, 10):
        stem = "honderd" if hundreds == 1 else f"{_ONES[hundreds]}honderd"
        for rest, spellings in small.items():
            joined = [stem + word for word in spellings] if rest else [stem]
            table |= dict.fromkeys(joined, 100 * hundreds + rest)
    for rest, spellings in small.items():
        for word in spellings if rest else [""]:
            table[f"negentienhonderd{word}"] = 1900 + rest
            table[f"tweeduizend{word}"] = 2000 + rest
            if rest >= 10:
                table[f"negentien{word}"] = 1900 + rest
    return table


@cache
def ordinals() -> dict[str, int]:
    """Return eerste → 1 ... eenendertigste → 31."""
    table = {"eerste": 1, "derde": 3, "achtste": 8}
    for number in range(2, 32):
        for word in _below_hundred(number):
            table.setdefault(f"{word}{'de' if number < 20 else 'ste'}", number)
    return table
