"""A rule of the normaliser: a pattern that begins at the start of a word, and what is said instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

Say = Callable[[re.Match[str]], str | None]
"""Returns what is said, or None when the rule does not apply after all."""


@dataclass(frozen=True)
class Rule:
    """Tried at the start of every word, in the order of the lists; the first that applies wins."""

    pattern: re.Pattern[str]
    say: Say

    @classmethod
    def of(cls, pattern: str, say: Say, *, exact: bool = False) -> Rule:
        """Make a rule; letters match in both cases unless `exact`."""
        return cls(re.compile(pattern, 0 if exact else re.IGNORECASE), say)


def before(match: re.Match[str]) -> str:
    """Return the text before the match, in lower case and without spaces at its end; at most forty characters."""
    return match.string[max(0, match.start() - 40) : match.start()].lower().rstrip()
