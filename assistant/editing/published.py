"""What was approved, for the library of answers of every gateway."""

from __future__ import annotations

from collections.abc import Hashable

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from assistant.answers.versions import Version
from assistant.database import Database, DatabaseUnavailable
from assistant.editing.models import PUBLISHED, AnswerVersion
from assistant.placement.sequence import AMSTERDAM


class PublishedVersions:
    """The approved versions in the database; nothing while that is away (the library keeps what it has)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def stamp(self) -> Hashable:
        """Return the newest decision and how many versions were written to files; None without a database."""
        query = select(func.count(), func.max(AnswerVersion.id), func.max(AnswerVersion.decided_at))
        try:
            with self._database.session(write=False) as session:
                row = session.execute(query.where(_in_force())).one()
                return tuple(row)
        except DatabaseUnavailable:
            return None

    def versions(self) -> tuple[Version, ...]:
        """Return the versions in force."""
        try:
            with self._database.session(write=False) as session:
                return in_force(session)
        except DatabaseUnavailable:
            return ()


def in_force(session: Session) -> tuple[Version, ...]:
    """Return the last published version of each answer and municipality that is not in the files yet."""
    rows = session.scalars(
        select(AnswerVersion).where(_in_force()).order_by(AnswerVersion.decided_at, AnswerVersion.id)
    )
    newest = {(row.key, row.municipality): row for row in rows}
    return tuple(_version(row) for row in newest.values())


def _version(row: AnswerVersion) -> Version:
    assert row.decided_at is not None  # a constraint of the table
    day = row.decided_at.astimezone(AMSTERDAM).date()
    return Version(
        row.key, row.municipality, row.text, row.simple, row.spoken, row.checked, row.review_before, day, row.around
    )  # fmt: skip


def _in_force() -> ColumnElement[bool]:
    return (AnswerVersion.state == PUBLISHED) & AnswerVersion.exported_at.is_(None)
