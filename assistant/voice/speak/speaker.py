"""From a written text to sound: sentence by sentence, so that the first sounds while the rest is being made."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.voice.dutch import SpokenText, sentences, spoken
from assistant.voice.errors import VoiceUnavailable
from assistant.voice.speak import wav
from assistant.voice.speak.spoken import Mark, Spoken
from assistant.voice.speak.voice import FASTEST, SLOWEST, Voice

PAUSE_SECONDS, PARAGRAPH_SECONDS = 0.2, 0.45
LONGEST_TEXT = 4000
"""Characters that are spoken at most; an answer has about six hundred."""


@dataclass(frozen=True)
class Piece:
    """A piece of sound on the way, with the words that begin in it."""

    pcm: bytes
    marks: tuple[Mark, ...] = ()


class Speaker:
    """Speaks with one voice."""

    def __init__(self, voice: Voice) -> None:
        self.voice = voice

    def stream(self, text: str, rate: float = 1.0) -> Iterator[Piece]:
        """Yield sound as soon as it is there. `rate` outside 0.7 to 1.5 is brought back to it."""
        rate = min(FASTEST, max(SLOWEST, rate))
        clock, text = 0.0, text[:LONGEST_TEXT]
        for sentence in sentences(text):
            said = spoken(text[sentence.start : sentence.end], by_rule=self.voice.reads_by_rule)
            if not said.stretches:
                continue
            began = clock
            for chunk in self.voice.say(said.text, rate):
                marks = _marks(chunk.words, said, sentence.start, began)
                clock += self._seconds(chunk.pcm)
                yield Piece(chunk.pcm, marks)
            pause = self._pause(PARAGRAPH_SECONDS if sentence.ends_paragraph else PAUSE_SECONDS, rate)
            clock += self._seconds(pause)
            yield Piece(pause)

    def speak(self, text: str, rate: float = 1.0, say_first: str = "") -> Spoken:
        """Return a whole message as a marked WAV file; `say_first` is spoken before it."""
        sound: list[bytes] = [piece.pcm for piece in self.stream(say_first, rate)] if say_first else []
        lead = self._seconds(b"".join(sound))
        marks: list[Mark] = []
        for piece in self.stream(text, rate):
            sound.append(piece.pcm)
            marks += [Mark(lead + mark.at, mark.start, mark.end) for mark in piece.marks]
        pcm = b"".join(sound)
        if not pcm:
            raise VoiceUnavailable("nothing to say")
        file = wav.write(pcm, self.voice.rate_hertz, self.voice.name)
        return Spoken(file, _once(marks), text, self._seconds(pcm), self.voice.name, say_first)

    def measure(self, text: str) -> tuple[float, float]:
        """Return the seconds until the first sound, and the seconds of work per second of sound."""
        began = time.perf_counter()
        pieces = self.stream(text)
        first = next(pieces)
        until_first = time.perf_counter() - began
        sound = self._seconds(first.pcm) + sum(self._seconds(piece.pcm) for piece in pieces)
        return until_first, (time.perf_counter() - began) / sound

    def _seconds(self, pcm: bytes) -> float:
        return len(pcm) / 2 / self.voice.rate_hertz

    def _pause(self, seconds: float, rate: float) -> bytes:
        return b"\0\0" * round(seconds / rate * self.voice.rate_hertz)


def _marks(words: tuple[tuple[int, float], ...], said: SpokenText, offset: int, began: float) -> tuple[Mark, ...]:
    """Lead the words of a spoken sentence back to the written text."""
    found = ((at, said.source(place)) for place, at in words)
    return tuple(Mark(began + at, offset + start, offset + end) for at, (start, end) in found)


def _once(marks: list[Mark]) -> tuple[Mark, ...]:
    """Keep the first of marks that stand for the same stretch: '14 036' is five spoken words."""
    return tuple(mark for at, mark in enumerate(marks) if at == 0 or mark.start != marks[at - 1].start)
