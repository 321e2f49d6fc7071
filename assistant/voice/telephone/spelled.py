"""Names, numbers and postcodes by ear: what was said letter by letter, and how it is read back."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.voice.dutch.numbers import cardinal, digits

ALPHABET = {word[0]: word for word in (
    "anna", "bernard", "cornelis", "dirk", "eduard", "ferdinand", "gerard", "hendrik", "izaak", "johan", "karel",
    "lodewijk", "maria", "nico", "otto", "pieter", "quotient", "rudolf", "simon", "teunis", "utrecht", "victor",
    "willem", "xantippe", "ypsilon", "zaandam",
)}  # fmt: skip
"""The Dutch telephone alphabet: letter and word."""
_ALSO = {"isaak": "i", "jan": "j", "jacob": "j", "marie": "m", "quotiënt": "q", "theodoor": "t", "thomas": "t",
         "ijmuiden": "ij", "zacharias": "z", "griekse": "", "ij": "ij", "streepje": "-", "spatie": " "}  # fmt: skip
_SOUNDS = {"aa": "a", "bee": "b", "cee": "c", "dee": "d", "ee": "e", "ef": "f", "gee": "g", "haa": "h", "ie": "i",
           "jee": "j", "kaa": "k", "ka": "k", "el": "l", "em": "m", "en": "n", "oo": "o", "pee": "p", "ku": "q",
           "er": "r", "es": "s", "tee": "t", "uu": "u", "vee": "v", "wee": "w", "iks": "x", "ix": "x",
           "zet": "z"}  # fmt: skip


@lru_cache(maxsize=1)
def _figures() -> dict[str, str]:
    """Return what each number word below a hundred stands for, as figures: 'zes' 6, 'vierendertig' 34."""
    words = {cardinal(number): str(number) for number in range(100)}
    return words | {"een": "1", "één": "1", "oh": "0", "o": "0"} | {str(number): str(number) for number in range(100)}


def figures_in(text: str) -> str:
    """Return the figures that somebody said: 'nul zes twaalf', 'dubbel nul', '06 12'; else ''."""
    found, double = "", False
    for word in re.findall(r"\d+|[^\W\d_]+", text.lower()):
        if word in ("dubbel", "dubbele", "twee keer"):
            double = True
            continue
        said = word if word.isdecimal() else _figures().get(word)
        if said is not None:
            found, double = found + said * (2 if double and len(said) == 1 else 1), False
    return found


def only_figures(text: str) -> bool:
    """Whether there is nothing but figures in what was said."""
    words = re.findall(r"[^\W_]+", text.lower())
    return bool(words) and all(word.isdecimal() or word in _figures() or word == "dubbel" for word in words)


def postcode_in(text: str) -> str:
    """Return a whole postcode that was said, as '8331 XK': 'acht drie drie een x k', 'drieentachtig 31 xk'; else ''."""
    words = re.findall(r"\d+|[^\W\d_]+", text.lower())
    at = next((place for place, word in enumerate(words) if not only_figures(word)), len(words))
    figures, rest = figures_in(" ".join(words[:at])), words[at:]
    letters = letters_in(" ".join(rest)) or "".join(rest)
    return f"{figures} {letters.upper()}" if len(figures) == 4 and len(letters) == 2 and letters.isalpha() else ""


def letters_in(text: str) -> str:
    """Return a word that was spelled: 'f a t i m a', 'Ferdinand Anna', 'de f van Ferdinand'; '' when it was not."""
    words = re.findall(r"[^\W\d_]+|-", re.sub(r"(?:\bde )?\b(\w) (?:van|als in) \w+", r"\1", text.lower()))
    spelled = [letter for word in words if (letter := _letter(word)) is not None]
    return "".join(spelled).strip() if len(spelled) >= 2 and len(spelled) >= len(words) * 0.6 else ""


def _letter(word: str) -> str | None:
    if len(word) == 1:
        return word
    if word in ALPHABET.values():
        return word[0]
    return _ALSO.get(word, _SOUNDS.get(word))


def spelling(name: str) -> str:
    """Return a name letter by letter, for a voice: 'J van Johan, A van Anna, N van Nico'."""
    return ", ".join(_spoken_letter(letter) for letter in name if letter.isalpha() or letter == "-")


def _spoken_letter(letter: str) -> str:
    """Return a letter with its word: B, D and P sound alike on a line. A letter with a sign on it has only itself."""
    if letter == "-":
        return "streepje"
    word = ALPHABET.get(letter.lower())
    return f"{letter.upper()} van {word.capitalize()}" if word else letter.upper()


def read_figures(figures: str) -> str:
    """Return figures in twos and threes, as words: 'nul zes, een twee, ...'."""
    head = 2 if figures.startswith("06") else len(figures) % 2 + 2 if len(figures) > 5 else len(figures)
    groups = [figures[:head], *(figures[at : at + 2] for at in range(head, len(figures), 2))]
    return ", ".join(digits(group) for group in groups)
