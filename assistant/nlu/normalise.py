"""Text as the classifier sees it. Entities keep their place in the typed text; this form is for features only."""

from __future__ import annotations

import re
import unicodedata

_REPLACEMENTS = (
    (re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.]+\b"), " xmailx "),
    (re.compile(r"\baw[- ]?\d{4}[- ]?\d{3,6}\b"), " xaanmeldnummerx "),
    (re.compile(r"\bw[- ]?\d{3,5}\b"), " xwerkpleknummerx "),
    (re.compile(r"(?<!\d)(?:\+31|0031|0)[\d\s-]{8,13}\d(?!\d)"), " xtelefoonx "),
    (re.compile(r"\b\d{4}\s?[a-z]{2}\b"), " xpostcodex "),
    (re.compile(r"(.)\1{3,}"), r"\1\1"),
    (re.compile(r"\s+"), " "),
)


_BY_EAR = (
    ("isch", "is"), ("tie", "sie"), ("ch", "g"), ("ck", "k"), ("qu", "kw"), ("x", "ks"), ("ph", "f"), ("th", "t"),
    ("ij", "ei"), ("y", "ei"), ("au", "ou"), ("c", "k"), ("z", "s"), ("v", "f"), ("dt", "t"), ("ae", "a"),
    ("uw", "u"),
)  # fmt: skip
_ENDS = (
    (re.compile(r"d\b"), "t"),
    (re.compile(r"b\b"), "p"),
    (re.compile(r"(\w)\1+"), r"\1"),
    (re.compile(r"en\b"), "e"),
)


def by_ear(text: str) -> str:
    """Return normalised text as it sounds, so that "indikatie" and "nie meer werke" meet their proper forms."""
    text = re.sub(r"[^\w\s]", " ", text)
    for letters, sound in _BY_EAR:
        text = text.replace(letters, sound)
    for pattern, sound in _ENDS:
        text = pattern.sub(sound, text)
    return text


def normalise(text: str) -> str:
    """Return lower case NFKC text in which addresses and numbers of persons are one word each.

    A phone number, e-mail address or registration number says what kind of message this is, its digits do not.
    """
    text = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    for pattern, replacement in _REPLACEMENTS:
        text = pattern.sub(replacement, text)
    return text.strip()
