"""sherpa-onnx, the first choice: streaming transducers, and Parakeet or Whisper for a whole utterance."""

from __future__ import annotations

import importlib
import importlib.util
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.voice.errors import ListenUnavailable, ModelInvalid
from assistant.voice.listen.engine import RATE_HERTZ, Heard, Kind, Listening, floats
from assistant.voice.listen.segment import Segment

TAIL = b"\0\0" * (RATE_HERTZ * 6 // 10)
"""Silence after the last frame, so that a streaming model lets go of its last word."""
THREADS = 2


def is_installed() -> bool:
    """Whether the package is there."""
    return importlib.util.find_spec("sherpa_onnx") is not None


class SherpaRecogniser:
    """One model folder in the layout of the sherpa-onnx releases."""

    def __init__(self, folder: Path, *, streaming: bool) -> None:
        try:
            self._package: Any = importlib.import_module("sherpa_onnx")
        except ImportError as error:
            raise ListenUnavailable("sherpa-onnx is not installed") from error
        self.name = f"sherpa-onnx {folder.name}"
        self.kind: Kind = "streaming" if streaming else "segment"
        self._bpe = next(folder.glob("bpe.vocab"), None)
        self.takes_phrases = streaming and self._bpe is not None
        self._is_lower = any(
            one.islower() for one in _file(folder, "tokens").read_text(encoding="utf-8").split("\n", 3)[-1]
        )
        try:
            self._model: Any = self._online(folder) if streaming else self._offline(folder)
        except (RuntimeError, ValueError) as error:
            raise ModelInvalid(f"{folder.name}: {error}") from error

    def open(self, phrases: tuple[str, ...] = ()) -> Listening:
        """Begin an utterance."""
        if self.kind == "segment":
            return Segment(self._whole)
        written = str.lower if self._is_lower else str.upper
        hotwords = "/".join(map(written, phrases)) if self.takes_phrases else None
        return _Stream(self._model, self._model.create_stream(hotwords) if hotwords else self._model.create_stream())

    def close(self) -> None:
        """Forget the model."""
        self._model = None

    def _online(self, folder: Path) -> Any:
        parts = {name: str(_file(folder, name)) for name in ("encoder", "decoder", "joiner")}
        search = {"decoding_method": "modified_beam_search", "modeling_unit": "bpe", "bpe_vocab": str(self._bpe)}
        return self._package.OnlineRecognizer.from_transducer(
            tokens=str(_file(folder, "tokens")), num_threads=THREADS, sample_rate=RATE_HERTZ, **parts,
            **(search if self._bpe else {}),
        )  # fmt: skip

    def _offline(self, folder: Path) -> Any:
        make, tokens = self._package.OfflineRecognizer, str(_file(folder, "tokens"))
        if any(folder.glob("*joiner*.onnx")):
            parts = {name: str(_file(folder, name)) for name in ("encoder", "decoder", "joiner")}
            return make.from_transducer(tokens=tokens, num_threads=THREADS, model_type="nemo_transducer", **parts)
        parts = {name: str(_file(folder, name)) for name in ("encoder", "decoder")}
        return make.from_whisper(tokens=tokens, num_threads=THREADS, language="nl", **parts)

    def _whole(self, pcm: bytes) -> Heard:
        stream = self._model.create_stream()
        stream.accept_waveform(RATE_HERTZ, floats(pcm))
        self._model.decode_stream(stream)
        result = stream.result
        return Heard(result.text.strip(), True, certainty(getattr(result, "ys_log_probs", ())))


class _Stream:
    """One utterance of a streaming model."""

    def __init__(self, model: Any, stream: Any) -> None:
        self._model, self._stream, self._last = model, stream, ""

    def hear(self, pcm: bytes) -> Heard | None:
        self._decode(pcm)
        text = self._model.get_result(self._stream)
        if text == self._last:
            return None
        self._last = text
        return Heard(text, False)

    def end(self) -> Heard:
        self._decode(TAIL)
        self._stream.input_finished()
        self._decode(b"")
        text = self._model.get_result(self._stream)
        return Heard(text, True, certainty(self._model.ys_probs(self._stream)))

    def _decode(self, pcm: bytes) -> None:
        if pcm:
            self._stream.accept_waveform(RATE_HERTZ, floats(pcm))
        while self._model.is_ready(self._stream):
            self._model.decode_stream(self._stream)


def certainty(logs: Sequence[float]) -> float | None:
    """Return the mean probability of the tokens, None when the engine gave none."""
    chances = [math.exp(min(0.0, log)) for log in logs]
    return round(sum(chances) / len(chances), 3) if chances else None


def _file(folder: Path, part: str) -> Path:
    """Return the file of a part; the small int8 form wins when both are there."""
    if part == "tokens":
        found = sorted(folder.glob("*tokens.txt"))
    else:
        found = sorted(folder.glob(f"*{part}*.onnx"), key=lambda path: ("int8" not in path.name, path.name))
    if not found:
        raise ModelInvalid(f"{folder.name} has no {part}")
    return found[0]
