"""Which voice speaks: Piper when a model of it is installed and works, else espeak-ng, else none."""

from __future__ import annotations

import atexit
import threading
from pathlib import Path

import structlog

from assistant.voice.errors import VoiceError, VoiceUnavailable
from assistant.voice.speak import espeak, piper
from assistant.voice.speak.speaker import Speaker
from assistant.voice.speak.spoken import Spoken
from assistant.voice.speak.voice import Voice

logger = structlog.get_logger(__name__)
_opening = threading.Lock()
_open: dict[Path, Speaker] = {}
"""At most one."""


def open_voice(models: Path) -> Voice:
    """Return the best voice of this machine; `models` is the folder with installed models. Raises VoiceUnavailable."""
    if piper.is_installed():
        for folder in sorted(path.parent for path in models.glob("*/*.onnx.json")):
            try:
                return piper.PiperVoice(folder)
            except VoiceError as error:
                logger.warning("voice not usable", model=folder.name, reason=str(error))
    if espeak.is_installed():
        return espeak.EspeakVoice()
    raise VoiceUnavailable("neither espeakng-loader nor piper-tts with a model is installed")


def speaker(models: Path) -> Speaker:
    """Return the speaker of this process, opened at first use; for another folder the earlier one is closed."""
    with _opening:
        if models not in _open:
            _close()
            _open[models] = Speaker(open_voice(models))
        return _open[models]


def close() -> None:
    """Let go of the voice of this process; the next use opens it again."""
    with _opening:
        _close()


def _close() -> None:
    while _open:
        _open.popitem()[1].voice.close()


atexit.register(close)


def speak(text: str, rate: float = 1.0, *, say_first: str = "", models: Path = Path("var/voice")) -> Spoken:
    """Speak a text with the best voice of this machine. Raises VoiceUnavailable."""
    return speaker(models).speak(text, rate, say_first)
