"""Rasa's memory of talks: taken out of it what belongs to a person, and deleted when its time is over.

Rasa appends events and never changes one, so a row may be rewritten behind its back as long as it stays a row: its own
copy in memory knows a talk by the number of its rows (tools/lean_rasa/tracker_rows.py).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, column, delete, func, inspect, select, table, update

from assistant.database.engine import make_engine, settle
from assistant.rights.tracker_events import cleaned, is_open, private_values

EVENTS = table("events", column("id"), column("sender_id"), column("timestamp"), column("data"))


class TrackerStore:
    """The table of Rasa. Every method is harmless when it is not there yet. Raises sqlalchemy's OperationalError when
    it stays locked."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine: Engine | None = None

    def events(self, talk: str) -> list[dict[str, Any]]:
        """Return what Rasa remembers of a talk, oldest first."""
        with self._connect(write=False) as connection:
            return [json.loads(row.data) for row in self._rows(connection, talk)]

    def clean(self, talk: str, told: Collection[str] = (), *, even_open: bool = False) -> int | None:
        """Mask what was said in a talk and return how many events changed.

        `told` is who somebody is, when that was cleaned away here before and is now said once more.
        A form that is going on needs what was filled in: then nothing changes and it is None, unless `even_open`. The
        masking is done before the table is locked: Rasa may be writing.
        """
        with self._connect(write=False) as connection:
            rows = list(self._rows(connection, talk))
        events = [json.loads(row.data) for row in rows]
        if is_open(events) and not even_open:
            return None
        known = private_values(events) | frozenset(told)
        new = [(row, event, cleaned(event, known)) for row, event in zip(rows, events, strict=True)]
        changed = [{"row": row.id, "new": json.dumps(kept)} for row, event, kept in new if kept != event]
        if changed:
            with self._connect() as connection:
                rewrite = update(EVENTS).where(EVENTS.c.id == bindparam("row")).values(data=bindparam("new"))
                connection.execute(rewrite, changed)
            self.settle()
        return len(changed)

    def forget(self, talks: Iterable[str]) -> int:
        """Delete all events of the talks and return how many talks that were."""
        count = 0
        with self._connect() as connection:
            for talk in talks:
                count += bool(connection.execute(delete(EVENTS).where(EVENTS.c.sender_id == talk)).rowcount)
        return count

    def quiet_since(self, border: datetime) -> list[str]:
        """Return the talks in which nothing was said since a moment."""
        with self._connect(write=False) as connection:
            last = func.max(EVENTS.c.timestamp)
            quiet = select(EVENTS.c.sender_id).group_by(EVENTS.c.sender_id).having(last < border.timestamp())
            return list(connection.scalars(quiet.order_by(EVENTS.c.sender_id))) if self._exists(connection) else []

    def unclean(self, talks: Iterable[str]) -> list[str]:
        """Return which of the talks still hold something personal."""
        found = []
        for talk in talks:
            events = self.events(talk)
            known = private_values(events)
            if any(cleaned(event, known) != event for event in events):
                found.append(talk)
        return found

    def settle(self) -> None:
        """Bring what was overwritten from SQLite's journal into the file; left for later when somebody reads."""
        self._engine = self._engine or make_engine(self._url)
        settle(self._engine)

    def _rows(self, connection: Connection, talk: str) -> Iterator[Any]:
        if self._exists(connection):
            query = select(EVENTS.c.id, EVENTS.c.data).where(EVENTS.c.sender_id == talk).order_by(EVENTS.c.id)
            yield from connection.execute(query)

    @staticmethod
    def _exists(connection: Connection) -> bool:
        return inspect(connection).has_table("events")

    @contextmanager
    def _connect(self, *, write: bool = True) -> Iterator[Connection]:
        self._engine = self._engine or make_engine(self._url)
        engine = self._engine if write else self._engine.execution_options(reading=True)
        with engine.begin() as connection:
            yield connection
