"""The recogniser of this process: opened at first use, shared by all talks, and anew after an installation."""

from __future__ import annotations

import threading
from pathlib import Path

import structlog

from assistant.voice.abilities import abilities
from assistant.voice.errors import ListenUnavailable, VoiceError
from assistant.voice.listen import Recogniser
from assistant.voice.listen.choose import open_recogniser
from assistant.voice.listen.scripted import ScriptedRecogniser
from assistant.voice.models import Installed

logger = structlog.get_logger(__name__)
SCRIPTED = "scripted"


class Engines:
    """What listens here. `script` is a file of the tests and of development: then nothing real is listened to."""

    def __init__(self, models: Path, script: Path | None = None) -> None:
        self._models, self._lock = models, threading.Lock()
        self._script = ScriptedRecogniser.read(script) if script else None
        self._open: Recogniser | None = None
        self._what: object = None

    @property
    def is_scripted(self) -> bool:
        """Whether a script stands in for a recogniser."""
        return self._script is not None

    def works(self) -> bool:
        """Whether somebody can be understood here now; looks at what is really installed and loads it once."""
        return self.is_scripted or abilities(self._models).listen

    def recogniser(self) -> Recogniser:
        """Return what listens. Raises ListenUnavailable when nothing does."""
        if self._script is not None:
            return self._script
        with self._lock:
            installed = Installed(self._models)
            what = (installed.address, installed.listening)
            if self._open is None or what != self._what:
                self._close()
                self._open, self._what = open_recogniser(self._models), what
            return self._open

    def recogniser_or_none(self) -> Recogniser | None:
        """Return what listens, None when nothing does: a telephone then works with its keys."""
        try:
            return self.recogniser()
        except ListenUnavailable:
            return None
        except VoiceError as error:
            logger.warning("recogniser not usable", reason=str(error))
            return None

    def close(self) -> None:
        """Let go of the model."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._open is not None:
            self._open.close()
        self._open = None
