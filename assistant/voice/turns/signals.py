"""What goes into a turn and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """Where a spoken talk is."""

    IDLE = "idle"
    """Push-to-talk: nobody holds the button."""
    WAITING = "waiting"
    """Hands-free: it is the person's turn and nothing was said yet."""
    HEARING = "hearing"
    THINKING = "thinking"
    SPEAKING = "speaking"
    CLOSED = "closed"
    """Silence lasted; only a key, a button or the person speaking opens it again."""


class Ended(StrEnum):
    """Why a turn of the person ended."""

    SILENCE = "silence"
    RELEASED = "released"
    TOO_LONG = "too_long"


class Prompt(StrEnum):
    """What is said into silence, one after the other; each is a key `stem/...` of data/answers."""

    PATIENCE = "stem/geduld"
    HELP = "stem/hulp"
    KEYS = "stem/toetsen"


@dataclass(frozen=True)
class SpeechBegan:
    """The person began to speak, at that second: sound from there on goes to the recogniser."""

    at: float


@dataclass(frozen=True)
class TurnEnded:
    """The person is done: ask for the final text."""

    at: float
    why: Ended


@dataclass(frozen=True)
class StopPlaying:
    """The person speaks through the assistant: stop the sound now."""

    at: float
    heard_seconds: float
    """How much of the message had sounded; `Spoken.heard` and `unheard` make words of it."""


@dataclass(frozen=True)
class Say:
    """Say something into the silence."""

    at: float
    prompt: Prompt


Signal = SpeechBegan | TurnEnded | StopPlaying | Say
