"""A recogniser for tests: it says what it was told to say, a word per so many seconds of sound."""

from __future__ import annotations

import threading
from pathlib import Path

from assistant.voice.listen.engine import RATE_HERTZ, Heard, Kind, Listening

SECONDS_PER_WORD = 0.2


class ScriptedRecogniser:
    """Understands its lines in order; never used outside tests."""

    name, takes_phrases = "scripted", True
    kind: Kind = "streaming"

    def __init__(self, *lines: tuple[str, float | None]) -> None:
        self._lines, self._lock = list(lines), threading.Lock()
        self.phrases: tuple[str, ...] = ()

    @classmethod
    def read(cls, path: Path) -> ScriptedRecogniser:
        """Read lines 'text' or 'certainty<tab>text'; `#` begins a remark."""
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        return cls(*map(_scripted, lines))

    def open(self, phrases: tuple[str, ...] = ()) -> Listening:
        """Begin the next line."""
        self.phrases = phrases
        with self._lock:
            text, confidence = self._lines.pop(0) if self._lines else ("", None)
        return _Line(text, confidence)

    def close(self) -> None:
        """Nothing to let go of."""


def _scripted(line: str) -> tuple[str, float | None]:
    certainty, tab, text = line.partition("\t")
    return (text, float(certainty)) if tab else (line, 1.0)


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
