"""The SQL tracker store with each talk kept in memory beside its rows.

Rasa reads and replays all rows of a talk twice for each message and counts them once more before it writes. Here a talk
that this process handled last is taken from memory when its rows are still the same ones (their number and the highest
id: another process may have gone on with the talk, or somebody's data may have been erased). It leaves the memory while
it is handled, so a message that fails half-way leaves nothing behind. New rows are written in one statement.
"""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
import ujson
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker

KEPT, SECONDS = 1000, 900.0
"""How many talks are kept in memory, and how long after their last message."""
Stamp = tuple[int, int]
EVENTS = SQLTrackerStore.SQLEvent.__table__
_STAMP = sa.select(sa.func.count(), sa.func.max(EVENTS.c.id)).where(EVENTS.c.sender_id == sa.bindparam("sender"))


@dataclass
class Kept:
    """A talk as it was when it was written last."""

    tracker: DialogueStateTracker
    stamp: Stamp
    at: float


def _kept(store: SQLTrackerStore) -> OrderedDict[str, Kept]:
    return store.__dict__.setdefault("_talks", OrderedDict())


def look(store: SQLTrackerStore, sender_id: str) -> DialogueStateTracker | None:
    """Return the talk to look at, not to change; None when there is none."""
    with store.engine.connect() as connection:
        stamp = _stamp(connection, sender_id)
    if not stamp[0]:
        return None
    found = _kept(store).get(sender_id)
    if found and found.stamp == stamp and time.monotonic() - found.at < SECONDS:
        return found.tracker
    tracker = _read(store, sender_id)
    if tracker is not None:
        _keep(store, tracker, stamp)
    return tracker


async def retrieve(self: SQLTrackerStore, sender_id: str) -> DialogueStateTracker | None:
    """Return the newest session of a talk, to be changed and saved."""
    tracker = look(self, sender_id)
    _kept(self).pop(sender_id, None)
    return tracker


async def save(self: SQLTrackerStore, tracker: DialogueStateTracker) -> None:
    """Write the events that are not there yet, all together or none."""
    stored = tracker.__dict__.get("_stored", 0)
    new = list(tracker.events)[stored:]
    with self.engine.begin() as connection:
        if new:
            connection.execute(EVENTS.insert(), [_row(tracker.sender_id, event) for event in new])
        stamp = _stamp(connection, tracker.sender_id)
    tracker._stored = len(tracker.events)
    if not (stored and any(isinstance(event, SessionStarted) for event in new)):  # a new session is read from its rows
        _keep(self, tracker, stamp)


def _read(store: SQLTrackerStore, sender_id: str) -> DialogueStateTracker | None:
    with store.session_scope() as session:
        rows = store._event_query(session, sender_id, fetch_events_from_all_sessions=False).all()
    tracker = DialogueStateTracker.from_dict(sender_id, [json.loads(row.data) for row in rows], store.domain.slots)
    tracker._stored = len(tracker.events)
    return tracker if rows else None


def _keep(store: SQLTrackerStore, tracker: DialogueStateTracker, stamp: Stamp) -> None:
    talks, now = _kept(store), time.monotonic()
    talks[tracker.sender_id] = Kept(tracker, stamp, now)
    talks.move_to_end(tracker.sender_id)
    while talks and (len(talks) > KEPT or now - next(iter(talks.values())).at > SECONDS):
        talks.popitem(last=False)


def _stamp(connection: Any, sender_id: str) -> Stamp:
    """Return the number of rows of a talk and the highest id among them."""
    count, highest = connection.execute(_STAMP, {"sender": sender_id}).one()
    return int(count), int(highest or 0)


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": ujson.dumps(data, escape_forward_slashes=False),
    }


def _light_commits(connection: Any, _record: Any) -> None:
    """SQLite: one file that grows instead of a journal for each commit; a crash of the program loses nothing."""
    if type(connection).__module__.startswith("sqlite3"):
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA busy_timeout=5000")


_init = SQLTrackerStore.__init__


def _open(self: SQLTrackerStore, *args: Any, **kwargs: Any) -> None:
    """As Rasa; SQLite keeps its connection (Rasa opens and closes the file for each statement)."""
    _init(self, *args, **kwargs)
    if self.engine.dialect.name == "sqlite":
        self.engine = sa.create_engine(
            self.engine.url, poolclass=sa.pool.QueuePool, connect_args={"check_same_thread": False}
        )
        self.sessionmaker.configure(bind=self.engine)
    sa.event.listen(self.engine, "connect", _light_commits)


def install() -> None:
    """Replace the methods."""
    SQLTrackerStore.__init__ = _open
    SQLTrackerStore.retrieve = retrieve
    SQLTrackerStore.save = save
