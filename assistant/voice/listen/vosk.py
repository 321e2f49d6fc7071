"""Vosk: streaming with partials, small, and a list of words that it should expect."""

from __future__ import annotations

import importlib
import importlib.util
import json
from pathlib import Path
from typing import Any

from assistant.voice.errors import ListenUnavailable, ModelInvalid
from assistant.voice.listen.engine import RATE_HERTZ, Heard, Kind, Listening

NEEDED = ("am/final.mdl", "conf/mfcc.conf")


def is_installed() -> bool:
    """Whether the package is there."""
    return importlib.util.find_spec("vosk") is not None


class VoskRecogniser:
    """One Kaldi model folder as Vosk releases them."""

    takes_phrases = False
    """A word list would shut out every other word; it is for menus with a fixed choice."""
    kind: Kind = "streaming"

    def __init__(self, folder: Path) -> None:
        missing = [name for name in NEEDED if not (folder / name).exists()]
        if missing:
            raise ModelInvalid(f"{folder.name} has no {', '.join(missing)}")
        try:
            self._package: Any = importlib.import_module("vosk")
        except ImportError as error:
            raise ListenUnavailable("vosk is not installed") from error
        self._package.SetLogLevel(-1)
        try:
            self._model: Any = self._package.Model(str(folder))
        except Exception as error:  # vosk raises a bare Exception
            raise ModelInvalid(f"{folder.name} cannot be loaded") from error
        self.name = f"vosk {folder.name}"

    def open(self, phrases: tuple[str, ...] = ()) -> Listening:
        """Begin an utterance."""
        recogniser = self._package.KaldiRecognizer(self._model, RATE_HERTZ)
        recogniser.SetWords(True)
        return _Stream(recogniser)

    def close(self) -> None:
        """Forget the model."""
        self._model = None


class _Stream:
    """Vosk cuts at pauses of its own; the pieces are put together."""

    def __init__(self, recogniser: Any) -> None:
        self._recogniser, self._last = recogniser, ""
        self._done: list[dict[str, Any]] = []

    def hear(self, pcm: bytes) -> Heard | None:
        if self._recogniser.AcceptWaveform(pcm):
            self._done.append(json.loads(self._recogniser.Result()))
            partial = ""
        else:
            partial = json.loads(self._recogniser.PartialResult()).get("partial", "")
        text = " ".join([*(part["text"] for part in self._done), partial]).strip()
        if text == self._last:
            return None
        self._last = text
        return Heard(text, False)

    def end(self) -> Heard:
        self._done.append(json.loads(self._recogniser.FinalResult()))
        text = " ".join(part.get("text", "") for part in self._done).strip()
        words = [word["conf"] for part in self._done for word in part.get("result", ())]
        return Heard(text, True, round(sum(words) / len(words), 3) if words else None)
