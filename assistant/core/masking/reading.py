"""The message in small letters with number words as digits, and the way back to what was typed.

A recogniser writes "nul zes twaalf vierendertig" where a person types 06 12 34: one set of patterns reads both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.core.masking.number_words import ordinals, values

_WORD = re.compile(r"[^\W\d_]+|\d+")
_SPACE = re.compile(r"[\s,]{1,3}")
Piece = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """`text` is what is searched; without number words it is the message itself, character by character."""

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return which characters of the message stand behind a piece of this reading, which is not empty."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def lower(text: str) -> str:
    """Return the text in small letters, each character in its own place, with one kind of apostrophe and dash."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(character.lower() if len(character.lower()) == 1 else character for character in text)
    return low.replace("’", "'").replace("‘", "'").replace("`", "'").replace("–", "-").replace("—", "-")


def read(low: str) -> Reading:
    """Return the reading of a message that `lower` was done to. Time grows in step with the length."""
    pieces = _joined(_numbers(low), low)
    if not pieces:
        return Reading(low)
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for start, end, digits in [*pieces, (len(low), len(low), "")]:
        characters += [low[at:start], digits]
        starts += [*range(at, start), *[start] * len(digits)]
        ends += [*range(at + 1, start + 1), *[end] * len(digits)]
        at = end
    return Reading("".join(characters), tuple(starts), tuple(ends))


def _numbers(low: str) -> list[Piece]:
    """Return (start, end, digits) of each number word; "een" is a number only beside another one."""
    number, nth = values(), ordinals()
    tokens = list(_WORD.finditer(low))
    found: list[Piece] = []
    for index, token in enumerate(tokens):
        word = token.group()
        if word in nth:
            found.append((*token.span(), f"{nth[word]}e"))
        elif word in number and (word != "een" or _beside_a_number(tokens, index, low)):
            found.append((*token.span(), str(number[word])))
    return found


def _beside_a_number(tokens: list[re.Match[str]], index: int, low: str) -> bool:
    number = values()
    for first, second in ((index - 1, index), (index, index + 1)):
        if first < 0 or second >= len(tokens):
            continue
        other = tokens[first if second == index else second].group()
        close = _SPACE.fullmatch(low, tokens[first].end(), tokens[second].start())
        if close and ((other in number) or (other.isdigit() and second == index)):
            return True
    return False


def _joined(pieces: list[Piece], low: str) -> list[Piece]:
    """Join "vier en dertig" to 34, "negentienhonderd zevenentachtig" to 1987 and "tweeduizend een" to 2001."""
    joined: list[Piece] = []
    for start, end, digits in pieces:
        before = joined[-1] if joined else None
        total = _sum(before[2], low[before[1] : start], digits) if before else None
        if before and total:
            joined[-1] = (before[0], end, total)
        else:
            joined.append((start, end, digits))
    return joined


def _sum(first: str, between: str, second: str) -> str | None:
    if not (first.isdigit() and second.isdigit()):
        return None
    one, two = int(first), int(second)
    if between == " en " and 1 <= one <= 9 and two in range(20, 100, 10):
        return str(one + two)
    return str(one + two) if between == " " and one in (1900, 2000) and 0 < two < 100 else None
