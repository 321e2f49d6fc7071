"""Test sentences made harder: the generator of the robustness table.

It shares nothing with `assistant.nlu.augment`, so the table does not measure what training has practised.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BY_EAR = (
    (r"\bhet\b", "et"), (r"\been\b", "n"), (r"\bik\b", "ikke"), (r"ij", "y"), (r"ei", "y"), (r"ou", "auw"),
    (r"sch", "sg"), (r"g(?=[aeo])", "ch"), (r"([aeo])\1(?=\w)", r"\1"), (r"en\b", "e"), (r"dt\b", "t"), (r"d\b", "t"),
    (r"c(?=[aou])", "k"), (r"ca", "ka"), (r"tie\b", "tsie"), (r"v(?=\w)", "f"), (r"z(?=\w)", "s"),
    (r"([bdfgklmnprst])\1", r"\1"), (r"oe", "u"),
)  # fmt: skip
_HESITATIONS = ("euh", "ehm", "ja ehm", "hoe heet het", "weet je", "dinges", "oké", "kijk", "ik bedoel")
_LOST = {"de", "het", "een", "er", "dan", "ook", "wel", "te", "is"}
_DIGITS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")


def typing_errors(share: float) -> Callable[[str, random.Random], str]:
    """Return a distortion that hits this share of the words with one wrong key."""

    def distort(text: str, rng: random.Random) -> str:
        return " ".join(_hit(word, rng) if rng.random() < share else word for word in text.split())

    return distort


def low_literacy(text: str, rng: random.Random) -> str:
    """Write half of the words as they sound, without capitals and signs."""
    words = re.sub(r"[^\w\s@'-]", "", text.lower()).split()
    return " ".join(_by_ear(word, rng) if rng.random() < 0.5 else word for word in words)


def recogniser(text: str, rng: random.Random) -> str:
    """Write as a speech recogniser: no signs, hesitations, lost small words, split compounds, digits in words."""
    spoken = re.sub(r"\d", lambda digit: f" {_DIGITS[int(digit[0])]} ", re.sub(r"[^\w\s@]", " ", text.lower()))
    words = [word for word in spoken.split() if word not in _LOST or rng.random() < 0.7]
    words = [_cut(word) if len(word) > 10 and rng.random() < 0.4 else word for word in words]
    for _ in range(1 + len(words) // 8):
        words.insert(rng.randrange(len(words) + 1), rng.choice(_HESITATIONS))
    return " ".join(words)


DISTORTIONS: dict[str, Callable[[str, random.Random], str]] = {
    "typo 15 %": typing_errors(0.15),
    "typo 30 %": typing_errors(0.30),
    "low literacy": low_literacy,
    "recogniser": recogniser,
}


def distorted(texts: list[str], kind: str, seed: int = 7) -> list[str]:
    """Return every text in one of the DISTORTIONS; the same seed gives the same texts."""
    rng = random.Random(seed)
    return [DISTORTIONS[kind](text, rng) or text for text in texts]


def _hit(word: str, rng: random.Random) -> str:
    if len(word) < 3:
        return word
    place = rng.randrange(len(word))
    row = next((row for row in _ROWS if word[place].lower() in row), "")
    kind = rng.choice(("key", "extra", "lost", "turned"))
    if kind == "key" and row:
        at = row.index(word[place].lower())
        return word[:place] + row[at - 1 if at else at + 1] + word[place + 1 :]
    if kind == "extra" and row:
        return word[:place] + rng.choice(row) + word[place:]
    if kind == "turned" and place + 1 < len(word):
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + word[place + 1 :]


def _by_ear(word: str, rng: random.Random) -> str:
    fitting = [(pattern, sound) for pattern, sound in _BY_EAR if re.search(pattern, word)]
    for pattern, sound in rng.sample(fitting, k=min(2, len(fitting))):
        word = re.sub(pattern, sound, word, count=1)
    return word


def _cut(word: str) -> str:
    vowels = [match.start() for match in re.finditer(r"[bdfgklmnprst](?=[bdfgklmnprst][aeiou])", word[3:-3])]
    place = 4 + min(vowels, key=lambda start: abs(start + 4 - len(word) // 2)) if vowels else len(word) // 2
    return f"{word[:place]} {word[place:]}"
