"""How long is waited, in seconds. People with a disability pause longer: patience is the rule, not the exception."""

from __future__ import annotations

import re
from dataclasses import dataclass

UNFINISHED = re.compile(
    r"\b(?:en|maar|of|want|omdat|dus|dat|als|eh+m?|uh+m?|ehm|hm+|nou|de|het|een|mijn|in|op|voor|met|bij|van|naar|ik|"
    r"ik wil|ik ben|is|om|te|ook|die)\s*[.,…]*$",
    re.IGNORECASE,
)
"""Words after which somebody is not done."""
ASKS_FOR_TIME = re.compile(r"\b(?:meer tijd|even nadenken|moment|wacht even|langzaam)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Pace:
    """The waiting times of one talk."""

    begin: float = 0.096
    """Speech that must be heard before it counts: three frames."""
    barge_in: float = 0.192
    """Speech through the assistant before it is silent: six frames, so that with all the rest it takes 0.25."""
    silence: float = 0.5
    open_question: float = 1.0
    unfinished: float = 1.2
    more_time: float = 2.0
    longest: float = 30.0
    prompts: tuple[float, float, float] = (8.0, 12.0, 15.0)
    """Silence before patience, then help, then keys are offered."""
    may_barge_in: bool = True
    hands_free: bool = False

    @classmethod
    def phone(cls) -> Pace:
        """The times of a telephone line: it has echo, and no button to hold."""
        return cls(silence=0.6, barge_in=0.3, hands_free=True)

    def wait(self, partial: str, *, open_question: bool, needs_time: bool) -> float:
        """Return how much silence ends a turn, after what was heard so far."""
        waits = [self.silence]
        if open_question:
            waits.append(self.open_question)
        if UNFINISHED.search(partial):
            waits.append(self.unfinished)
        if needs_time:
            waits.append(self.more_time)
        return max(waits)


def asks_for_time(text: str) -> bool:
    """Whether somebody says that it goes too fast."""
    return bool(ASKS_FOR_TIME.search(text))
