"""Dutch as it is said: numbers, dates, amounts and short forms in words, and where sentences end."""

from assistant.voice.dutch.normalise import SpokenText, spoken
from assistant.voice.dutch.sentences import Sentence, sentences

__all__ = ["Sentence", "SpokenText", "sentences", "spoken"]
