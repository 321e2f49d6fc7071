"""Abbreviations, letters that are said one by one, and signs."""

from __future__ import annotations

import re

from assistant.voice.dutch.rule import Rule
from assistant.voice.dutch.words import spelled, words

_LISTS = words()
_ABBREVIATIONS: dict[str, str] = _LISTS["abbreviations"]
_SLASHED: dict[str, str] = _LISTS["slashed"]
_SPELLED: set[str] = set(_LISTS["spelled"])
_AS_WORD: dict[str, str] = _LISTS["said_as_word"]
_SMALL: set[str] = set(_LISTS["small_words"])
_SYMBOLS: dict[str, str] = _LISTS["symbols"]
_SOUNDS: dict[str, str] = _LISTS["sounds"]

_CAN_END = {"enz.", "etc.", "e.d.", "e.a.", "o.i.d.", "n.v.t.", "p.w.", "p.m.", "p.u.", "p.j.", "p.p."}


def _any(keys: dict[str, str]) -> str:
    return "|".join(re.escape(key) for key in sorted(keys, key=len, reverse=True))


def _abbreviation(match: re.Match[str]) -> str:
    """Say it in full; at the end of a sentence its dot also ends that."""
    said = _ABBREVIATIONS[match.group().lower()]
    if match.group()[0].isupper():
        said = said[0].upper() + said[1:]
    rest = match.string[match.end() :]
    return f"{said}." if not rest.strip() or (re.match(r"\s+[A-Z][a-z]+", rest) and _ends(match.group())) else said


def _ends(abbreviation: str) -> bool:
    """Whether it can stand last in a sentence; 'dhr.' and 'nr.' never do."""
    return abbreviation.lower() in _CAN_END


def _letters(match: re.Match[str]) -> str | None:
    """Say capitals one by one; a shouted word is said as a word."""
    core, rest = match["core"], match["rest"] or ""
    known = _AS_WORD.get(core.upper())
    if known and (core.isupper() or core == "DigiD"):
        return known + _ending(rest)
    if core.lower() in _SPELLED and (core.isupper() or core.islower() or core[0].isupper()):
        return spelled(core) + _ending(rest)
    if core.isupper() and len(core) > 1:
        return (spelled(core) if _unsayable(core) else core.lower()) + _ending(rest)
    return None


def _unsayable(core: str) -> bool:
    if core.lower() in _SMALL:
        return False
    return len(core) <= 3 or not re.search("[AEIOUY]", core)


def _ending(rest: str) -> str:
    """What hangs on the letters: 'UWV-advies' is two words, "BBL'er" keeps its ending."""
    if rest[:1] in ("-", "–"):
        return " " + rest[1:]
    ending = rest.lstrip("'’")
    return f" {ending}" if ending else ""


def _sound(match: re.Match[str]) -> str:
    word = match.group()
    return _SOUNDS.get(word) or _SOUNDS[word.lower()]


RULES = (
    Rule.of(rf"\b(?:{_any(_SLASHED)})(?![\w/])", lambda match: _SLASHED[match.group().lower()]),
    Rule.of(r"\bp&o\b", lambda match: "pee en oo"),
    Rule.of(rf"\b(?:{_any(_ABBREVIATIONS)})(?!\w)", _abbreviation),
    Rule.of(
        r"\b(?P<core>DigiD|[A-Z]{2,}|[A-Za-z]{2,4})(?P<rest>['’](?:s|er|ers|en|tje)\b|-[a-zë]+)?(?![\w'’])",
        _letters,
        exact=True,
    ),
    Rule.of(r"(?<=[A-Za-zë])\s?/\s?(?=[A-Za-zë])", lambda match: " of "),
)
SIGNS = {**_SYMBOLS, "*": "", "_": " ", "#": "", "`": "", "~": "", "•": "", "“": "", "”": "", "„": "", '"': "", "«": "",
         "»": "", "(": ", ", ")": ", ", "[": ", ", "]": ", ", "{": "", "}": "", "<": "", ">": "", "|": ", ", "→": ", ",
         "–": ", ", "—": ", ", "…": ", ", ";": ", ", "\\": "", "^": ""}  # fmt: skip
SOUNDS = (Rule.of(rf"\b(?:{_any(_SOUNDS)})(?![\w-])", _sound),)
"""Only for a voice that reads by rule; a trained one knows these words."""
