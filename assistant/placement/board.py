"""The target board: per year and definition what was promised, what sources say, what we count, and where it goes.

Nothing is chosen between sources or readings that differ: they stand side by side, and `disputed` says so.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from assistant.placement.counting import Counted, Forecast, counted, forecast, from_daycare_share, readings
from assistant.placement.targets import TargetView, targets


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One subject (municipality, else organisation, else the whole country), year and definition.

    stated: every source with its own norm and realised. counted: our own placements on the last day of the year, or
    today in this year, in every reading; empty where we do not count (the country, one employer). from_daycare: per
    cent, of our own count, only for "uit_dagbesteding". forecast: only for this year.
    """

    year: int
    definition: str
    municipality: str | None
    organisation: str | None
    stated: tuple[TargetView, ...]
    counted: tuple[Counted, ...]
    from_daycare: float | None
    forecast: Forecast | None

    @property
    def norms(self) -> tuple[int, ...]:
        """The different norms that the sources give."""
        return tuple(sorted({row.norm for row in self.stated if row.norm is not None}))

    @property
    def realised(self) -> tuple[int, ...]:
        """The different counts that the sources give."""
        return tuple(sorted({row.realised for row in self.stated if row.realised is not None}))

    @property
    def disputed(self) -> bool:
        """True when sources or readings do not agree."""
        return len(self.norms) > 1 or len(self.realised) > 1 or len({count.value for count in self.counted}) > 1


def target_board(
    session: Session, *, today: date, municipality: str | None = None, year: int | None = None
) -> tuple[BoardRow, ...]:
    """Every row that has a target, oldest year first."""
    groups: dict[tuple[int, str, str, str], list[TargetView]] = defaultdict(list)
    for view in targets(session, municipality=municipality, year=year):
        groups[view.year, view.definition, view.municipality or "", view.organisation or ""].append(view)
    return tuple(_row(session, tuple(groups[key]), today) for key in sorted(groups))


def _row(session: Session, stated: tuple[TargetView, ...], today: date) -> BoardRow:
    first = stated[0]
    ours = first.municipality is not None and first.year <= today.year
    on = min(today, date(first.year, 12, 31))
    return BoardRow(
        first.year,
        first.definition,
        first.municipality,
        first.organisation,
        stated,
        counted(session, first.definition, on, first.municipality) if ours else (),
        _share(session, first, on) if ours else None,
        _forecast(session, first, today) if ours else None,
    )


def _share(session: Session, view: TargetView, on: date) -> float | None:
    return from_daycare_share(session, on, view.municipality) if view.definition == "uit_dagbesteding" else None


def _forecast(session: Session, view: TargetView, today: date) -> Forecast | None:
    """In people, by the reading that has a source."""
    kinds = next((rule.kinds for rule in readings() if rule.definition == view.definition and rule.sure), None)
    if view.year != today.year or kinds is None:
        return None
    return forecast(session, kinds, today=today, municipality=view.municipality)
