"""What the inbox can be narrowed by. An allow-list: a filter is one of these fields with a value of its kind, else
it is left out, so nothing that is typed in an address becomes a part of a query.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, false, or_, select

from assistant.review.judging import CAUSES
from assistant.review.work_models import SampleTalk, TalkSummary

ROLES = ("werkzoekende", "werkgever", "onbekend")
CHANNELS = {"web": "website", "voice": "spraak", "phone": "telefoon"}
FACES = {"slecht": "slecht", "gaat_wel": "gaat wel", "goed": "goed", "geen": "geen gezichtje"}
YES_NO = ("ja", "nee")
_CODE = re.compile(r"[a-z0-9_-]{1,40}")


@dataclass(frozen=True)
class Filters:
    """Chosen filters; None = everything. The names are those of the address."""

    van: date | None = None
    tot: date | None = None
    gemeente: str | None = None
    rol: str | None = None
    kanaal: str | None = None
    groep: str | None = None
    zeker_onder: int | None = None
    """Per cent: some turn was understood with less certainty than this."""
    misgelopen: str | None = None
    """Whether the assistant asked back or did not understand."""
    gezicht: str | None = None
    mens: str | None = None
    gevaar: str | None = None
    berichten_vanaf: int | None = None
    oorzaak: str | None = None
    beoordeeld: str | None = None
    van_mij: str | None = None
    """"ja": given to me, as first or second reader."""
    steekproef: int | None = None
    """Id of a sample."""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Filters:
        """Read an address or a saved view; what is not allowed is left out."""
        return cls(**{name: read(str(given[name]).strip()) for name, read in _READERS.items() if given.get(name)})

    def chosen(self) -> dict[str, str]:
        """Return what was chosen, as in an address."""
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: str(value) for name, value in pairs if value is not None}


def conditions(filters: Filters, *, account_id: int, parts: frozenset[str]) -> list[ColumnElement[bool]]:
    """Return the conditions on TalkSummary. `parts`: the first parts of the intents of the chosen group."""
    row = TalkSummary
    made: list[ColumnElement[bool] | None] = [
        None if filters.van is None else row.started_at >= _midnight(filters.van),
        None if filters.tot is None else row.started_at < _midnight(filters.tot + timedelta(days=1)),
        None if filters.gemeente is None else row.municipality == filters.gemeente,
        _role(filters.rol),
        None if filters.kanaal is None else row.channel == filters.kanaal,
        None if filters.groep is None else or_(false(), *(row.topics.contains(f",{part},") for part in sorted(parts))),
        None if filters.zeker_onder is None else row.lowest < filters.zeker_onder / 100,
        _yes_no(filters.misgelopen, row.lost + row.asked_back > 0),
        _face(filters.gezicht),
        _yes_no(filters.mens, row.handover),
        _yes_no(filters.gevaar, row.danger),
        None if filters.berichten_vanaf is None else row.turns >= filters.berichten_vanaf,
        None if filters.oorzaak is None else row.causes.contains(f",{filters.oorzaak},"),
        _yes_no(filters.beoordeeld, row.judged > 0),
        None if filters.van_mij is None else or_(row.assigned_to == account_id, row.second_reader == account_id),
        _in_sample(filters.steekproef),
    ]
    return [condition for condition in made if condition is not None]


def _role(role: str | None) -> ColumnElement[bool] | None:
    if role is None:
        return None
    return TalkSummary.role.is_(None) if role == "onbekend" else TalkSummary.role == role


def _face(face: str | None) -> ColumnElement[bool] | None:
    if face is None:
        return None
    return TalkSummary.face.is_(None) if face == "geen" else TalkSummary.face == face


def _yes_no(choice: str | None, condition: Any) -> ColumnElement[bool] | None:
    if choice is None:
        return None
    wanted: ColumnElement[bool] = condition if choice == "ja" else ~condition
    return wanted


def _in_sample(sample: int | None) -> ColumnElement[bool] | None:
    if sample is None:
        return None
    drawn = select(SampleTalk.conversation_id).where(SampleTalk.sample_id == sample)
    return TalkSummary.conversation_id.in_(drawn)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _day(text: str) -> date | None:
    """Return a day; not the last one that there is, because the day after it is asked for too."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day < date.max else None


def _number(most: int) -> Any:
    return lambda text: min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _one_of(allowed: Any) -> Any:
    return lambda text: text if text in allowed else None


def _code(text: str) -> str | None:
    return text if _CODE.fullmatch(text) else None


_READERS: dict[str, Any] = {
    "van": _day,
    "tot": _day,
    "gemeente": _code,
    "rol": _one_of(ROLES),
    "kanaal": _one_of(CHANNELS),
    "groep": _code,
    "zeker_onder": _number(100),
    "misgelopen": _one_of(YES_NO),
    "gezicht": _one_of(FACES),
    "mens": _one_of(YES_NO),
    "gevaar": _one_of(YES_NO),
    "berichten_vanaf": _number(1000),
    "oorzaak": _one_of(CAUSES),
    "beoordeeld": _one_of(YES_NO),
    "van_mij": _one_of(("ja",)),
    "steekproef": _number(10**9),
}
