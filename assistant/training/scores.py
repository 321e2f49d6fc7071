"""What the guesses are worth: every number of the understanding report, in plain Python.

A guess is right when the whole id is right. Out of scope are the two `buiten_bereik_*` intents.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.training.sentences import Sentence

STRANGE, SAFETY = "buiten_bereik_", "veiligheid_"
KEPT = 0.95
"""Share of in-scope messages that may not be taken for out of scope."""
BINS = 15


@dataclass(frozen=True)
class Guess:
    """One test sentence and what the model made of it."""

    sentence: Sentence
    ranking: tuple[tuple[str, float], ...]
    """(intent, probability) of every intent, best first."""
    entities: frozenset[tuple[int, int, str]] = field(default_factory=frozenset)

    @property
    def best(self) -> str:
        """The first intent."""
        return self.ranking[0][0]

    @property
    def is_right(self) -> bool:
        """Whether the first intent is the right one."""
        return self.best == self.sentence.intent

    @property
    def is_strange(self) -> bool:
        """Whether the sentence is out of scope by its label."""
        return self.sentence.intent.startswith(STRANGE)

    @property
    def strangeness(self) -> float:
        """Probability of out of scope against that of the best intent in scope, 0 to 1."""
        outside = sum(chance for name, chance in self.ranking if name.startswith(STRANGE))
        inside = max(chance for name, chance in self.ranking if not name.startswith(STRANGE))
        return outside / (outside + inside)


@dataclass(frozen=True)
class Share:
    """So many out of so many, with its 95 % Wilson interval."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """The share, 0 to 1."""
        return self.hits / self.of if self.of else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval."""
        if not self.of:
            return (0.0, 1.0)
        z, p, n = 1.96, self.value, self.of
        middle, width = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return (middle - width) / (1 + z * z / n), (middle + width) / (1 + z * z / n)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{100 * self.value:.1f} % ({100 * low:.1f}-{100 * high:.1f}, n={self.of})" if self.of else "-"


def share(truths: Iterable[bool]) -> Share:
    """Count truths."""
    seen = list(truths)
    return Share(sum(seen), len(seen))


def top(guesses: Iterable[Guess], k: int) -> Share:
    """Share of sentences whose intent is among the first `k`."""
    return share(guess.sentence.intent in [name for name, _ in guess.ranking[:k]] for guess in guesses)


def macro_f1(guesses: Sequence[Guess]) -> float:
    """Mean F1 over the intents that occur."""
    right = Counter(guess.best for guess in guesses if guess.is_right)
    said, true = Counter(guess.best for guess in guesses), Counter(guess.sentence.intent for guess in guesses)
    return sum(2 * right[name] / (said[name] + true[name]) for name in true) / max(1, len(true))


def reliability(guesses: Sequence[Guess]) -> list[tuple[float, float, int]]:
    """Return (mean probability, share right, count) of each filled bin of the best guess's probability."""
    bins: dict[int, list[Guess]] = {}
    for guess in guesses:
        bins.setdefault(min(BINS - 1, int(guess.ranking[0][1] * BINS)), []).append(guess)
    return [
        (sum(guess.ranking[0][1] for guess in held) / len(held), top(held, 1).value, len(held))
        for _, held in sorted(bins.items())
    ]


def calibration_error(guesses: Sequence[Guess]) -> float:
    """Expected calibration error over BINS bins of equal width."""
    return sum(abs(chance - right) * count for chance, right, count in reliability(guesses)) / max(1, len(guesses))


def strangers_found(guesses: Sequence[Guess]) -> tuple[Share, float]:
    """Share of out-of-scope sentences above the threshold that keeps KEPT of those in scope, and the threshold."""
    inside = sorted(guess.strangeness for guess in guesses if not guess.is_strange)
    threshold = inside[min(len(inside) - 1, math.ceil(KEPT * len(inside)) - 1)] if inside else 1.0
    return share(guess.strangeness > threshold for guess in guesses if guess.is_strange), threshold


def safety_found(guesses: Iterable[Guess]) -> Share:
    """Share of the safety sentences that are taken for one of the safety intents."""
    return share(guess.best.startswith(SAFETY) for guess in guesses if guess.sentence.intent.startswith(SAFETY))


def confusions(guesses: Iterable[Guess]) -> list[tuple[str, str, int]]:
    """Return (intent, taken for, times), most frequent first."""
    pairs = Counter((guess.sentence.intent, guess.best) for guess in guesses if not guess.is_right)
    return [(true, said, times) for (true, said), times in pairs.most_common()]


@dataclass(frozen=True)
class Spans:
    """Entities found, rightly found and there to be found."""

    right: int
    found: int
    true: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall: same place, same kind."""
        return 2 * self.right / (self.found + self.true) if self.found + self.true else math.nan


def entity_scores(guesses: Iterable[Guess], kinds: Iterable[str]) -> dict[str, Spans]:
    """Return the entity counts by kind, and under `""` those of all kinds together."""
    seen, wanted = list(guesses), list(kinds)
    return {kind: _spans(seen, {kind} if kind else set(wanted)) for kind in [*wanted, ""]}


def _spans(guesses: list[Guess], kinds: set[str]) -> Spans:
    right = found = true = 0
    for guess in guesses:
        said = {span for span in guess.entities if span[2] in kinds}
        there = {span for span in guess.sentence.entities if span[2] in kinds}
        right, found, true = right + len(said & there), found + len(said), true + len(there)
    return Spans(right, found, true)


def mcnemar(first: Sequence[bool], second: Sequence[bool]) -> float:
    """Two-sided exact p-value that two models err equally often on the same rows."""
    only_first = sum(one and not other for one, other in zip(first, second, strict=True))
    only_second = sum(other and not one for one, other in zip(first, second, strict=True))
    n, k = only_first + only_second, min(only_first, only_second)
    return min(1.0, 2 * sum(math.comb(n, i) for i in range(k + 1)) / float(2**n))
