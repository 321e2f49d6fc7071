"""A migrated database without rows, on SQLite and on PostgreSQL; each run has a schema of its own there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, delete, make_url, text
from sqlalchemy.exc import OperationalError

from assistant.database import Base, Database, upgrade
from assistant.staff.accounts import Giver, Grant
from assistant.staff.passwords import Passwords
from assistant.staff.seal import Seal

POSTGRES = os.environ.get("MEEDOEN_TEST_POSTGRES_URL", "postgresql://root@127.0.0.1:5432/test")
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
ALL = Giver(None, frozenset({"almere", "steenwijkerland", "landelijk"}))
REVIEWER = Grant(frozenset({"reviewer"}), frozenset({"almere"}))
GOOD = "paard batterij nietje lamp"
TABLES = [table for table in Base.metadata.sorted_tables if table.name.startswith("staff_")]


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("staff") / "meedoen.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    schema = f"staff_{uuid4().hex[:12]}"
    base = make_url(POSTGRES).set(drivername="postgresql+psycopg")
    engine = create_engine(base, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3})
    try:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
    except OperationalError:
        pytest.skip("no PostgreSQL: set MEEDOEN_TEST_POSTGRES_URL")
    options = f"-csearch_path={schema} -csynchronous_commit=off"
    url = base.update_query_dict({"options": options}).render_as_string(hide_password=False)
    upgrade(url)
    yield url
    with engine.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_file"), tmp_path / "meedoen.db")
        opened = Database(f"sqlite:///{tmp_path / 'meedoen.db'}")
    else:
        opened = Database(request.getfixturevalue("postgres_url"))
        with opened.session() as session:
            for table in reversed(TABLES):
                session.execute(delete(table))
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def passwords() -> Passwords:
    return Passwords()


@pytest.fixture(scope="session")
def seal() -> Seal:
    return Seal("a secret of the tests")
