"""What was spoken: the sound, and when each word of the written text sounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Mark:
    """A word of the written text, text[start:end], and the second at which it begins to sound."""

    at: float
    start: int
    end: int


@dataclass(frozen=True)
class Spoken:
    """One message as sound. `said_first` is the sentence put before it, such as that a computer speaks."""

    wav: bytes
    marks: tuple[Mark, ...]
    text: str
    seconds: float
    voice: str
    said_first: str = ""

    def heard(self, seconds: float) -> str:
        """Return the part of the text that has begun to sound after so many seconds of playing."""
        if seconds >= self.seconds:
            return self.text
        begun = [mark for mark in self.marks if mark.at < seconds]
        return self.text[: max(mark.end for mark in begun)] if begun else ""

    def unheard(self, seconds: float) -> str:
        """Return the rest, which stays for 'herhaal' or 'ga verder'."""
        return self.text[len(self.heard(seconds)) :].lstrip(" .,!?;:")

    def as_json(self) -> dict[str, Any]:
        """Return what goes with the sound in JSON."""
        return {
            "text": self.text,
            "said_first": self.said_first,
            "seconds": round(self.seconds, 3),
            "voice": self.voice,
            "synthetic": True,
            "marks": [{"at": round(mark.at, 3), "start": mark.start, "end": mark.end} for mark in self.marks],
        }
