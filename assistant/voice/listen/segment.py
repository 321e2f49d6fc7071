"""An utterance for engines that hear it whole: sound is kept until its end."""

from __future__ import annotations

from collections.abc import Callable

from assistant.voice.errors import ListenUnavailable, VoiceError
from assistant.voice.listen.engine import Heard

Transcribe = Callable[[bytes], Heard]


class Segment:
    """Collects frames and understands them at the end; it gives no partials."""

    def __init__(self, transcribe: Transcribe) -> None:
        self._transcribe, self._pcm = transcribe, bytearray()

    def hear(self, pcm: bytes) -> Heard | None:
        """Keep a frame."""
        self._pcm += pcm
        return None

    def end(self) -> Heard:
        """Understand all of it; silence is understood as nothing without asking the engine."""
        pcm, self._pcm = bytes(self._pcm), bytearray()
        try:
            return self._transcribe(pcm) if any(pcm) else Heard("", True)
        except VoiceError:
            raise
        except Exception as error:  # every engine has errors of its own; the house has one answer to them
            raise ListenUnavailable(f"the engine failed: {type(error).__name__}") from error
