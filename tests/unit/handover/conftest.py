"""A migrated database of each kind, with a conversation to hand over."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete

from assistant.database import Base, Database, upgrade
from assistant.handover import HandoverDesk, LocalSignals
from assistant.review import ConversationLog, NewConversation
from tests.unit.placement.conftest import _open, migrated_postgres, postgres_url

__all__ = ["migrated_postgres", "postgres_url"]
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)  # a Monday
Talk = Callable[..., str]


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("handover") / "meedoen.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        path = tmp_path / "meedoen.db"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        opened = Database(f"sqlite:///{path}")
        yield opened
        opened.dispose()
        return
    opened = _open(request.getfixturevalue("migrated_postgres"))
    with opened.session() as session:
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(delete(table))
    yield opened


@pytest.fixture
def desk(database: Database) -> HandoverDesk:
    return HandoverDesk(database, LocalSignals())


@pytest.fixture
def talk(database: Database) -> Talk:
    """Start a conversation and return its id."""
    started = iter(range(1, 1000))

    def start(municipality: str | None = "almere") -> str:
        name = f"{next(started):032x}"
        new = NewConversation(name, "0" * 64, municipality, None, "web", NOW)
        ConversationLog(database).start(new)
        return name

    return start
