"""Taking openings in from a CSV or XLSX, and giving them out. A bad file loses nothing and half-imports nothing.

Everything is checked before anything is written, and all that is written is one transaction: the caller's session. With
a wrong row nothing is written at all, unless `good_rows` asks for the others.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.core.scope import Scope, covers
from assistant.database.scope import within
from assistant.placement.errors import FileUnreadable
from assistant.placement.gazetteer import DATA, plain
from assistant.placement.models import Certificate, Opening, Organisation
from assistant.placement.sequence import next_opening_number
from assistant.placement.sheet import COLUMNS, RowProblem, check_row, identity
from assistant.placement.tables import Row, read_table, write_table

TEXTS = DATA / "placement" / "import_errors.yml"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """rows = good + refused. new and changed: rows of the database that were (dry run: would be) written."""

    rows: int
    good: int
    refused: int
    new: int
    changed: int
    written: bool
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True, slots=True)
class _Good:
    """A row that can be written; `known`: the opening it brings up to date."""

    values: dict[str, Any]
    known: Opening | None


def import_openings(
    session: Session,
    path: Path,
    *,
    today: date,
    dry_run: bool = False,
    good_rows: bool = False,
    scope: Scope | None = None,
) -> ImportReport:
    """Check every row, then write all of them or nothing (or, with good_rows, the good ones).

    scope: the municipalities of who delivers the file; an opening elsewhere is refused, or not known. None: everywhere.

    A row with `nummer` or a known `eigen_nummer` brings that opening up to date; empty cells leave it as it
    is. A delivered opening is a confirmed one. Raises FileUnreadable for what is no table or lacks a needed column.
    """
    rows = read_table(path)
    heads = {head for _, row in rows for head in row}
    if lacking := [column.head for column in COLUMNS if column.required and column.head not in heads]:
        raise FileUnreadable("columns: " + ", ".join(lacking))
    good, problems = _check(session, rows, today, scope)
    written = bool(good) and not dry_run and (good_rows or not problems)
    if written:
        for row in good:
            _write(session, row, today)
        session.flush()
    new = sum(row.known is None for row in good)
    refused = len({problem.row for problem in problems})
    return ImportReport(len(rows), len(good), refused, new, len(good) - new, written, tuple(problems))


def export_openings(
    session: Session, path: Path, municipality: str | None = None, *, scope: Scope | None = None
) -> int:
    """Write every opening (of a scope), in order of number; how many. The file can be imported again as it is."""
    query = select(Opening).order_by(Opening.number)
    query = query if municipality is None else query.where(Opening.municipality_id == municipality)
    query = query if scope is None else query.where(within(Opening.municipality_id, scope))
    rows = ([_shown(getattr(row, column.field)) for column in COLUMNS] for row in session.scalars(query))
    return write_table(path, [column.head for column in COLUMNS], rows)


def explanation(problem: RowProblem) -> str:
    """The problem in a Dutch sentence, with what would be right."""
    words = {"column": problem.column, "value": problem.value or "(leeg)", "nearest": problem.nearest}
    return _texts()[problem.code].format(**words)


def _check(
    session: Session, rows: list[tuple[int, Row]], today: date, scope: Scope | None
) -> tuple[list[_Good], list[RowProblem]]:
    organisations = {key: row.id for row in session.scalars(select(Organisation)) for key in (row.id, plain(row.name))}
    certificates = frozenset(session.scalars(select(Certificate.code)))
    mine = select(Opening) if scope is None else select(Opening).where(within(Opening.municipality_id, scope))
    by_number = {row.number: row for row in session.scalars(mine)}
    by_own = {(row.organisation_id, row.external_id): row for row in by_number.values() if row.external_id}
    good, problems, seen = [], [], dict[object, int]()
    for number, row in rows:
        known = None
        values, wrong = check_row(number, row, today, organisations, certificates)
        wrong = wrong or _outside(number, values, scope)
        if not wrong:
            known, wrong = _known(number, values, by_number, by_own)
        if not wrong:
            key = known.number if known else (values["organisation_id"], values["external_id"])
            if seen.setdefault(key, number) != number:
                wrong = [RowProblem(number, "nummer", values["title"], "double", str(seen[key]))]
        if wrong:
            problems += wrong
        else:
            good.append(_Good(values, known))
    return good, problems


def _outside(row: int, values: dict[str, Any], scope: Scope | None) -> list[RowProblem]:
    """A place in a municipality that is not of who delivers the file."""
    where = values["municipality_id"]
    if scope is None or covers(scope, where):
        return []
    return [RowProblem(row, "gemeente", where, "not_your_municipality", ", ".join(sorted(scope)))]


def _known(
    row: int, values: dict[str, Any], by_number: dict[str, Opening], by_own: dict[tuple[str, str], Opening]
) -> tuple[Opening | None, list[RowProblem]]:
    """The opening that a row is about; None for a new one. Only its own organisation can change an opening."""
    number = values.pop("number", "").upper()
    if not number:
        values["external_id"] = values.get("external_id") or identity(values)
        return by_own.get((values["organisation_id"], values["external_id"])), []
    known = by_number.get(number)
    if known is None:
        last = max(by_number, default="")
        return None, [RowProblem(row, "nummer", number, "unknown_number", last)]
    if known.organisation_id != values["organisation_id"]:
        return known, [RowProblem(row, "nummer", number, "not_yours", known.organisation_id)]
    return known, []


def _write(session: Session, good: _Good, today: date) -> None:
    values = {"confirmed_on": today} | good.values
    if good.known is None:
        defaults = {
            "number": next_opening_number(session),
            "places_free": values["places_total"],
            "days": (),
            "transport": (),
        }
        session.add(Opening(**(defaults | {"entered_on": today} | values)))
        return
    for name, value in (values | _free(good)).items():
        setattr(good.known, name, value)


def _free(good: _Good) -> dict[str, int]:
    """Places that were asked for stay taken when the total changes and the file does not say how many are free."""
    known = good.known
    if known is None or "places_free" in good.values:
        return {}
    taken = known.places_total - known.places_free
    return {"places_free": max(0, good.values["places_total"] - taken)}


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return ",".join(value) if isinstance(value, tuple) else str(value)


@cache
def _texts() -> dict[str, str]:
    texts: dict[str, str] = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    return texts
