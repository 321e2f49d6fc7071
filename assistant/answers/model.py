"""One answer as an editor writes it, and the words of one municipality."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from assistant.answers.opening_hours import OpeningHours
from assistant.core.reply import Card

Audience = Literal["werkzoekende", "werkgever", "beide", "algemeen"]

FIELDS = (
    "title", "audience", "text", "simple", "spoken", "werkgever", "next", "buttons", "cards", "facts", "newest",
    "checked", "review_before", "private", "standard_checked", "standard_hash",
)  # fmt: skip


@dataclass(frozen=True)
class Words:
    """The same thing said in three ways; `simple` and `spoken` may be empty, then `text` is used."""

    text: str
    simple: str = ""
    spoken: str = ""


@dataclass(frozen=True)
class Answer:
    """One entry of data/answers."""

    key: str
    title: str
    audience: Audience
    words: Words
    employer: Words | None = None
    """Words for an employer, when those must differ."""
    next: tuple[str, ...] = ()
    """Keys of follow-up questions; they become buttons."""
    buttons: tuple[tuple[str, str], ...] = ()
    """Fixed choices as (title, payload), for questions of ours."""
    cards: tuple[Card, ...] = ()
    """Things laid side by side: what, for whom, pay, who decides."""
    facts: tuple[str, ...] = ()
    newest: str = ""
    checked: dt.date | None = None
    review_before: dt.date | None = None
    private: bool = False
    """Said without Rasa and without a trace in the log: a step of the orientation on what somebody can do."""
    standard_checked: dt.date | None = None
    """For an answer of one municipality: when it was last laid beside the standard text."""
    standard_hash: str = ""
    """For an answer of one municipality: fingerprint of the standard text that it was laid beside."""
    file: str = ""
    line: int = 0

    def is_stale(self, today: dt.date) -> bool:
        """Whether the sentences with yearly figures may no longer be said."""
        return self.review_before is not None and today >= self.review_before

    def variants(self) -> list[tuple[str, Words]]:
        """Return the words with their place in the file: '' for everybody or the jobseeker, 'werkgever'."""
        return [("", self.words)] + ([("werkgever", self.employer)] if self.employer else [])


@dataclass(frozen=True)
class MunicipalityWords:
    """The values that are filled in for one municipality, from data/municipalities."""

    id: str
    name: str
    values: dict[str, str] = field(default_factory=dict)
    hours: OpeningHours | None = None
    file: str = ""
