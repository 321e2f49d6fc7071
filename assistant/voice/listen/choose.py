"""Which recogniser listens: the one that was chosen, else the first that is installed and loads, else none."""

from __future__ import annotations

from pathlib import Path

from assistant.voice.errors import ListenUnavailable, ModelInvalid
from assistant.voice.listen import sherpa, vosk, whisper
from assistant.voice.listen.engine import Recogniser
from assistant.voice.listen.sherpa import SherpaRecogniser
from assistant.voice.listen.vosk import VoskRecogniser
from assistant.voice.listen.whisper import WhisperRecogniser
from assistant.voice.listen.wyoming import WyomingRecogniser
from assistant.voice.models import Installed, Model

_IS_INSTALLED = {
    "sherpa-streaming": sherpa.is_installed,
    "sherpa-segment": sherpa.is_installed,
    "vosk": vosk.is_installed,
    "whisper": whisper.is_installed,
}


def engine_is_installed(engine: str) -> bool:
    """Whether the package that an engine needs is there."""
    return engine in _IS_INSTALLED and _IS_INSTALLED[engine]()


def open_model(engine: str, folder: Path) -> Recogniser:
    """Load a model with its engine. Raises ListenUnavailable or ModelInvalid."""
    if engine == "vosk":
        return VoskRecogniser(folder)
    if engine == "whisper":
        return WhisperRecogniser(folder)
    if engine in ("sherpa-streaming", "sherpa-segment"):
        return SherpaRecogniser(folder, streaming=engine == "sherpa-streaming")
    raise ModelInvalid(f"no engine is called {engine}")


def open_recogniser(models: Path, model: Model | None = None) -> Recogniser:
    """Load a model, or what listens on this machine. Raises ListenUnavailable when there is nothing."""
    installed = Installed(models)
    if model is None and (address := installed.address):
        return WyomingRecogniser(address)
    chosen = model or installed.listening
    if chosen is None or not installed.has(chosen):
        raise ListenUnavailable("no speech model is installed: meedoen voice list")
    return open_model(chosen.engine, installed.folder(chosen))
