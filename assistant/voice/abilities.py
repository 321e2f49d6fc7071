"""What this server can do with sound, for `/health` and the widget: nothing is promised that does not load."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from assistant.voice.errors import VoiceError
from assistant.voice.listen.choose import open_recogniser
from assistant.voice.listen.wyoming import WyomingRecogniser
from assistant.voice.models import Installed
from assistant.voice.speak import speaker

Mode = Literal["none", "push-to-talk", "streaming"]
FRESH_SECONDS = 60
"""How long the word of a Wyoming server, and a voice that failed, are believed."""


@dataclass(frozen=True)
class Abilities:
    """Speaking and listening, with what does it; empty names when nothing does."""

    speak: bool
    listen: bool
    voice: str = ""
    recogniser: str = ""
    mode: Mode = "none"

    def as_json(self) -> dict[str, Any]:
        """Return the form of `/health`."""
        return dict(vars(self))


def abilities(models: Path) -> Abilities:
    """Return what works now. A model is loaded once to see whether it does, and again when something was installed."""
    period = int(time.monotonic() // FRESH_SECONDS)
    voice, (recogniser, mode) = _voice(models, period), _recogniser(models, _installed(models, period))
    return Abilities(bool(voice), bool(recogniser), voice, recogniser, mode)


def _installed(models: Path, period: int) -> tuple[object, ...]:
    """Return what changes when something is installed or chosen; for a server, also with time."""
    marks = [*sorted(models.glob("*/.works")), models / "choice.json"]
    state = tuple((str(path), path.stat().st_mtime_ns) for path in marks if path.exists())
    return (*state, period) if Installed(models).address else state


@lru_cache(maxsize=1)
def _voice(models: Path, period: int) -> str:
    try:
        return speaker(models).voice.name
    except VoiceError:
        return ""


@lru_cache(maxsize=1)
def _recogniser(models: Path, installed: tuple[object, ...]) -> tuple[str, Mode]:
    """Load what listens once and let it go: a folder with a broken file must not show a microphone."""
    try:
        engine = open_recogniser(models)
        if isinstance(engine, WyomingRecogniser):
            engine.describe()
        engine.close()
    except VoiceError:
        return "", "none"
    return engine.name, "streaming" if engine.kind == "streaming" else "push-to-talk"
