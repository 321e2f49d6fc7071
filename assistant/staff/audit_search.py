"""Finding lines in the audit log, inside somebody's scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from assistant.core.scope import Scope
from assistant.database.scope import within
from assistant.staff.audit import line_of
from assistant.staff.chain import Line
from assistant.staff.models import AuditRow

PER_PAGE = 50
LATELY = 2_000
MOST = 50_000  # lines of one table to download


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What is looked for; None and empty are everything."""

    since: datetime | None = None
    until: datetime | None = None
    staff_id: int | None = None
    action: str = ""
    subject: str = ""
    municipality: str = ""

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return the conditions on the rows."""
        found: list[ColumnElement[bool]] = []
        if self.since:
            found.append(AuditRow.at >= self.since)
        if self.until:
            found.append(AuditRow.at < self.until)
        if self.staff_id is not None:
            found.append(AuditRow.staff_id == self.staff_id)
        if self.action:
            found.append(AuditRow.action == self.action)
        if self.subject:
            found.append(AuditRow.subject.contains(self.subject, autoescape=True))
        if self.municipality:
            found.append(within(AuditRow.municipality, frozenset({self.municipality})))
        return found


def find(session: Session, wanted: AuditFilter, scope: Scope, *, page: int = 1) -> tuple[list[Line], bool]:
    """Return one page of lines, newest first, and whether there are more."""
    rows = _rows(session, wanted, scope, (page - 1) * PER_PAGE, PER_PAGE + 1)
    return rows[:PER_PAGE], len(rows) > PER_PAGE


def find_all(session: Session, wanted: AuditFilter, scope: Scope) -> list[Line]:
    """Return every line, newest first, at most MOST."""
    return _rows(session, wanted, scope, 0, MOST)


def _rows(session: Session, wanted: AuditFilter, scope: Scope, skip: int, most: int) -> list[Line]:
    query = select(AuditRow).where(within(AuditRow.municipality, scope), *wanted.conditions())
    rows = session.scalars(query.order_by(AuditRow.number.desc()).offset(skip).limit(most))
    return [line_of(row) for row in rows]


def has_lines_of(session: Session, staff_id: int | None, scope: Scope) -> bool:
    """Whether an account did anything in the scope: only then its name is no news."""
    mine = exists().where(within(AuditRow.municipality, scope), AuditRow.staff_id == staff_id)
    return staff_id is not None and bool(session.scalar(select(mine)))


def actions_in(session: Session, scope: Scope) -> list[str]:
    """Return the kinds of action among the latest lines, for a list to choose from: all lines would take too long."""
    lately = select(AuditRow.action).where(within(AuditRow.municipality, scope)).order_by(AuditRow.number.desc())
    return sorted(set(session.scalars(lately.limit(LATELY))))
