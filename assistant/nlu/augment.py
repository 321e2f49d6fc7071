"""Extra copies of training sentences, written the way people type and recognisers hear.

Only used while training, so that "indikatie", "beschud werk" and "banen afspraak" are familiar. The generator that
makes noisy *test* slices is another one, in `assistant.training`, so that the test does not measure this module.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_NEIGHBOURS = {
    "a": "sqz", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "xa",
}  # fmt: skip

_SPELLING = (
    ("ij", "ei"), ("ei", "ij"), ("dt ", "d "), ("d ", "t "), ("ou", "au"), ("au", "ou"), ("c", "k"), ("ct", "kt"),
    ("ch", "g"), ("g", "ch"), ("z", "s"), ("v", "f"), ("ee", "e"), ("aa", "a"), ("oo", "o"), ("en ", "e "),
    ("tie", "sie"), ("th", "t"), ("ll", "l"), ("ss", "s"), ("pp", "p"), ("nn", "n"), ("isch", "ies"), ("qu", "kw"),
)  # fmt: skip

_FILLERS = ("eh", "uh", "nou", "ja", "zeg maar", "even kijken", "gewoon", "dus", "hè", "nou ja")


def typo_copy(text: str, rng: random.Random) -> str:
    """Return the text with about one letter in fifteen hit beside its key, dropped, doubled or swapped."""
    letters = list(text)
    for _ in range(max(1, len(letters) // 15)):
        position = rng.randrange(len(letters))
        letter = letters[position].lower()
        if letter not in _NEIGHBOURS:
            continue
        kind = rng.randrange(4)
        if kind == 0:
            letters[position] = rng.choice(_NEIGHBOURS[letter])
        elif kind == 1:
            letters[position] = ""
        elif kind == 2:
            letters[position] = letter * 2
        elif position + 1 < len(letters):
            letters[position], letters[position + 1] = letters[position + 1], letters[position]
    return "".join(letters)


def spelling_copy(text: str, rng: random.Random) -> str:
    """Return the text as someone writes it who spells by ear: two or three Dutch confusions."""
    changed = f"{text} "
    for wrong in rng.sample(_SPELLING, k=len(_SPELLING))[: rng.randint(6, 10)]:
        if wrong[0] in changed and rng.random() < 0.7:
            changed = changed.replace(wrong[0], wrong[1], 1)
    return changed.strip()


def recogniser_copy(text: str, rng: random.Random) -> str:
    """Return the text as a speech recogniser writes it: no capitals or signs, fillers, a split compound."""
    words = re.sub(r"[^\w\s'@.-]", " ", text.lower()).split()
    if len(words) > 4 and rng.random() < 0.4:
        del words[rng.randrange(len(words))]
    if rng.random() < 0.5:
        words.insert(rng.randrange(len(words) + 1), rng.choice(_FILLERS))
    split = [word if len(word) < 12 or rng.random() < 0.6 else _split(word, rng) for word in words]
    return " ".join(split)


def _split(word: str, rng: random.Random) -> str:
    cut = len(word) // 2 + rng.randint(-2, 2)
    return f"{word[:cut]} {word[cut:]}"


COPIES: tuple[Callable[[str, random.Random], str], ...] = (typo_copy, spelling_copy, recogniser_copy)


def augmented(texts: list[str], labels: list[str], copies: int, seed: int) -> tuple[list[str], list[str]]:
    """Return the sentences followed by up to three noisy copies of each, of different kinds; labels go along.

    The same seed gives the same copies.
    """
    rng = random.Random(seed)
    more_texts, more_labels = list(texts), list(labels)
    for text, label in zip(texts, labels, strict=True):
        for copy in rng.sample(COPIES, k=min(copies, len(COPIES))):
            noisy = copy(text, rng)
            if noisy and noisy != text:
                more_texts.append(noisy)
                more_labels.append(label)
    return more_texts, more_labels
