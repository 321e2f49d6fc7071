"""The public report of one municipality over one month, with small counts hidden.

One report is one municipality and one whole month that is over. Nothing else is published, no year and no sum of
municipalities: what is never published cannot be subtracted. Each table adds up to its own total, and tables share
nothing but a total (see suppress.py).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from assistant.core.scope import scope_of
from assistant.figures.counting import Outcome
from assistant.figures.errors import MonthNotOver
from assistant.figures.groups import UNKNOWN, known_groups
from assistant.figures.metrics import FACES, Figures
from assistant.figures.periods import day_of, month
from assistant.figures.rollup import AGAIN
from assistant.figures.suppress import FEWEST, Shown, suppress
from assistant.figures.tally import Asked, Tally

CHANNELS = ("web", "voice", "phone")
OUTCOMES = (
    Outcome.ANSWERED, Outcome.BUTTON, Outcome.ASKED_BACK, Outcome.NOT_UNDERSTOOD, Outcome.TO_PERSON, Outcome.FAILURE,
    Outcome.DANGER,
)  # fmt: skip
MINUTE = 60
ENOUGH_FOR_P90 = 10
"""With fewer, nine out of ten is the longest one: the wait of one person."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: code, name, what the total counts, the parts in a fixed order with their names."""

    code: str
    name: str
    of: str
    total: int | None
    parts: tuple[tuple[str, int | None], ...]

    def share(self, count: int | None) -> float | None:
        """Per cent of the total, of what is shown."""
        return round(100 * count / self.total, 1) if count is not None and self.total else None


@dataclass(frozen=True, slots=True)
class Report:
    """What is published. Waiting times in whole minutes, None: too few to publish. hidden: some count is not shown."""

    municipality: str
    month: str
    tables: tuple[Table, ...]
    wait_median: int | None
    wait_p90: int | None
    made_at: datetime

    @property
    def hidden(self) -> bool:
        """Whether the reader must be told that small counts are left out."""
        counts = [count for table in self.tables for count in (table.total, *(count for _, count in table.parts))]
        return None in counts

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON; null: fewer than five, or hidden to protect such a count."""
        return asdict(self) | {
            "made_at": self.made_at.isoformat(timespec="seconds"),
            "tables": [asdict(table) | {"parts": dict(table.parts)} for table in self.tables],
            "fewest_shown": FEWEST,
        }


def public_report(session: Session, municipality: str, name: str, *, now: datetime) -> Report:
    """The report over a month ("2026-10"). Raises PeriodUnknown, or MonthNotOver within a week after its last day."""
    period = month(name)
    if not published_by(name, now):
        raise MonthNotOver(name)
    tally = Tally(session, Asked(period, scope_of(municipality)), now=now)
    figures, channels, groups = tally.all(), tally.per("channel"), tally.groups()
    tables = (
        _table("kanaal", "Gesprekken per kanaal", "gesprekken", {c: _talks(channels.get(c)) for c in CHANNELS}),
        _table("bericht", "Wat er met berichten gebeurde", "berichten", {o: figures.messages(o) for o in OUTCOMES}),
        _table("onderwerp", "Berichten per onderwerp", "berichten", _of_groups(groups)),
        _table("verloren", "Verloren gesprekken", "gesprekken", _parted(figures, "gesprek", "", "verloren", "")),
        _table("mens", "Om een mens gevraagd", "gesprekken", _parted(figures, "gesprek", "", "mens", "gevraagd")),
        _table("medewerker", "Medewerker gekomen", "gesprekken waarin om een mens is gevraagd",
               _parted(figures, "mens", "gevraagd", "mens", "bereikt")),
        _table("gezicht", "Gezichten", "gezichten", {face: figures.count("gezicht", face) for face in FACES}),
    )  # fmt: skip
    answered = sum(count for _, count in figures.waits())
    median = _minutes(figures.wait_at(0.5)) if answered >= FEWEST else None
    p90 = _minutes(figures.wait_at(0.9)) if answered >= ENOUGH_FOR_P90 else None
    return Report(municipality, name, tables, median, p90, now)


def published_by(name: str, now: datetime) -> bool:
    """Whether nothing in a month can change any more. Raises PeriodUnknown."""
    return day_of(now) > month(name).until + AGAIN


def _table(code: str, name: str, of: str, parts: dict[str, int]) -> Table:
    shown: Shown = suppress(parts)
    return Table(code, name, of, shown.total, tuple(shown.parts.items()))


def _talks(figures: Figures | None) -> int:
    return figures.count("gesprek") if figures else 0


def _of_groups(groups: dict[str, Figures]) -> dict[str, int]:
    """Every group in a fixed order, the one that everybody meets first; what is in no group of today at the end."""
    counts = {name: groups[name].messages() if name in groups else 0 for name in known_groups()}
    counts[UNKNOWN] = sum(figures.messages() for name, figures in groups.items() if name not in counts)
    return counts


def _parted(figures: Figures, of: str, of_part: str, metric: str, part: str) -> dict[str, int]:
    """Yes and no of a total."""
    yes = figures.count(metric, part)
    return {"nee": figures.count(of, of_part) - yes, "ja": yes}


def _minutes(seconds: int | None) -> int | None:
    return None if seconds is None else round(seconds / MINUTE)
