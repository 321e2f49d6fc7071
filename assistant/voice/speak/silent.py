"""A voice without sound, for tests: it takes as long as speaking would, and knows when each word begins."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.voice.speak.voice import Chunk, spread

SECONDS_PER_LETTER = 0.06


class SilentVoice:
    """Says nothing, precisely."""

    name, rate_hertz, reads_by_rule = "silent", 8000, False

    def __init__(self) -> None:
        self.said: list[tuple[str, float]] = []

    def say(self, sentence: str, rate: float) -> Iterator[Chunk]:
        """Yield silence as long as the sentence."""
        self.said.append((sentence, rate))
        seconds = SECONDS_PER_LETTER * len(sentence) / rate
        yield Chunk(b"\0\0" * round(seconds * self.rate_hertz), spread(sentence, seconds))

    def close(self) -> None:
        """Nothing to let go of."""
