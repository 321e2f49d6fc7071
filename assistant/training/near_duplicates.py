"""Sentences that say the same twice, and test sentences that leaked into the training data.

A near-duplicate teaches nothing and flatters cross-validation; a leak flatters the test.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from assistant.training.sentences import Sentence, grouped

SAME = 0.85
"""Normalised edit similarity (0 to 1) above which two sentences of one intent are one."""
LEAK = 0.8
"""Jaccard overlap of letter triples (0 to 1) from which a training sentence gives a test sentence away."""


def near_duplicates(sentences: Iterable[Sentence]) -> list[tuple[Sentence, Sentence]]:
    """Return (richer, poorer) for each pair within one intent that is more alike than SAME.

    The richer one has more entities marked, or more letters; a sentence that is already to go is not compared again.
    """
    pairs: list[tuple[Sentence, Sentence]] = []
    for rows in grouped(sentences).values():
        kept: list[Sentence] = []
        words: list[str] = []
        for row in sorted(rows, key=lambda row: (len(row.entities), len(row.text)), reverse=True):
            text = _plain(row)
            twin = process.extractOne(text, words, scorer=Levenshtein.normalized_similarity, score_cutoff=SAME)
            if twin and twin[1] > SAME:
                pairs.append((kept[twin[2]], row))
            else:
                kept.append(row)
                words.append(text)
    return pairs


def leaks(training: Iterable[Sentence], tests: Iterable[Sentence]) -> list[tuple[Sentence, Sentence]]:
    """Return (training, test) for each training sentence that shares LEAK of its letter triples with a test sentence.

    One- and two-word messages ("ja", "mens spreken") belong to the language, not to a writer: they are left out.
    """
    known = [(row, _triples(row)) for row in training if len(_plain(row).split()) > 2]
    frequency = Counter(triple for _, triples in known for triple in triples)
    index: dict[str, list[int]] = defaultdict(list)
    for number, (_, triples) in enumerate(known):
        for triple in _telling(triples, frequency):
            index[triple].append(number)
    found: dict[int, Sentence] = {}
    for test in tests:
        wanted = _triples(test)
        near = {number for triple in _telling(wanted, frequency) for number in index[triple]}
        found |= {number: test for number in near if _jaccard(wanted, known[number][1]) >= LEAK}
    return [(known[number][0], test) for number, test in sorted(found.items())]


def _telling(triples: frozenset[str], frequency: Counter[str]) -> list[str]:
    """Return the rarest triples: two sets that share LEAK of their union have at least one of these in common."""
    most = len(triples) - math.ceil(LEAK * len(triples)) + 1
    return sorted(triples, key=lambda triple: (frequency[triple], triple))[:most]


def _plain(sentence: Sentence) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in sentence.text.lower()).split())


def _triples(sentence: Sentence) -> frozenset[str]:
    text = f" {_plain(sentence)} "
    return frozenset(text[start : start + 3] for start in range(max(1, len(text) - 2)))


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the overlap, or 0 when the sizes alone say that it stays under LEAK."""
    if min(len(one), len(other)) < LEAK * max(len(one), len(other)):
        return 0.0
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)
