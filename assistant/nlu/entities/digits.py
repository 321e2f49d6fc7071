"""The message with number words as digits, and the way back to the typed text.

"drie dagen van zes uur" is read as "3 dagen van 6 uur", so that one pattern serves typing and speech. A reading has as
many characters as its digits need; `span` gives the place in the typed message back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from text_to_num import text2num

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_STEM = (
    "nul|één|een|eén|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|twintig|dertig|veertig|"
    "tachtig|tig|honderd|duizend|ën|en"
)
_NUMBER_WORD = re.compile(rf"(?!en$|een$)(?:{_STEM})+")
_SPOKEN_VARIANTS = {
    "twie": 2, "vief": 5, "vijv": 5, "zeuven": 7, "seven": 7, "ses": 6, "zess": 6,
    "neegn": 9, "twaalef": 12, "twoalf": 12, "twintich": 20, "twinteg": 20, "dartig": 30, "dertich": 30,
    "vertig": 40, "feertig": 40, "vieren": 4, "twaluf": 12, "drei": 3, "veer": 4, "feer": 4,
    "acgt": 8, "agt": 8, "ach": 8, "elluf": 11, "tein": 10, "dree": 3, "1tje": 1,
}  # fmt: skip
_UNSURE = frozenset({"veer", "ach", "seven", "vieren", "agt"})
"""Variants that are also other words: only a number before "uur", "dag" and the like."""
_UNIT = re.compile(r"\s+(?:uur|ure|dag|daag|plek|mens)")


@dataclass(frozen=True)
class Reading:
    """`text` in lower case with digits; `starts[i]` and `ends[i]` are where its character i was typed."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the piece of the typed message behind a non-empty piece of this reading."""
        return self.starts[start], self.ends[end - 1]


def read(text: str) -> Reading:
    """Return the reading of a message."""
    plain = lower(text)
    pieces = _joined(_numbers(plain), plain)
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for start, end, value in [*pieces, (len(plain), len(plain), "")]:
        characters.append(plain[position:start] + value)
        starts += [*range(position, start), *[start] * len(value)]
        ends += [*range(position + 1, start + 1), *[end] * len(value)]
        position = end
    return Reading("".join(characters), tuple(starts), tuple(ends))


def lower(text: str) -> str:
    """Return the text in lower case, each character in its own place, with one kind of apostrophe and dash."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(character.lower() if len(character.lower()) == 1 else character for character in text)
    return low.replace("’", "'").replace("‘", "'").replace("`", "'").replace("´", "'").replace("–", "-")


def _numbers(plain: str) -> list[tuple[int, int, str]]:
    """Return (start, end, digits) of each number word; "een" counts only beside another spoken digit."""
    tokens = list(_TOKEN.finditer(plain))
    values = [_value(token.group(), plain, token.end()) for token in tokens]
    found = []
    for index, token in enumerate(tokens):
        value = values[index]
        if value is None and token.group() in ("een", "n", "ene") and _beside_digits(index, tokens, values):
            value = 1
        if value is not None:
            values[index] = value
            found.append((token.start(), token.end(), str(value)))
    return found


def _value(word: str, plain: str, end: int) -> int | None:
    if word in _UNSURE and not _UNIT.match(plain, end):
        return None
    return word_value(word)


def _beside_digits(index: int, tokens: list[re.Match[str]], values: list[int | None]) -> bool:
    """Tell whether "een" stands in a row of dictated digits: two number words or digits around it."""

    def numeric(at: int) -> bool:
        return 0 <= at < len(tokens) and (values[at] is not None or tokens[at].group().isdigit())

    return (numeric(index - 1) and (numeric(index + 1) or numeric(index - 2))) or (
        numeric(index + 1) and numeric(index + 2)
    )


@lru_cache(maxsize=8192)
def word_value(word: str) -> int | None:
    """Return the value of one Dutch number word, `None` for any other word."""
    if word in _SPOKEN_VARIANTS:
        return _SPOKEN_VARIANTS[word]
    if not _NUMBER_WORD.fullmatch(word):
        return None
    try:
        return int(text2num(word.replace("eén", "een").replace("één", "een"), "nl"))
    except ValueError:
        return None


def _joined(pieces: list[tuple[int, int, str]], plain: str) -> list[tuple[int, int, str]]:
    """Join "vier en twintig" to 24 and "tweeduizend vijftien" to 2015."""
    joined: list[tuple[int, int, str]] = []
    for start, end, value in pieces:
        if joined:
            before_start, before_end, before = joined[-1]
            total = _sum(int(before), plain[before_end:start], int(value))
            if total is not None:
                joined[-1] = (before_start, end, str(total))
                continue
        joined.append((start, end, value))
    return joined


def _sum(first: int, between: str, second: int) -> int | None:
    if between.strip() == "en" and 1 <= first <= 9 and second in range(20, 100, 10):
        return first + second
    if between.isspace() and first >= 1000 and first % 1000 == 0 and second < 1000:
        return first + second
    return None
