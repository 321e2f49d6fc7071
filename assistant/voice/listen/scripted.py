"""A recogniser for tests: it says what it was told to say, a word per so many seconds of sound."""

from __future__ import annotations

from assistant.voice.listen.engine import RATE_HERTZ, Heard, Kind, Listening

SECONDS_PER_WORD = 0.2


class ScriptedRecogniser:
    """Understands its lines in order; never used outside tests."""

    name, takes_phrases = "scripted", True
    kind: Kind = "streaming"

    def __init__(self, *lines: tuple[str, float | None]) -> None:
        self._lines = list(lines)
        self.phrases: tuple[str, ...] = ()

    def open(self, phrases: tuple[str, ...] = ()) -> Listening:
        """Begin the next line."""
        self.phrases = phrases
        text, confidence = self._lines.pop(0) if self._lines else ("", None)
        return _Line(text, confidence)

    def close(self) -> None:
        """Nothing to let go of."""


class _Line:
    def __init__(self, text: str, confidence: float | None) -> None:
        self._words, self._confidence, self._bytes, self._shown = text.split(), confidence, 0, 0

    def hear(self, pcm: bytes) -> Heard | None:
        self._bytes += len(pcm)
        words = min(len(self._words), int(self._bytes / 2 / RATE_HERTZ / SECONDS_PER_WORD))
        if words == self._shown:
            return None
        self._shown = words
        return Heard(" ".join(self._words[:words]), False)

    def end(self) -> Heard:
        return Heard(" ".join(self._words), True, self._confidence)
