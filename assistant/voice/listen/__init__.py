"""Listen: from sound to text, with an engine of our own server or none."""

from assistant.voice.listen.engine import Heard, Listening, Recogniser, listen
from assistant.voice.listen.phrases import phrases
from assistant.voice.listen.repair import repaired

__all__ = ["Heard", "Listening", "Recogniser", "listen", "phrases", "repaired"]
