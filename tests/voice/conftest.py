"""Voices for tests: one without sound, and the real one once per run."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator

import pytest

from assistant.voice.speak import Speaker, choose
from assistant.voice.speak.espeak import EspeakVoice
from assistant.voice.speak.silent import SilentVoice


@pytest.fixture(autouse=True)
def no_voice_left() -> Iterator[None]:
    """Close what a test opened by `speak()` or `abilities()`."""
    yield
    if choose._open:
        choose.close()


@pytest.fixture
def silent() -> SilentVoice:
    return SilentVoice()


@pytest.fixture(scope="session")
def real() -> Iterator[Speaker]:
    voice = EspeakVoice()
    yield Speaker(voice)
    voice.close()


@pytest.fixture
def tone() -> bytes:
    """Two seconds of sound that is no speech."""
    return array("h", (int(9000 * math.sin(i / 5) * math.sin(i / 300)) for i in range(32000))).tobytes()


def frames(pcm: bytes, size: int = 640) -> list[bytes]:
    return [pcm[at : at + size] for at in range(0, len(pcm), size)]
