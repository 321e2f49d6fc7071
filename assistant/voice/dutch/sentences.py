"""Where a sentence ends: the first can sound while the rest is still being made."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.voice.dutch.words import words

_END = re.compile(r"[.!?…]+[)\"”’']*(?=\s|$)|\n+")
_INITIAL = re.compile(r"(?:^|\s)[A-Z]$|(?:^|[\s.])[A-Z]\.[A-Z]$|(?:^|\n)[ \t]*\d{1,2}$")
_ALWAYS_GO_ON = {
    "dhr.", "mevr.", "mw.", "dr.", "drs.", "ir.", "ing.", "mr.", "nr.", "nrs.", "tel.", "bijv.", "ca.", "art.", "blz.",
    "pag.", "fam.", "max.", "min.", "st.",
}  # fmt: skip
LONGEST = 300
"""Characters of one sentence; a longer one is cut at a comma, so that a voice is never busy for long."""


@dataclass(frozen=True)
class Sentence:
    """A stretch of a text: text[start:end]."""

    start: int
    end: int
    ends_paragraph: bool = False


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text with something to say in them, in order."""
    found: list[Sentence] = []
    begin = 0
    for end in _END.finditer(text):
        if end.group().startswith("\n") or not _goes_on(text, end):
            _add(found, text, begin, end.end())
            begin = end.end()
    _add(found, text, begin, len(text))
    return found


def _add(found: list[Sentence], text: str, begin: int, end: int) -> None:
    while end - begin > LONGEST and (cut := _cut(text, begin)) > begin:
        found.append(Sentence(begin, cut))
        begin = cut
    if any(one.isalnum() for one in text[begin:end]):
        begin += len(text[begin:end]) - len(text[begin:end].lstrip())
        found.append(Sentence(begin, end, "\n" in text[end - 1 : end + 2]))


def _cut(text: str, begin: int) -> int:
    for sign in (", ", "; ", " "):
        if (at := text.rfind(sign, begin + LONGEST // 3, begin + LONGEST)) > 0:
            return at + len(sign)
    return begin + LONGEST


def _goes_on(text: str, end: re.Match[str]) -> bool:
    """Whether a dot belongs to an abbreviation, an initial or the number of a list."""
    if not end.group().startswith("."):
        return False
    rest = text[end.end() :].lstrip(" ")
    if not rest:
        return False
    head = text[max(0, end.start() - 15) : end.start()]
    last = (re.findall(r"\S+$", head) or [""])[0].lower().lstrip("(") + "."
    if last in _ALWAYS_GO_ON or _INITIAL.search(head):
        return True
    return last in words()["abbreviations"] and not rest[:1].isupper()
