"""Small work on the text of an answer: values filled in, stale amounts left out, words for the ear."""

from __future__ import annotations

import re

_DATED = re.compile(r"\s*\[\[(.*?)\]\]", re.DOTALL)
_VALUE = re.compile(r"\{([a-z_0-9]+)\}")
_SENTENCE_START = re.compile(r"(^|[.?!]\s+|\n\s*)([a-zà-ÿ])")
_WEB_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S*[\w/]|\b[\w-]+\.(?:nl|com|eu)\b(?:/\S*[\w/]|/)?", re.IGNORECASE)


class UnknownValueError(KeyError):
    """A text asks for a value in braces that nobody gave."""


def without_stale(text: str, *, stale: bool, newest: str) -> str:
    """Return the text with its `[[ ]]` marks gone: the sentences kept, or, when stale, `newest` once in their place."""
    if not stale:
        return _DATED.sub(lambda match: f" {match.group(1).strip()}", text).strip()
    first = True

    def replace(match: re.Match[str]) -> str:
        nonlocal first
        kept, first = (f" {newest}" if first and newest else ""), False
        return kept

    return _DATED.sub(replace, text).strip()


def fill(text: str, values: dict[str, str]) -> str:
    """Return the text with `{values}` filled in, and a capital where a value begins a sentence."""

    def value(match: re.Match[str]) -> str:
        if match.group(1) not in values:
            raise UnknownValueError(match.group(1))
        before = text[: match.start()].rstrip(" ")
        starts = not before or before[-1] in ".?!\n"
        filled = str(values[match.group(1)])
        return filled[:1].upper() + filled[1:] if starts else filled

    return _VALUE.sub(value, text)


def asked_values(text: str) -> set[str]:
    """Return the names of the values that a text asks for."""
    return set(_VALUE.findall(text))


def for_the_ear(text: str) -> str:
    """Return the text without what cannot be heard: web addresses become 'de website', line breaks become pauses."""
    text = re.sub(r"\b(op|via|naar|bij)\s+" + _WEB_ADDRESS.pattern, r"\1 de website", text, flags=re.IGNORECASE)
    return re.sub(r"\s+", " ", _WEB_ADDRESS.sub("de website", text)).strip()
