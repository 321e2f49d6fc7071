"""A database for each test, on SQLite and on PostgreSQL, migrated and loaded with the first data.

PostgreSQL is the one of MEEDOEN_TEST_POSTGRES_URL, else the one on this machine; each run has its own schema.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, delete, insert, make_url, select, text
from sqlalchemy.exc import OperationalError

from assistant.database import Base, Database, upgrade
from assistant.placement import InterestWish, PlaceOffer, seed
from assistant.placement.models import Opening

POSTGRES = os.environ.get("MEEDOEN_TEST_POSTGRES_URL", "postgresql://root@127.0.0.1:5432/test")
MakeWish = Callable[..., InterestWish]
MakeOffer = Callable[..., PlaceOffer]
MakeOpening = Callable[..., Opening]
FIRST_ROWS: dict[str, list[dict[str, Any]]] = {}  # per table, as the first data left them
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)  # a Monday
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated and loaded SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "meedoen.db"
    upgrade(f"sqlite:///{path}")
    database = Database(f"sqlite:///{path}")
    with database.session() as session:
        seed(session)
    database.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of an empty schema that is dropped when the tests end."""
    schema = f"placement_{uuid4().hex[:12]}"
    base = make_url(POSTGRES).set(drivername="postgresql+psycopg")
    engine = create_engine(base, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3})
    try:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
    except OperationalError:
        pytest.skip("no PostgreSQL: set MEEDOEN_TEST_POSTGRES_URL")
    options = f"-csearch_path={schema} -csynchronous_commit=off"
    url = base.update_query_dict({"options": options}).render_as_string(hide_password=False)
    yield url
    _open(url).dispose()
    with engine.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture(scope="session")
def migrated_postgres(postgres_url: str) -> str:
    """The same schema with all tables."""
    upgrade(postgres_url)
    return postgres_url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated and loaded database of this test alone."""
    if request.param == "sqlite":
        path = tmp_path / "meedoen.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    migrated: str = request.getfixturevalue("migrated_postgres")
    _start_afresh(migrated)
    return migrated


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """That database, opened."""
    opened = Database(url)
    yield opened
    opened.dispose()


@pytest.fixture
def wish() -> MakeWish:
    """Fatima's wish; name what is different."""

    def make(**different: Any) -> InterestWish:
        usual: dict[str, Any] = {
            "municipality": "steenwijkerland",
            "name": "Fatima El Amrani",
            "phone": "06 12 34 56 78",
            "work_kind": "groen",
            "hours": (16, 24),
            "consent_text_version": "2026-11",
            "consented_at": NOW,
        }
        return InterestWish(**(usual | different))

    return make


@pytest.fixture
def offer() -> MakeOffer:
    """A bakery in Almere that offers 24 hours for half a year; name what is different."""

    def make(**different: Any) -> PlaceOffer:
        usual: dict[str, Any] = {
            "municipality": "almere",
            "organisation_name": "Bakkerij Jansen",
            "contact_name": "Piet Jansen",
            "email": "Piet@Bakkerij.nl",
            "hours": 24,
            "contract_months": 6,
        }
        return PlaceOffer(**(usual | different))

    return make


@pytest.fixture
def opening() -> MakeOpening:
    """A row for an opening in Steenwijk; name what is different."""

    def make(number: str, **different: Any) -> Opening:
        usual: dict[str, Any] = {
            "number": number,
            "title": "Vegen",
            "kind": "beschut",
            "work_kind": "metaal",
            "tasks": "U veegt.",
            "organisation_id": "noordwestgroep",
            "place": "Steenwijk",
            "municipality_id": "steenwijkerland",
            "lat": 52.79,
            "lon": 6.12,
            "hours_min": 12,
            "hours_max": 36,
            "days": ("ma", "di"),
            "transport": (),
            "confirmed_on": TODAY,
        }
        return Opening(**(usual | different))

    return make


_open = cache(Database)  # connecting takes longer than emptying


def _start_afresh(url: str) -> None:
    """Empty every table of ours and put the first data back: copied rows, because reading the files takes longer."""
    tables = Base.metadata.sorted_tables  # every table that was imported by now, of other rooms too
    with _open(url).session() as session:
        for table in reversed(tables):
            session.execute(delete(table))
        if not FIRST_ROWS:
            seed(session)
            FIRST_ROWS.update({t.name: [dict(row._mapping) for row in session.execute(select(t))] for t in tables})
        else:
            for table in tables:
                if rows := FIRST_ROWS.get(table.name):
                    session.execute(insert(table), rows)
