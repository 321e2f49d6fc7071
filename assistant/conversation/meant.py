"""What a message means in its talk, as it goes to Rasa."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Meant:
    """What goes to Rasa instead of the bare words."""

    intent: str
    answer: str | None = None
    """Key of an answer that is asked for again, or that belongs to the talk and not to a question."""
    lead: str | None = None
    """Key of a sentence that goes before the answer."""
    doubt: bool = False
    """Whether we ask back instead of answering."""
    sets: dict[str, Any] = field(default_factory=dict)
    """Slots that were learnt: municipality, role."""
