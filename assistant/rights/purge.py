"""Deleting what is over its term, with a report that can be checked.

Each class is swept in parts of one transaction each, and the count is written in the same one: a crash loses nothing
and counts nothing twice. Doing it again deletes nothing more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from assistant.database import Database, DatabaseUnavailable
from assistant.rights.files import FILES, old_lines, shorten, sweep_files
from assistant.rights.holds import held
from assistant.rights.models import DeletionCount, DeletionReport
from assistant.rights.sweeps import SWEEPS
from assistant.rights.terms import Term, read_terms
from assistant.rights.tracker_store import TrackerStore
from assistant.staff import audit

PART = 400
"""Rows in one transaction: short enough that nobody who talks waits for it."""


@dataclass(frozen=True, slots=True)
class Due:
    """What one class would lose now."""

    term: Term
    count: int
    held: int


@dataclass(frozen=True, slots=True)
class Stores:
    """Where data is kept: the database, Rasa's tracker, the folder of this installation and the one of the program."""

    database: Database
    tracker: TrackerStore
    var: Path
    root: Path
    data: Path


def preview(stores: Stores, now: datetime) -> list[Due]:
    """Return what a purge at this moment would delete, class by class. Raises TermsWrong or DatabaseUnavailable."""
    return [_due(stores, term, now) for term in read_terms(stores.data).values()]


def purge(stores: Stores, now: datetime, *, by: int | None = None, once: str | None = None) -> DeletionReport | None:
    """Delete everything that is over its term and return the report.

    `once` names a run that happens once however many processes try (the day of the nightly run): None for the others.
    A class that fails is named in the report and does not stop the rest. Raises TermsWrong or DatabaseUnavailable.
    """
    terms = read_terms(stores.data)
    report_id = _begin(stores.database, now, by, once)
    if report_id is None:
        return None
    for term in terms.values():
        _sweep(stores, term, report_id, now)
    _settle(stores)
    return _end(stores.database, report_id, now)


def reports(session: Session, most: int = 50) -> list[DeletionReport]:
    """Return the latest reports, newest first."""
    return list(session.scalars(select(DeletionReport).order_by(DeletionReport.id.desc()).limit(most)))


def hash_of(report: DeletionReport) -> str:
    """Return what `hash` must be: SHA-256 over the canonical JSON of the report."""
    content = {
        "id": report.id,
        "cause": report.cause,
        "once": report.once,
        "made_by": report.made_by,
        "began_at": report.began_at.astimezone(UTC).isoformat(timespec="seconds"),
        "counts": [[each.data_class, each.deleted, each.held, each.failed] for each in report.counts],
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _due(stores: Stores, term: Term, now: datetime) -> Due:
    border, name = term.border(now), term.data_class
    if name in SWEEPS:
        with stores.database.session(write=False) as session:
            due = SWEEPS[name].due(border).order_by(None).subquery()
            kept = held(session, SWEEPS[name].kind or "", now)
            counted = select(func.count()).select_from(due)
            rows = session.scalar(counted) or 0
            stay = (session.scalar(counted.where(list(due.c)[1].in_(kept))) or 0) if kept else 0
        return Due(term, rows - stay, stay)
    return Due(term, _due_elsewhere(stores, name, border, now), 0)


def _due_elsewhere(stores: Stores, name: str, border: datetime, now: datetime) -> int:
    if name in FILES:
        return len(FILES[name](stores.var, stores.root, border))
    if name == "logboek":
        return sum(old_lines(path, border) for path in _logs(stores.var))
    quiet = _quiet_talks(stores, border, now)
    return len(quiet if name == "tracker" else stores.tracker.unclean(quiet))


def _begin(database: Database, now: datetime, by: int | None, once: str | None) -> int | None:
    row = DeletionReport(cause="nacht" if once else "hand", once=once, made_by=by, began_at=now)
    try:
        with database.session() as session:
            session.add(row)
            session.flush()
            return row.id
    except IntegrityError:
        return None


def _sweep(stores: Stores, term: Term, report_id: int, now: datetime) -> None:
    name, border = term.data_class, term.border(now)
    try:
        if name in SWEEPS:
            _sweep_rows(stores.database, name, border, report_id, now)
        else:
            count = _sweep_elsewhere(stores, name, border, now)
            with stores.database.session() as session:
                _count(session, report_id, name, count)
    except (OSError, SQLAlchemyError, DatabaseUnavailable, ValueError) as error:
        with stores.database.session() as session:
            _count(session, report_id, name, 0, failed=type(error).__name__)


def _sweep_rows(database: Database, name: str, border: datetime, report_id: int, now: datetime) -> None:
    sweep = SWEEPS[name]
    with database.session() as session:
        kept = held(session, sweep.kind or "", now)
        rows = session.execute(sweep.due(border)).all()
        keys = [row[0] for row in rows if row[1] not in kept]
        _count(session, report_id, name, 0, held=len(rows) - len(keys))
    for part in _parts(keys):
        with database.session() as session:
            sweep.remove(session, part, now)
            _count(session, report_id, name, len(part))


def _sweep_elsewhere(stores: Stores, name: str, border: datetime, now: datetime) -> int:
    if name in FILES:
        return sweep_files(FILES[name](stores.var, stores.root, border))
    if name == "logboek":
        return sum(shorten(path, border) for path in _logs(stores.var))
    quiet = _quiet_talks(stores, border, now)
    if name == "tracker":
        return stores.tracker.forget(quiet)
    return sum(bool(stores.tracker.clean(talk, even_open=True)) for talk in quiet)


def _quiet_talks(stores: Stores, border: datetime, now: datetime) -> list[str]:
    with stores.database.session(write=False) as session:
        kept = held(session, "gesprek", now)
    return [talk for talk in stores.tracker.quiet_since(border) if talk not in kept]


def _count(
    session: Session, report_id: int, name: str, deleted: int, *, held: int = 0, failed: str | None = None
) -> None:
    row = session.get(DeletionCount, (report_id, name))
    if row is None:
        row = DeletionCount(report_id=report_id, data_class=name, deleted=0, held=0)
        session.add(row)
    row.deleted, row.held, row.failed = row.deleted + deleted, row.held + held, failed or row.failed


def _end(database: Database, report_id: int, now: datetime) -> DeletionReport:
    with database.session() as session:
        report = session.get_one(DeletionReport, report_id)
        report.hash, report.ended_at = hash_of(report), now
        done = ", ".join(f"{each.data_class} {each.deleted}" for each in report.counts if each.deleted) or "niets"
        audit.note(
            session, report.made_by, "bewaren.verwijderd", f"verslag {report.id} sha256 {report.hash}", None, now, done
        )
    return report


def _settle(stores: Stores) -> None:
    """Empty the write-ahead logs, where deleted rows would stand for a while yet."""
    stores.database.settle()
    stores.tracker.settle()


def _logs(var: Path) -> list[Path]:
    return sorted((var / "log").glob("*.log"))


def _parts(keys: list[object]) -> Iterator[list[object]]:
    for at in range(0, len(keys), PART):
        yield keys[at : at + PART]
