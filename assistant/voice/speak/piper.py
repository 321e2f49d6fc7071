"""The better voice: Piper with a Dutch model, when the package piper-tts and a model are installed."""

from __future__ import annotations

import importlib
import importlib.util
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.voice.errors import ModelInvalid, VoiceUnavailable
from assistant.voice.speak.voice import Chunk, spread


def is_installed() -> bool:
    """Whether the package is there (GPL-3.0-or-later, so it is an extra)."""
    return importlib.util.find_spec("piper") is not None


def model_in(folder: Path) -> Path | None:
    """Return the model in a folder: an .onnx file with its .onnx.json beside it."""
    found = (path for path in sorted(folder.glob("*.onnx")) if path.with_name(f"{path.name}.json").exists())
    return next(found, None)


class PiperVoice:
    """One Piper model in memory; it may be used by one sentence at a time."""

    reads_by_rule = False

    def __init__(self, folder: Path) -> None:
        model = model_in(folder)
        if model is None:
            raise ModelInvalid(f"no .onnx with .onnx.json in {folder}")
        try:
            self._piper: Any = importlib.import_module("piper")
            self._voice: Any = self._piper.PiperVoice.load(str(model))
        except ImportError as error:
            raise VoiceUnavailable("piper-tts is not installed") from error
        except Exception as error:  # onnxruntime and piper raise errors of their own for a damaged file
            raise ModelInvalid(f"{model.name}: {type(error).__name__}") from error
        self.name, self.rate_hertz = f"piper {model.stem}", int(self._voice.config.sample_rate)
        self._lock = threading.Lock()

    def say(self, sentence: str, rate: float) -> Iterator[Chunk]:
        """Yield the sound of a sentence; its words are spread over it by their length."""
        settings = self._piper.SynthesisConfig(length_scale=1.0 / rate)
        with self._lock:
            try:
                pcm = b"".join(part.audio_int16_bytes for part in self._voice.synthesize(sentence, syn_config=settings))
            except Exception as error:  # whatever the engine could not do, the house has one answer to it
                raise VoiceUnavailable(f"piper: {type(error).__name__}") from error
        yield Chunk(pcm, spread(sentence, len(pcm) / 2 / self.rate_hertz))

    def close(self) -> None:
        """Forget the model."""
        self._voice = None
