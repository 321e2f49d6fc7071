"""What every finder returns."""

from __future__ import annotations

from dataclasses import dataclass

Lists = dict[str, dict[str, list[str]]]
"""entity → value → forms; a lookup table without a value keeps its forms under the empty value."""


@dataclass(frozen=True)
class Entity:
    """A piece of the message, `start` included and `end` excluded, with its value in the normal form."""

    entity: str
    start: int
    end: int
    value: str
    confidence: float = 1.0

    def overlaps(self, other: Entity) -> bool:
        """Tell whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Entity) -> bool:
        """Tell whether the other lies within this one (or is the same piece)."""
        return self.start <= other.start and other.end <= self.end
