"""From written to spoken Dutch, keeping track of where every spoken piece came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from assistant.voice.dutch import addresses, amounts, calendar, law, phones, short
from assistant.voice.dutch.numbers import digits
from assistant.voice.dutch.rule import Rule

_RULES: tuple[Rule, ...] = (
    *addresses.RULES, *law.RULES, *calendar.RULES, *phones.RULES, *amounts.RULES[:5], *short.RULES, *amounts.RULES[5:],
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_½¼¾]+(?:['’-][^\W\d_]+)*")
_FIGURES = re.compile(r"\d+")
_BULLET = re.compile(r"(?:(?<=\n)|^)[ \t]*[-*•–][ \t]+")


@dataclass(frozen=True)
class SpokenText:
    """What a voice reads, and for each stretch of it where it stood in the written text."""

    text: str
    stretches: tuple[tuple[int, int, int], ...]
    """(place in `text`, start, end): from that place on, what is read stands for written[start:end]."""
    _places: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", [place for place, _, _ in self.stretches])

    def source(self, at: int) -> tuple[int, int]:
        """Return (start, end) in the written text of what is read at a place."""
        found = max(0, bisect_right(self._places, at) - 1)
        return self.stretches[found][1:] if self.stretches else (0, 0)


def spoken(written: str, *, by_rule: bool = False) -> SpokenText:
    """Return how a text is said. `by_rule` adds spellings for a voice that reads foreign words by Dutch rules."""
    pieces = _Pieces()
    at = 0
    rules = (*short.SOUNDS, *_RULES) if by_rule else _RULES
    while at < len(written):
        if bullet := _BULLET.match(written, at):
            at = bullet.end()
            continue
        at = _step(written, at, rules, pieces)
    return pieces.joined()


def _step(written: str, at: int, rules: tuple[Rule, ...], pieces: _Pieces) -> int:
    """Say the piece that begins here and return where it ends."""
    if _begins(written, at):
        for rule in rules:
            match = rule.pattern.match(written, at)
            if match and match.end() > at and (said := rule.say(match)) is not None:
                pieces.add(said, at, match.end())
                return match.end()
    if word := _WORD.match(written, at):
        pieces.add(word.group(), at, word.end())
        return word.end()
    if figures := _FIGURES.match(written, at):
        pieces.add(f" {digits(figures.group())} ", at, figures.end())
        return figures.end()
    sign = written[at]
    pieces.add(_sign(sign), at, at + 1)
    return at + 1


def _begins(written: str, at: int) -> bool:
    """Whether a rule may begin here: not in the middle of a word or number."""
    return at == 0 or not (written[at - 1].isalnum() and written[at].isalnum())


def _sign(sign: str) -> str:
    if sign in short.SIGNS:
        said = short.SIGNS[sign]
        return f" {said} " if said.strip(", .") else said
    if sign == "\n":
        return "\n"
    return sign if sign.isalnum() or sign in " .,!?:'’-/\t" else " "


class _Pieces:
    """Puts pieces together with single spaces, and signs against the word before them."""

    def __init__(self) -> None:
        self._parts: list[tuple[str, int, int]] = []

    def add(self, said: str, start: int, end: int) -> None:
        if said:
            self._parts.append((said, start, end))

    def joined(self) -> SpokenText:
        text = ""
        stretches: list[tuple[int, int, int]] = []
        for said, start, end in self._parts:
            said = re.sub(r"\s+", " ", said.replace("\n", ". " if text.rstrip()[-1:].isalnum() else " "))
            text, said = _fit(text, said)
            if any(one.isalnum() for one in said):
                stretches.append((len(text) + len(said) - len(said.lstrip()), start, end))
            text += said
        cleaned = text.rstrip(" ,")
        return SpokenText(cleaned, tuple(stretches))


def _fit(text: str, said: str) -> tuple[str, str]:
    """Leave out a space or comma that is already there."""
    mark = said.strip()[:1]
    if mark in ",.!?:" and mark:
        text = text.rstrip(" ")
        if not text or text[-1] in ",.!?:":
            if mark in ".!?" and text.endswith(","):
                return text.rstrip(","), said
            said = (said.strip()[1:].lstrip(",.!?:") and said.replace(mark, "", 1)) or " "
    if not text or text.endswith(" "):
        said = said.lstrip(" ")
    return text, said
