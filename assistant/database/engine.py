"""Sessions on SQLite or PostgreSQL. Nothing is opened at import time.

Source of the SQLite settings: sqlite.org/wal.html, sqlite.org/lang_transaction.html and SQLAlchemy's page on
pysqlite.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from assistant.database.errors import DatabaseUnavailable

UNAVAILABLE = (OperationalError, InterfaceError, PoolTimeout)
BUSY_TIMEOUT = 5000  # milliseconds that a writer waits for another writer (SQLite)
CONNECT_TIMEOUT = 5  # seconds (PostgreSQL)


class Database:
    """One database, named by its URL: `sqlite:///var/meedoen.db` or `postgresql://user@host/name`.

    The engine connects at first use. Safe to share between threads; one session belongs to one thread.
    """

    def __init__(self, url: str, unavailable: Callable[[], None] = lambda: None) -> None:
        """`unavailable` is called each time that a session ends because the database is not there; for the figures."""
        self._engine, self._unavailable = make_engine(url), unavailable
        self._reader = self._engine.execution_options(postgresql_readonly=True, reading=True)

    @contextmanager
    def session(self, *, write: bool = True) -> Iterator[Session]:
        """A session that commits when the block ends well and rolls back when it raises.

        write=False reads beside a writer without waiting (SQLite), and refuses to change anything on both
        databases. Raises DatabaseUnavailable when the database cannot be reached or stays locked.
        """
        try:
            with (
                Session(self._engine if write else self._reader, expire_on_commit=False) as session,
                session.begin(),
            ):
                yield session
        except UNAVAILABLE as error:
            self._unavailable()
            raise DatabaseUnavailable(type(error).__name__) from error

    def check(self) -> bool:
        """True when the database answers and has been migrated: one small query, no lock, never raises."""
        try:
            with self.session(write=False) as session:
                return bool(session.scalar(text("SELECT count(*) FROM alembic_version")) == 1)
        except Exception:  # whatever is wrong with it, it is not usable: the caller asks exactly that
            return False

    def settle(self) -> None:
        """Empty SQLite's write-ahead log, where deleted rows stand until then. Left for later while somebody reads."""
        settle(self._engine)

    def dispose(self) -> None:
        """Close every pooled connection."""
        self._engine.dispose()


def settle(engine: Engine) -> None:
    """As `Database.settle`."""
    if engine.dialect.name != "sqlite":
        return
    with suppress(sqlite3.DatabaseError, DatabaseError), closing(engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def make_engine(url: str, *, foreign_keys: bool = True) -> Engine:
    """An engine for the URL. foreign_keys=False is for migrations that rebuild tables on SQLite.

    Raises sqlalchemy.exc.ArgumentError for a URL that is none.
    """
    parsed = _with_driver(make_url(url))
    if parsed.get_backend_name() != "sqlite":
        waiting = {"connect_timeout": CONNECT_TIMEOUT}
        return create_engine(parsed, pool_pre_ping=True, hide_parameters=True, connect_args=waiting)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, hide_parameters=True)  # an error never quotes what somebody gave
    _prepare_sqlite(engine, foreign_keys)
    return engine


def _with_driver(url: URL) -> URL:
    """Plain `postgres://` and `postgresql://` mean psycopg 3, the driver we ship."""
    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    return url


def _prepare_sqlite(engine: Engine, foreign_keys: bool) -> None:
    """Give SQLite the behaviour that PostgreSQL has by itself."""

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver's own BEGIN comes too late, and always deferred
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT}")  # first: switching to WAL may have to wait
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
        cursor.execute("PRAGMA secure_delete=ON")  # who is erased is overwritten in the file as well
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("reading", False)
        if connection.info.get("reading") is not reading:  # kept per connection of the pool
            # straight to the driver: this cannot fail or wait, and is done at every other transaction
            connection.connection.driver_connection.execute(f"PRAGMA query_only={'ON' if reading else 'OFF'}")  # type: ignore[union-attr]
            connection.info["reading"] = reading
        # A writer takes the lock at once: two that both begin as readers can never both become writers.
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
