"""Whisper for a whole utterance: whisper.cpp (pywhispercpp) for a single file, faster-whisper for a folder."""

from __future__ import annotations

import importlib
import importlib.util
import math
import threading
from pathlib import Path
from typing import Any

from assistant.voice.errors import ListenUnavailable, ModelInvalid
from assistant.voice.listen.engine import RATE_HERTZ, Heard, Kind, Listening
from assistant.voice.listen.segment import Segment

MAGIC = (b"lmgg", b"ggml", b"GGUF")
SILENT = 0.6
"""Above this chance that nothing was said, what Whisper wrote is its own invention and is left out."""


def is_installed() -> bool:
    """Whether either package is there."""
    return any(importlib.util.find_spec(name) is not None for name in ("pywhispercpp", "faster_whisper"))


class WhisperRecogniser:
    """One Whisper model; one utterance at a time, the others wait."""

    takes_phrases = True
    kind: Kind = "segment"

    def __init__(self, folder: Path) -> None:
        single = next((path for path in sorted(folder.glob("*.bin")) if path.name.startswith("ggml")), None)
        self.name, self._lock = f"whisper {folder.name}", threading.Lock()
        self._is_cpp = single is not None
        self._model: Any = _cpp(single) if single else _faster(folder)

    def open(self, phrases: tuple[str, ...] = ()) -> Listening:
        """Begin an utterance; the phrases go in as what was said before."""
        prompt = ", ".join(phrases[:40])
        return Segment(lambda pcm: self._cpp_text(pcm, prompt) if self._is_cpp else self._faster_text(pcm, prompt))

    def close(self) -> None:
        """Forget the model."""
        self._model = None

    def _cpp_text(self, pcm: bytes, prompt: str) -> Heard:
        with self._lock:
            parts = self._model.transcribe(_array(pcm), language="nl", initial_prompt=prompt, extract_probability=True)
        chances = [float(part.probability) for part in parts if not math.isnan(float(part.probability))]
        text = " ".join(part.text.strip() for part in parts).strip()
        return Heard(text, True, round(sum(chances) / len(chances), 3) if chances else None)

    def _faster_text(self, pcm: bytes, prompt: str) -> Heard:
        with self._lock:
            parts, _ = self._model.transcribe(_array(pcm), language="nl", initial_prompt=prompt, beam_size=1)
            kept = [part for part in parts if part.no_speech_prob < SILENT]
        chances = [math.exp(part.avg_logprob) for part in kept]
        text = " ".join(part.text.strip() for part in kept).strip()
        return Heard(text, True, round(sum(chances) / len(chances), 3) if chances else None)


def _cpp(file: Path) -> Any:
    with file.open("rb") as stream:
        if stream.read(4) not in MAGIC:
            raise ModelInvalid(f"{file.name} is not a whisper.cpp model")
    try:
        package = importlib.import_module("pywhispercpp.model")
        return package.Model(str(file), print_progress=False, print_realtime=False)
    except ImportError as error:
        raise ListenUnavailable("pywhispercpp is not installed") from error
    except Exception as error:  # the package raises errors of its own for a file that it cannot load
        raise ModelInvalid(f"{file.name} cannot be loaded") from error


def _faster(folder: Path) -> Any:
    if not (folder / "model.bin").exists():
        raise ModelInvalid(f"{folder.name} has neither ggml-*.bin nor model.bin")
    try:
        package = importlib.import_module("faster_whisper")
        return package.WhisperModel(str(folder), device="cpu", compute_type="int8", local_files_only=True)
    except ImportError as error:
        raise ListenUnavailable("faster-whisper is not installed") from error
    except Exception as error:  # ctranslate2 raises RuntimeError and its own kinds
        raise ModelInvalid(f"{folder.name} cannot be loaded") from error


def _array(pcm: bytes) -> Any:
    numpy = importlib.import_module("numpy")
    assert RATE_HERTZ == 16_000, "Whisper hears 16 kHz only"
    return numpy.frombuffer(pcm, dtype="<i2").astype("float32") / 32768
