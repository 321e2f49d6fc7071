"""How readable is a text? Sentence length, long words, digits, the passive, and the Flesch-Douma score for Dutch.

Syllables come from pyphen's Dutch hyphenation, as textstat counts them too; textstat itself would bring along a
natural-language toolkit for English only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import pyphen

from assistant.answers.figures import figures_in

LONG = 10
"""Letters from which a word counts as long."""
_SENTENCE = re.compile(r"(?<=[.?!:;])\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,]*")
_MARKS = re.compile(r"\[\[|\]\]")
_PARTICIPLE = r"(?:\w{0,6}ge\w{2,}(?:d|t|en)|(?:be|ver|ont|her)\w{3,}(?:d|t))"
_PASSIVE = re.compile(
    rf"\b(?:word|wordt|worden|werd|werden)\b(?:\W+\w+){{0,8}}?\W+{_PARTICIPLE}\b|\b{_PARTICIPLE}\W+(?:wordt|worden|werd|werden)\b",
    re.IGNORECASE,
)
_VOWELS = re.compile(r"[aeiouyáéíóúàèäëïöü]+", re.IGNORECASE)
_hyphens = pyphen.Pyphen(lang="nl_NL", left=1, right=1)


@dataclass(frozen=True)
class Measure:
    """What was measured of one text."""

    words: int
    sentences: int
    longest_sentence: str
    longest_words: int
    """Words in the longest sentence."""
    mean_words: float
    """Words per sentence."""
    long_share: float
    """Share of words of `LONG` letters or more."""
    most_figures: int
    """Figures in the sentence that has most of them."""
    passives: tuple[str, ...]
    flesch_douma: float
    """Higher is easier: 206.8 - 0.93 x words per sentence - 77 x syllables per word."""


@lru_cache(maxsize=8192)
def measure(text: str) -> Measure:
    """Measure one text, with its values filled in."""
    sentences = sentences_of(text)
    lengths = [len(words_of(sentence)) for sentence in sentences]
    words = [word for sentence in sentences for word in words_of(sentence)]
    letters = [word for word in words if not word[0].isdigit()] or ["a"]
    mean = sum(lengths) / max(1, len(lengths))
    longest = max(range(len(sentences)), key=lengths.__getitem__, default=0)
    return Measure(
        words=len(words),
        sentences=len(sentences),
        longest_sentence=sentences[longest] if sentences else "",
        longest_words=lengths[longest] if lengths else 0,
        mean_words=mean,
        long_share=sum(len(word) >= LONG for word in letters) / len(letters),
        most_figures=max((len(figures_in(sentence)) for sentence in sentences), default=0),
        passives=tuple(sentence for sentence in sentences if _PASSIVE.search(sentence)),
        flesch_douma=206.835 - 0.93 * mean - 77.0 * sum(map(syllables, letters)) / len(letters),
    )


def sentences_of(text: str) -> list[str]:
    """Return the sentences; a colon, a semicolon and the end of a line end one too."""
    parts = (part.strip() for part in _SENTENCE.split(_MARKS.sub("", text)))
    return [part for part in parts if words_of(part)]


def words_of(text: str) -> list[str]:
    """Return the words and numbers."""
    return _WORD.findall(text)


@lru_cache(maxsize=8192)
def syllables(word: str) -> int:
    """Return the number of syllables; letters of an abbreviation are said one by one."""
    if word.isupper() and 1 < len(word) <= 4:
        return len(word)
    parts = _hyphens.inserted(word.lower()).replace("-", " ").split()
    return max(1, sum(1 for part in parts if _VOWELS.search(part)))
