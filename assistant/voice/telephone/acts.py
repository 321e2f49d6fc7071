"""What a call can do next; the line does it, the call only decides."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Speak:
    """Say this. What is protected is heard to its end, whatever key or voice comes through it."""

    text: str
    protected: bool = False
    open_question: bool = False
    """Whether somebody may need to think: then more silence is given."""


@dataclass(frozen=True)
class Hush:
    """Stop what sounds and forget what was still to be said."""


@dataclass(frozen=True)
class Tell:
    """Pass a message on to the conversation, as text from the page would be."""

    text: str


@dataclass(frozen=True)
class Transfer:
    """Once all was said: connect with a person."""


@dataclass(frozen=True)
class HangUp:
    """Once all was said: end the call."""


Act = Speak | Hush | Tell | Transfer | HangUp
