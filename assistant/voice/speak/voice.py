"""What every voice can do: turn one spoken sentence into sound, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

SLOWEST, FASTEST = 0.7, 1.5
"""How much slower or faster a listener may set the voice; 1.0 is the calm pace of the house."""


@dataclass(frozen=True)
class Chunk:
    """A piece of sound (signed 16-bit little-endian, mono) with the words that begin in the sentence so far known."""

    pcm: bytes
    words: tuple[tuple[int, float], ...] = field(default=())
    """(place in the spoken sentence, seconds since the sentence began)."""


class Voice(Protocol):
    """A voice; `say` may be called from several threads."""

    name: str
    rate_hertz: int
    reads_by_rule: bool
    """Whether foreign words need a Dutch spelling for it."""

    def say(self, sentence: str, rate: float) -> Iterator[Chunk]:
        """Yield the sound of one sentence. Raises VoiceUnavailable."""
        ...

    def close(self) -> None:
        """Let go of processes and memory."""
        ...


def spread(sentence: str, seconds: float) -> tuple[tuple[int, float], ...]:
    """Return when each word begins by its share of the letters, for a voice that does not tell."""
    length = max(1, len(sentence))
    starts = (at for at, one in enumerate(sentence) if not one.isspace() and (at == 0 or sentence[at - 1].isspace()))
    return tuple((at, seconds * at / length) for at in starts)
