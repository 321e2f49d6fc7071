"""What somebody is looking for, as it is kept between turns, and what each message changes in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from actions.forms.readers import needs_said, read_hours
from actions.message import Message
from assistant.placement import OpeningSearch
from assistant.placement.search import RADIUS

SLOT = "zoekvraag"
PAGE = 3
_WORK_DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_NUMBER = re.compile(r"\bW[- ]?(\d{1,5})\b", re.IGNORECASE)
_MORE = re.compile(
    r"^\W*(ja |oke? |graag |en |heb je |heeft u |zijn er |laat |toon )*(me |mij )?(nog )*(meer|andere|volgende"
    r"|wat anders)"
    r"( \w+){0,2}( zien)?\W*$",
    re.IGNORECASE,
)
_NEARER = re.compile(
    r"\b(dichter ?bij|dichter in de buurt|minder ver|korter reizen|niet zo ver|te ver( weg)?)\b", re.IGNORECASE
)
_FARTHER = re.compile(r"\b(verder weg|mag verder|grotere afstand|ruimer zoeken|wil (best )?reizen)\b", re.IGNORECASE)
_FEWER = re.compile(r"\b(minder( \w+)? ?uu?re?n?|minder lang|korter werken|kleinere baan|iets minder)\b", re.IGNORECASE)
_LONGER = re.compile(r"\b(meer( \w+)? ?uu?re?n?|langer werken|grotere baan)\b", re.IGNORECASE)
_ANYWHERE = re.compile(r"\b(maakt niet uit waar|overal|heel nederland|plaats maakt niet uit)\b", re.IGNORECASE)
_ANYTHING = re.compile(
    r"\b(maakt niet uit wat|alle soorten|ander (soort )?werk|elk soort werk|alles mag|iets anders dan)\b", re.IGNORECASE
)
_KINDS = (
    ("dagbesteding_plus", re.compile(r"\bdagbesteding\b", re.IGNORECASE)),
    (
        "praktijkleerplek",
        re.compile(r"\b(leer ?werk ?plek\w*|leerplek\w*|praktijkleren|om te leren|certificaat)\b", re.IGNORECASE),
    ),
    ("banenafspraak", re.compile(r"\b(via|met|onder|voor) de banen ?afspraak\b|\bbanenafspraakbaan\b", re.IGNORECASE)),
    ("beschut", re.compile(r"\bbeschut(te)?( werk)?(plek\w*)?\b", re.IGNORECASE)),
    ("detachering", re.compile(r"\bdetach\w+\b", re.IGNORECASE)),
)
_ORDINALS = {
    "eerste": 1,
    "1e": 1,
    "tweede": 2,
    "2e": 2,
    "derde": 3,
    "3e": 3,
    "laatste": -1,
    "bovenste": 1,
    "middelste": 2,
}
SMALLER, STEP_HOURS = 0.5, 8
"""A wish for 'nearer' halves the distance; 'fewer hours' reaches eight hours lower."""


@dataclass(frozen=True)
class Wanted:
    """What is being looked for, as it is kept in the slot between turns."""

    work_kind: str | None = None
    place: str | None = None
    hours: tuple[int, int] | None = None
    days: tuple[str, ...] = ()
    kind: str | None = None
    needs: tuple[str, ...] = ()
    radius_km: float = RADIUS
    offset: int = 0
    shown: tuple[str, ...] = ()
    """Numbers of the openings that were shown last."""
    nearest_km: float | None = None
    """Distance of the nearest one that was shown."""

    @classmethod
    def of(cls, raw: dict[str, Any] | None) -> Wanted:
        """Read the slot."""
        raw = {name: value for name, value in (raw or {}).items() if name in cls.__dataclass_fields__}
        for name in ("hours", "days", "needs", "shown"):
            if raw.get(name) is not None:
                raw[name] = tuple(raw[name])
        return cls(**raw)

    def to_slot(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in vars(self).items()}

    def search(self, talk_municipality: str | None) -> OpeningSearch:
        """Return the search; without a place the municipality of the talk is the place."""
        return OpeningSearch(
            work_kind=self.work_kind,
            place=self.place,
            hours=self.hours,
            days=frozenset(self.days) or None,
            kind=self.kind,
            municipality=None if self.place else talk_municipality,
            radius_km=self.radius_km,
            needs=frozenset(self.needs) or None,
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is known of the wish."""
        return not (self.work_kind or self.place or self.hours or self.days or self.kind or self.needs)


def asks_more(message: Message) -> bool:
    """Whether somebody wants to see the next ones."""
    return bool(_MORE.search(message.text)) and message.value("soort_werk", "plaats", "uren_per_week") is None


def next_page(before: Wanted) -> Wanted:
    """Return the same wish, three further on."""
    return replace(before, offset=before.offset + PAGE)


def read_wanted(message: Message, before: Wanted) -> Wanted:
    """Return the wish with what this message adds or changes; the list starts from the first page again."""
    named = tuple(day for day in str(message.value("dagen") or "").split(",") if day in _WORK_DAYS)
    hours = read_hours(message, False)
    place = message.value("plaats", "postcode")
    wanted = replace(
        before,
        work_kind=message.value("soort_werk") or before.work_kind,
        place=place or before.place,
        hours=(hours[0], hours[1]) if hours else before.hours,
        days=named or before.days,
        kind=next((kind for kind, words in _KINDS if words.search(message.text)), before.kind),
        needs=tuple(sorted(set(before.needs) | needs_said(message))),
        radius_km=RADIUS if place else before.radius_km,
        offset=0,
    )
    return _turned(message.text, wanted, said_hours=bool(hours))


def _turned(text: str, wanted: Wanted, *, said_hours: bool) -> Wanted:
    """Follow 'iets dichterbij', 'ook met minder uren', 'maakt niet uit waar'."""
    if _NEARER.search(text):
        reach = min(wanted.radius_km, max(wanted.nearest_km or wanted.radius_km, 2.0))
        wanted = replace(wanted, radius_km=max(1.0, round(reach * SMALLER, 1)))
    if _FARTHER.search(text):
        wanted = replace(wanted, radius_km=wanted.radius_km * 2)
    if wanted.hours and not said_hours and _FEWER.search(text):
        wanted = replace(wanted, hours=(max(1, wanted.hours[0] - STEP_HOURS), wanted.hours[1]))
    if wanted.hours and not said_hours and _LONGER.search(text):
        wanted = replace(wanted, hours=(wanted.hours[0], min(40, wanted.hours[1] + STEP_HOURS)))
    if _ANYWHERE.search(text):
        wanted = replace(wanted, place=None, radius_km=RADIUS)
    return replace(wanted, work_kind=None) if _ANYTHING.search(text) else wanted


def number_meant(message: Message, wanted: Wanted, last: str | None, *, sole: bool = True) -> str | None:
    """Return the number of the opening a message points at: written, by its place in the list, or the last one."""
    if written := _NUMBER.search(message.text):
        return f"W-{int(written[1]):04d}"
    position = _position(message)
    if position is not None and wanted.shown:
        return wanted.shown[position] if -1 <= position < len(wanted.shown) else None
    return last or (wanted.shown[0] if sole and len(wanted.shown) == 1 else None)


def _position(message: Message) -> int | None:
    pointed = str(message.value("werkplek_nummer") or "")
    if pointed.startswith("volgorde:") and pointed[9:].lstrip("-").isdigit():
        place = int(pointed[9:])
        return place - 1 if place > 0 else place
    words = re.findall(r"\w+", message.text.lower())
    return next((_ORDINALS[word] - (_ORDINALS[word] > 0) for word in words if word in _ORDINALS), None)
