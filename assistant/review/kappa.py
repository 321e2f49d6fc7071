"""Cohen's kappa: how far two readers agree beyond what chance alone would give.

Source: J. Cohen, A coefficient of agreement for nominal scales, 1960. The words for it are those of Landis and Koch,
1977, which are a habit and not a law.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_WORDS = ((0.81, "bijna volledig"), (0.61, "groot"), (0.41, "redelijk"), (0.21, "matig"), (0.0, "gering"))


@dataclass(frozen=True)
class Agreement:
    """Two readers over the same turns."""

    pairs: int
    same: int
    kappa: float | None
    """-1 to 1; None when it says nothing: no pairs, or both always gave one and the same verdict."""

    @property
    def words(self) -> str:
        """The kappa in a word."""
        if self.kappa is None:
            return "nog niet te zeggen"
        return next((word for least, word in _WORDS if self.kappa >= least), "minder dan toeval")


def agreement(pairs: Iterable[tuple[str, str]]) -> Agreement:
    """Return the agreement of (first reader, second reader)."""
    seen = list(pairs)
    same, n = sum(one == other for one, other in seen), len(seen)
    if not n:
        return Agreement(0, 0, None)
    firsts, seconds = Counter(one for one, _ in seen), Counter(other for _, other in seen)
    by_chance = sum(firsts[code] * seconds[code] for code in firsts) / n**2
    return Agreement(n, same, None if by_chance == 1 else (same / n - by_chance) / (1 - by_chance))
