"""Speak: from a written text to sound with a mark for every word."""

from assistant.voice.speak.choose import close, open_voice, speak, speaker
from assistant.voice.speak.speaker import Piece, Speaker
from assistant.voice.speak.spoken import Mark, Spoken
from assistant.voice.speak.voice import FASTEST, SLOWEST, Voice

__all__ = [
    "FASTEST",
    "SLOWEST",
    "Mark",
    "Piece",
    "Speaker",
    "Spoken",
    "Voice",
    "close",
    "open_voice",
    "speak",
    "speaker",
]
