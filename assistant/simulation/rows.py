"""What a talk left in the database, read from outside as an inspector would."""

from __future__ import annotations

from typing import Any

from sqlalchemy import MetaData, create_engine, select

TABLES = ("registration", "offer", "call_back")


class Rows:
    """Reads the rows of one conversation."""

    def __init__(self, address: str) -> None:
        self._engine = create_engine(address)
        self._tables = MetaData()
        self._tables.reflect(self._engine, only=list(TABLES))

    def of(self, table: str, conversation: str) -> list[dict[str, Any]]:
        """Return the rows that a conversation wrote in a table."""
        columns = self._tables.tables[table]
        with self._engine.connect() as connection:
            found = connection.execute(select(columns).where(columns.c.conversation_id == conversation))
            return [dict(row) for row in found.mappings()]

    def without_consent(self) -> int:
        """Return how many registrations have no consent in them."""
        table = self._tables.tables["registration"]
        with self._engine.connect() as connection:
            return len(connection.execute(select(table.c.id).where(table.c.consented_at.is_(None))).all())

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()
