"""How far a name goes: from a given place, the words that belong to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from assistant.core.masking.word_lists import words

_WORD = re.compile(r"(?:[^\W\d_]\.\s?){1,4}|[^\W\d_]+(?:['’.-][^\W\d_]+)*|'[ts]\b")
_GAP = re.compile(r"\s{1,3}")
_START = re.compile(r"[\s:,]{0,4}")
_MOST_WORDS = 5
_ENDINGS = re.compile(
    r".{3,}(?:ig|isch|ische|ist|iste|erd|lijk|lijke|loos|end|ende|baar|zaam|lands|landse|aal|eel|ief|heid|ing)$"
)
"""How Dutch adjectives and nouns end: "ik ben Leergierig" tells no name."""


class Sign(IntEnum):
    """How much what stands before a word says that a name follows."""

    BARE = 0
    """Nothing stands before it."""
    SOFT = 1
    """"ik ben", "mijn zoon": a name, or just as well something else."""
    SURE = 2
    """"ik heet", "mevrouw": nearly always a name."""


@dataclass(frozen=True, slots=True)
class Message:
    """The message as typed and in small letters, of the same length."""

    typed: str
    low: str
    shouting: bool
    """Typed in capitals only, so a capital says nothing."""

    def capital(self, at: int) -> bool:
        """Whether the word at this place has a capital that says something."""
        return self.typed[at].isupper() and not self.shouting


def name_at(message: Message, at: int, sign: Sign) -> tuple[int, int] | None:
    """Return where the name stands that begins at this place or after a filler, None when there is none."""
    at = _START.match(message.low, at).end() if sign is not Sign.BARE else at  # type: ignore[union-attr]  # matches ""
    for _ in range(3):
        word = _WORD.match(message.low, at)
        if sign is Sign.BARE or not word or word.group() not in words("voor_een_naam"):
            break
        if word.group() == "de" and not message.low.startswith("de heer", at):
            break
        at = _START.match(message.low, word.end()).end()  # type: ignore[union-attr]
    end = _end(message, at, sign)
    return (at, end) if end > at else None


def _end(message: Message, at: int, sign: Sign) -> int:
    """Return where the name ends that begins here, or the same place when it is none."""
    start, end, small, family = at, at, False, False
    for _ in range(_MOST_WORDS * 2):
        word = _WORD.match(message.low, at)
        if not word:
            break
        plain = word.group()
        if plain in words("tussenvoegsels") and not (end == word.start() and _is_first(message, word, sign)):
            small = True
        elif "." in plain and len(plain.split(".")[0]) == 1:
            family = True  # initials: a family name follows
            end = word.end() if sign is Sign.SURE else end
        elif _belongs(message, word, sign, begun=end > start, after=small or family):
            end, small = word.end(), False
        else:
            break
        gap = _GAP.match(message.low, word.end())
        at = gap.end() if gap else word.end()
        if not gap and not plain.endswith((".", ". ")):
            break
    return end


def _is_first(message: Message, word: re.Match[str], sign: Sign) -> bool:
    """Whether a small word is itself a first name here: "El", "Ben"."""
    return word.group() in words("voornamen_dubbel") and sign is Sign.SURE and message.capital(word.start())


def _belongs(message: Message, word: re.Match[str], sign: Sign, *, begun: bool, after: bool) -> bool:
    """Whether a word is part of a name, given what stands before it; `after` a small word or initials."""
    plain, capital = word.group(), message.capital(word.start())
    if plain in words("voornamen"):
        return True
    if not begun:
        return _family_alone(plain, capital, sign) if after else _begins(plain, capital, sign)
    if capital or after:
        return (
            plain in words("achternamen") or (capital and after) or (_unknown(plain) and (capital or sign is Sign.SURE))
        )
    return (
        plain in words("achternamen") or plain in words("voornamen_dubbel") or (sign is Sign.SURE and _unknown(plain))
    )


def _begins(plain: str, capital: bool, sign: Sign) -> bool:
    if plain in words("voornamen_dubbel"):
        return sign is Sign.SURE or capital or (sign is Sign.SOFT and plain not in words("gewone_woorden"))
    if sign is Sign.SURE:
        return _unknown(plain) or (plain in words("achternamen") and capital)
    if sign is Sign.BARE:
        return False
    known = plain in words("achternamen") and _unknown(plain)
    return known or (capital and _unknown(plain) and not _ENDINGS.fullmatch(plain))


def _family_alone(plain: str, capital: bool, sign: Sign) -> bool:
    """Whether a family name stands here, behind nothing but a small word or initials: "mevrouw de boer"."""
    if sign is Sign.SURE:
        return plain in words("achternamen") or _unknown(plain)
    return plain in words("achternamen") and (capital or _unknown(plain))


def _unknown(plain: str) -> bool:
    """Whether this is no word that we know: then, behind a sign, it is taken for a name."""
    return len(plain) > 1 and plain not in words("gewone_woorden")
