"""What the page may say over the socket, besides sound. What the house says back is listed in docs/nl/stem.md."""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.voice.errors import MessageNotUnderstood
from assistant.voice.speak import FASTEST, SLOWEST
from assistant.voice.turns import Pace

Kind = TypeVar("Kind")
LONGEST_JSON = 8192
"""Characters of one message."""


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Manner(_Message):
    """How somebody wants to talk. Holding a button is the rule; the rest is a choice."""

    hands_free: bool = False
    barge_in: bool = False
    """Whether the assistant is silent when the person speaks through it; off unless chosen (F40)."""
    more_time: bool = False
    rate: float = Field(default=1.0, ge=SLOWEST, le=FASTEST)

    @property
    def pace(self) -> Pace:
        """Return the waiting times that go with it."""
        return Pace(hands_free=self.hands_free, may_barge_in=self.barge_in)


class Start(_Message):
    """The first message: who may speak in this conversation. The token is never in the address."""

    type: Literal["start"]
    token: str | None = Field(default=None, max_length=200)
    manner: Manner = Manner()


class Change(_Message):
    """Another manner from now on."""

    type: Literal["manner"]
    manner: Manner


class Send(_Message):
    """A sentence that the person looked at and corrected. `id` makes a second time harmless."""

    type: Literal["send"]
    text: str = Field(min_length=1, max_length=8000)
    id: str = Field(min_length=1, max_length=64)


class Plain(_Message):
    """A message without anything in it."""

    type: Literal["press", "release", "cancel", "played", "again", "stop"]


class Stopped(_Message):
    """The page was silenced: so many seconds of the message had sounded."""

    type: Literal["stopped"]
    seconds: float = Field(ge=0, le=600)


Said = Change | Send | Plain | Stopped
_said: TypeAdapter[Said] = TypeAdapter(Annotated[Said, Field(discriminator="type")])


def read(text: str) -> Said:
    """Return a message. Raises MessageNotUnderstood."""
    return _read(_said, text)


def read_start(text: str) -> Start:
    """Return the first message. Raises MessageNotUnderstood."""
    return _read(TypeAdapter(Start), text)


def _read(adapter: TypeAdapter[Kind], text: str) -> Kind:
    if len(text) > LONGEST_JSON:
        raise MessageNotUnderstood("too long")
    try:
        return adapter.validate_json(text)
    except ValidationError as error:
        raise MessageNotUnderstood(str(error.error_count())) from error
