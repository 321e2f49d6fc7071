"""One answer as an editor writes it, and the words of one municipality."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

Audience = Literal["werkzoekende", "werkgever", "beide", "algemeen"]

FIELDS = (
    "title", "audience", "text", "simple", "spoken", "werkgever", "next", "buttons", "facts", "newest", "checked",
    "review_before", "standard_checked",
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
    facts: tuple[str, ...] = ()
    newest: str = ""
    checked: dt.date | None = None
    review_before: dt.date | None = None
    standard_checked: dt.date | None = None
    """For an answer of one municipality: when it was last laid beside the standard text."""
    file: str = ""
    line: int = 0

    def is_stale(self, today: dt.date) -> bool:
        """Whether the sentences with yearly figures may no longer be said."""
        return self.review_before is not None and today >= self.review_before


@dataclass(frozen=True)
class MunicipalityWords:
    """The values that are filled in for one municipality, from data/municipalities."""

    id: str
    name: str
    values: dict[str, str] = field(default_factory=dict)
