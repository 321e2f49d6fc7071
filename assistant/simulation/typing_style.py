"""How a person types: neatly, in telegrams, with slips, by ear, or chatty. Seeded, so always the same."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_BY_EAR = (("ij", "ei"), ("ou", "au"), ("ch", "g"), ("dt", "t"), ("sch", "sg"), ("ee", "e"), ("isch", "is"))
_FILLERS = ("ehm ", "nou ", "hoi, ", "ja ", "even kijken, ", "zeg, ")
_SMALL = re.compile(r"\b(de|het|een|ik|er|dat|wel|graag|ook|voor)\b ?", re.IGNORECASE)


def neat(text: str, chance: random.Random) -> str:
    """As it should be."""
    return text[:1].upper() + text[1:]


def telegram(text: str, chance: random.Random) -> str:
    """Small letters, small words left out, no signs."""
    words = text.split()
    if len(words) < 5:
        return text.lower()
    return re.sub(r"\s+", " ", _SMALL.sub(lambda m: "" if chance.random() < 0.4 else m.group(), text.lower())).strip(
        " ?."
    )


def slips(text: str, chance: random.Random) -> str:
    """One or two letters swapped or missing; numbers, addresses and codes stay right."""
    words = text.split()
    able = [i for i, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    for i in chance.sample(able, min(len(able), 1 + (len(words) > 8))):
        at = chance.randrange(1, len(words[i]) - 2)
        word = words[i]
        words[i] = (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            if chance.random() < 0.5
            else word[:at] + word[at + 1 :]
        )
    return " ".join(words)


def by_ear(text: str, chance: random.Random) -> str:
    """Written as it sounds."""
    words = text.lower().split()
    for i, word in enumerate(words):
        if len(word) > 4 and word.isalpha() and chance.random() < 0.3:
            heard, written = chance.choice(_BY_EAR)
            words[i] = word.replace(heard, written, 1)
    return " ".join(words)


def chatty(text: str, chance: random.Random) -> str:
    """With a run-up and a thank-you."""
    return chance.choice(_FILLERS) + text + chance.choice(("", " alstublieft", " dank u", ""))


STYLES: dict[str, Callable[[str, random.Random], str]] = {
    "netjes": neat,
    "telegram": telegram,
    "tikfouten": slips,
    "op gehoor": by_ear,
    "praatgraag": chatty,
}
