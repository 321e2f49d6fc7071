"""Who we are talking to, as far as we know: what the choice of words depends on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["werkzoekende", "werkgever"]
Channel = Literal["web", "voice", "phone"]
Level = Literal["b1", "a2"]


@dataclass(frozen=True)
class TalkContext:
    """What is known of a conversation when an answer is worded."""

    municipality: str | None = None
    """Id of the municipality file, such as `almere`; None while it is not known."""
    role: Role | None = None
    channel: Channel = "web"
    level: Level = "b1"

    @property
    def is_spoken(self) -> bool:
        """Whether the answer is heard rather than read."""
        return self.channel in ("voice", "phone")
