"""Money, percentages, ranges, units, ranks, fractions and plain numbers."""

from __future__ import annotations

import re

from assistant.voice.dutch.numbers import NUMBER, cardinal, digits, number_words, ordinal
from assistant.voice.dutch.rule import Rule
from assistant.voice.dutch.words import spelled, words

_UNITS: dict[str, str] = words()["units"]
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_FRACTIONS = {"1/2": "een half", "1/3": "een derde", "2/3": "twee derde", "1/4": "een kwart", "3/4": "drie kwart"}
_MANY = r"miljoen|miljard|mln|mld|duizend"
_BIG = {"mln": "miljoen", "mld": "miljard"}
_TO = r"\s*(?:[-–—]|tot)\s*"


def euros(text: str) -> str:
    """Return an amount as Dutch writes it, in words: '14,71' gives 'veertien euro eenenzeventig'."""
    whole, _, cents = text.partition(",")
    if not cents.strip("-–"):
        return f"{number_words(whole)} euro"
    if len(cents) != 2:
        return f"{number_words(text)} euro"
    if int(cents) == 0:
        return f"{number_words(whole)} euro"
    if whole == "0":
        return f"{cardinal(int(cents))} cent"
    return f"{number_words(whole)} euro {cardinal(int(cents))}"


def _money(match: re.Match[str]) -> str:
    big = (match["big"] or "").lower().rstrip(".")
    if big:
        return f"{number_words(match['number'])} {_BIG.get(big, big)} euro"
    if match["to"]:
        return f"{euros(match['number']).removesuffix(' euro')} tot {euros(match['to'])}"
    return euros(match["number"])


def _money_after(match: re.Match[str]) -> str:
    return euros(match["number"])


def _percent(match: re.Match[str]) -> str:
    until = f" tot {number_words(match['to'])}" if match["to"] else ""
    return f"{number_words(match['number'])}{until} procent"


def _half(match: re.Match[str]) -> str:
    special = {"0": "een half", "1": "anderhalf"}
    return special.get(match["whole"]) or f"{cardinal(int(match['whole']))} en een half"


def _range(match: re.Match[str]) -> str | None:
    if match["one"].startswith("0") or match["two"].startswith("0"):
        return None
    return f"{number_words(match['one'])} tot {number_words(match['two'])}"


def _years(match: re.Match[str]) -> str:
    return f"{number_words(match['one'])}, {number_words(match['two'])}"


def _unit(match: re.Match[str]) -> str:
    unit = match["unit"]
    return f"{number_words(match['number'])} {_UNITS.get(unit) or _UNITS[unit.lower()]}"


def _rank(match: re.Match[str]) -> str:
    return ordinal(int(match["number"]))


def _listed(match: re.Match[str]) -> str:
    """A number before a line of a list: people answer with 'die eerste'."""
    rank = ordinal(int(match["number"]))
    return f"{rank[:1].upper()}{rank[1:]}:"


def _figure_letter(match: re.Match[str]) -> str:
    return f"{cardinal(int(match['number']))} {spelled(match['letter'])}"


def _letter_figure(match: re.Match[str]) -> str:
    return f"{spelled(match['letter'])} {cardinal(int(match['number']))}"


def _plain(match: re.Match[str]) -> str:
    return number_words(match.group())


RULES = (
    Rule.of(r"(?:(?<=\n)|^)[ \t]*(?P<number>\d{1,2})[.)](?=[ \t]+\S)", _listed),
    Rule.of(
        rf"(?:€|\bEUR\b)\s*(?P<number>{NUMBER}(?:,[-–]{{1,2}})?)"
        rf"(?:\s*(?P<big>{_MANY})\b\.?|{_TO}(?:€\s*)?(?P<to>{NUMBER}))?",
        _money,
    ),
    Rule.of(rf"\b(?P<number>{NUMBER}(?:,[-–]{{1,2}})?)\s*(?:€|euro\b|EUR\b)", _money_after),
    Rule.of(rf"\b(?P<number>{NUMBER})\s*%?(?:{_TO}(?P<to>{NUMBER}))?\s*(?:%|procent\b)", _percent),
    Rule.of(r"\b24/7\b", lambda match: "dag en nacht"),
    Rule.of(r"\b(?P<whole>\d{1,3}),50?(?=\s+(?:uur|uren|jaar|maand|maanden|week|weken|dag|dagen)\b)", _half),
    Rule.of(r"\b(?P<part>1/2|1/3|2/3|1/4|3/4)(?![\d/])", lambda match: _FRACTIONS[match["part"]]),
    Rule.of(r"\b(?P<number>\d{1,3})(?:ste|de|e)\b", _rank),
    Rule.of(rf"\b(?P<one>{NUMBER})\s*[-–—]\s*(?P<two>{NUMBER})(?![\d-])", _range),
    Rule.of(r"\b(?P<one>(?:19|20)\d\d)/(?P<two>(?:19|20)\d\d)\b", _years),
    Rule.of(rf"\b(?P<number>{NUMBER})\s*(?P<unit>{_UNIT})(?![\w/])", _unit),
    Rule.of(r"\b(?P<number>\d{1,4})-?(?P<letter>[a-z])\b", _figure_letter, exact=True),
    Rule.of(r"\b(?P<letter>[A-Z])(?P<number>\d{1,2})\b", _letter_figure, exact=True),
    Rule.of(r"\b\d{9,}\b", lambda match: digits(match.group())),
    Rule.of(rf"\b{NUMBER}", _plain),
)
