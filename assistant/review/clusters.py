"""Messages that look alike, put together: letter groups weighed by how telling they are, and star clusters.

Every message becomes a vector of its groups of three and four letters, weighed by TF-IDF (K. Spärck Jones, 1972) and
made of length 1; letter groups forgive spelling mistakes and endings. Two messages are alike from cosine ALIKE. Then
the message with the most like it becomes the middle of a cluster with those around it, they are taken out, and so on
(star clustering: Aslam, Pelekhov and Rus, 2004). The same messages always give the same clusters.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

ALIKE = 0.22
"""Cosine from which two messages are about the same; between 0 and 1."""
COMMON = 0.25
"""Letter groups in more than this share of the messages tell nothing and are left out (when there are many)."""
_SMALL = frozenset(
    """
    aan al als ben bij dan dat de deze die dit doe doen dus een en er ga gaat gewoon graag had heb hebben heeft
    het hier hij hoe hoeveel ik in is je jij jullie kan kun kunnen kunt laat maar mag me mee met mij mijn moet na
    naar niet nog nou nu of om ook op over per te toch tot u uit uw van vanaf voor waar waarom wanneer want was
    wat we weet wel welke wie wij wil word worden wordt zal ze zich zijn zo zou
    """.split()  # noqa: SIM905  eighty words read better as text
)
"""Words that say nothing about the subject."""
_TRADE = re.compile(r"(be)?schutt?(e|werk)?|werk(en|t|plek(ken)?|plaats(en)?)?|gemeentes?|banen?")
"""Words that everybody here uses: two messages are not alike by them."""


@dataclass(frozen=True)
class Cluster:
    """Messages that look alike, the middle one first."""

    sentences: tuple[str, ...]
    times: int
    """How often they were said altogether."""

    @property
    def draft(self) -> str:
        """A name from the words that most of them share: 'nieuw/parkeren_werk'."""
        seen = Counter(word for sentence in self.sentences for word in dict.fromkeys(_words(sentence)))
        return "nieuw/" + ("_".join(word for word, _ in seen.most_common(2)) or "onderwerp")


def clusters(said: Sequence[str], least: int = 2) -> list[Cluster]:
    """Return the clusters of at least `least` different messages, those said most often first."""
    times = Counter(" ".join(text.lower().split()) for text in said)
    texts = sorted(times)
    near = neighbours(texts)
    left, found = set(range(len(texts))), []
    while left:
        middle = max(left, key=lambda i: (len(near[i] & left), times[texts[i]], -i))
        around = near[middle] & left
        left -= around | {middle}
        if not around:  # the one with the most like it has none: nobody has
            break
        if len(around) + 1 >= least:
            members = [texts[i] for i in sorted(around, key=lambda i: (-times[texts[i]], i))]
            held = (texts[middle], *members)
            found.append(Cluster(held, sum(times[text] for text in held)))
    return sorted(found, key=lambda cluster: (-cluster.times, cluster.sentences[0]))


def neighbours(texts: Sequence[str]) -> list[set[int]]:
    """Return for each text the numbers of the texts that are alike."""
    vectors = _vectors(texts)
    held_by: dict[str, list[tuple[int, float]]] = defaultdict(list)
    near: list[set[int]] = [set() for _ in texts]
    for number, vector in enumerate(vectors):
        likeness: dict[int, float] = defaultdict(float)
        for group, weight in vector.items():
            for other, other_weight in held_by[group]:
                likeness[other] += weight * other_weight
            held_by[group].append((number, weight))
        for other, cosine in likeness.items():
            if cosine >= ALIKE:
                near[number].add(other)
                near[other].add(number)
    return near


def _vectors(texts: Sequence[str]) -> list[dict[str, float]]:
    counts = [Counter(_groups(text)) for text in texts]
    spread = Counter(group for count in counts for group in count)
    most = max(10, COMMON * len(texts))
    telling = {group: math.log((1 + len(texts)) / (1 + n)) + 1 for group, n in spread.items() if n <= most}
    made = []
    for count in counts:
        weights = {group: (1 + math.log(n)) * telling[group] for group, n in count.items() if group in telling}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        made.append({group: weight / length for group, weight in weights.items()})
    return made


def _groups(text: str) -> list[str]:
    """Letter groups inside the telling words; a message of small words alone keeps them all."""
    words = _words(text) or re.findall(r"[^\W_]+", text.lower())
    return [f" {word} "[at : at + n] for word in words for n in (3, 4) for at in range(len(word) + 3 - n)]


def _words(text: str) -> list[str]:
    words = re.findall(r"[^\W\d_]{3,}", text.lower())
    return [word for word in words if word not in _SMALL and not _TRADE.fullmatch(word)]
