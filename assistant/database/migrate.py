"""Bring a database to a version of the tables, and tell which version it has."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from assistant.database.engine import UNAVAILABLE, make_engine
from assistant.database.errors import DatabaseUnavailable

SCRIPTS = Path(__file__).parent / "migrations"
LOCK = 4_871_002  # any number that nothing else in the same PostgreSQL database locks on


def upgrade(url: str, revision: str = "head") -> None:
    """Migrate up to `revision`, all or nothing; does nothing when the database is up to date.

    Two processes may start at once: the second waits. Raises DatabaseUnavailable when the database cannot be
    reached.
    """
    _run(url, lambda config: command.upgrade(config, revision))


def downgrade(url: str, revision: str) -> None:
    """Migrate down to `revision`; "base" removes every table of ours and everything in them."""
    _run(url, lambda config: command.downgrade(config, revision))


def current(url: str) -> str | None:
    """The revision the database has, for example "0001", or None when it was never migrated."""
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except UNAVAILABLE as error:
        raise DatabaseUnavailable(type(error).__name__) from error
    finally:
        engine.dispose()


def knows(revision: str) -> bool:
    """Whether this version of the program has the migration that a database was brought to."""
    scripts = ScriptDirectory(str(SCRIPTS))
    return any(script.revision == revision for script in scripts.walk_revisions())


def _run(url: str, step: Callable[[Config], None]) -> None:
    """Run one Alembic command inside one transaction that holds a lock."""
    # With foreign keys on, SQLite would empty the children of a table that a migration rebuilds.
    engine = make_engine(url, foreign_keys=False)
    try:
        with engine.begin() as connection:
            _lock(connection)
            step(_config(connection))
    except UNAVAILABLE as error:
        raise DatabaseUnavailable(type(error).__name__) from error
    finally:
        engine.dispose()


def _lock(connection: Connection) -> None:
    """Let a second process wait. On SQLite BEGIN IMMEDIATE has done that already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
