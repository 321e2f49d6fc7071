"""What every recogniser can do: hear frames of one utterance, and say what it understood with how much certainty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from assistant.voice.listen.repair import repaired

RATE_HERTZ = 16_000
"""Sound goes in as signed 16-bit little-endian, mono, at this rate."""
LONGEST_SECONDS = 30
Kind = Literal["streaming", "segment"]


@dataclass(frozen=True)
class Heard:
    """What was understood so far. A partial is for the eye only: nothing is done on it."""

    text: str
    is_final: bool
    confidence: float | None = None
    """From 0 to 1; None when the engine does not tell. Never invented."""


class Listening(Protocol):
    """One utterance being heard."""

    def hear(self, pcm: bytes) -> Heard | None:
        """Take a frame; return a new partial, or None when nothing changed."""
        ...

    def end(self) -> Heard:
        """Return what was understood in all."""
        ...


class Recogniser(Protocol):
    """A loaded model; several utterances may be open at once. Errors are `ListenUnavailable`."""

    name: str
    kind: Kind
    takes_phrases: bool

    def open(self, phrases: tuple[str, ...] = ()) -> Listening:
        """Begin an utterance. `phrases` are words of the trade that it should expect."""
        ...

    def close(self) -> None:
        """Let go of the model."""
        ...


def listen(frames: Iterable[bytes], engine: Recogniser, phrases: tuple[str, ...] = ()) -> Iterator[Heard]:
    """Yield partials and, last, the final text with its slips repaired. Sound after thirty seconds is not heard."""
    listening = engine.open(phrases)
    room = LONGEST_SECONDS * RATE_HERTZ * 2
    for frame in frames:
        frame = frame[:room]
        room -= len(frame)
        if frame and (partial := listening.hear(frame)) is not None:
            yield partial
        if not room:
            break
    final = listening.end()
    yield replace(final, text=repaired(final.text))


def floats(pcm: bytes) -> list[float]:
    """Return samples between -1 and 1."""
    from array import array

    samples = array("h")
    samples.frombytes(pcm[: len(pcm) // 2 * 2])
    return [sample / 32768 for sample in samples]
