"""One turn in a form, as plain data: what is known before it, and what it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from actions.message import Message
from actions.reply import Part

SKIPPED = "overgeslagen"
"""Value of a field that the person chose to leave open."""
CONSENT = "toestemming"

Reader = Callable[[Message, bool], Any]
"""Reads a value from a message. The flag says whether this field was asked for: then bare words count too."""


@dataclass(frozen=True)
class Field:
    """One question of a form."""

    slot: str
    read: Reader
    optional: bool = False
    shown: Callable[[Any], Any] = str
    """Turns the stored value into something to read back: text, or a value of `word_for`."""
    brief: Callable[[Any], Any] | None = None
    """As `shown`, for a row of values without their labels; None when `shown` is clear by itself."""
    asked: bool = True
    """False for what is only taken along when somebody says it, such as the opening they chose."""
    alone: bool = False
    """True for a question that takes the whole answer for itself: nothing else is read from it."""

    def in_a_row(self, value: Any) -> Any:
        """Return the value as it reads among others: '32 uur'."""
        return (self.brief or self.shown)(value)


@dataclass(frozen=True)
class Form:
    """A form: its name, its questions in order, and what to remark when values change."""

    name: str
    fields: tuple[Field, ...]
    consent: bool = True
    """Whether there is a read-back with a yes or no before the form is sent."""
    remarks: Callable[[dict[str, Any], str | None], list[Part]] = lambda values, municipality: []
    """Returns parts about the values so far, such as a rule of the municipality that is not met."""
    heard: Callable[[str], list[Part]] = lambda text: []
    """Returns parts about what was just said, such as a wish that the law does not allow."""
    follows: Callable[[dict[str, Any]], dict[str, Any]] = lambda given: {}
    """Returns values that follow from the ones just given, such as the kind of work from the tasks."""

    def field(self, slot: str | None) -> Field | None:
        """Return the question of a slot, or None."""
        return next((each for each in self.fields if each.slot == slot), None)

    @property
    def slots(self) -> tuple[str, ...]:
        """All slots of the form, the consent included."""
        return (*(each.slot for each in self.fields), *((CONSENT,) if self.consent else ()))

    @property
    def questions(self) -> tuple[str, ...]:
        """The slots that are asked for, in order."""
        return (*(each.slot for each in self.fields if each.asked), *((CONSENT,) if self.consent else ()))


@dataclass(frozen=True)
class State:
    """What is known when a turn begins."""

    values: dict[str, Any]
    requested: str | None
    """The slot that was asked for; None at the first turn."""
    misses: int = 0
    """How many times in a row the same question was not understood."""
    remarked: tuple[str, ...] = ()
    """Keys of remarks that were made already."""
    municipality: str | None = None
    prefill: dict[str, Any] = field(default_factory=dict)
    """Values that were said before the form began, such as in a search; shown, and easy to change."""
    pausing: bool = False
    """Whether the person was just asked if the values may be kept for later."""
    changing: bool = False
    """Whether the person was just asked what has to be changed: a yes to that is no consent."""


@dataclass(frozen=True)
class Step:
    """What a turn does: say these parts, change these slots, ask for this slot (None ends the form)."""

    parts: tuple[Part, ...] = ()
    changes: dict[str, Any] = field(default_factory=dict)
    requested: str | None = None
    misses: int = 0
    remarked: tuple[str, ...] = ()
    pausing: bool = False
    """Whether this turn asks if the values may be kept for later."""
    changing: bool = False
    """Whether this turn asks what has to be changed."""
    pause: bool = False
    """Whether the values go into a pigeonhole with a short code, to go on later or on another device."""

    level: Literal["a2", "b1"] | None = None
    """Easy or ordinary words from here on; None leaves them as they are."""

    def saying(self, *parts: Part) -> Step:
        """Return the step with these parts said first."""
        return replace(self, parts=(*parts, *self.parts))
