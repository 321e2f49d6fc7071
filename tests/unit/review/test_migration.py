"""Talks of before the inbox: they get their line in it when the database is migrated."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from assistant.core.scope import scope_of
from assistant.database import Database, downgrade, upgrade
from assistant.review.filters import Filters
from assistant.review.inbox import inbox
from tests.console.measure_review import schema
from tests.unit.placement.conftest import POSTGRES

TALKS = """
INSERT INTO conversation (id, token_hash, municipality, channel, started_at) VALUES
  ('oud', 'x', NULL, 'web', '2026-11-01 10:00:00'), ('leeg', 'x', 'almere', 'web', '2026-11-02 10:00:00')
"""
TURNS = """
INSERT INTO turn (conversation_id, at, said, intent, confidence, answers, milliseconds, danger) VALUES
  ('oud', '2026-11-01 10:00:00', 'wat verdien ik', 'loon/hoeveel', 0.4, '[]', 5, NULL),
  ('oud', '2026-11-01 10:01:00', '/hulp', 'hulp', 0.1, '[]', 5, NULL),
  ('oud', '2026-11-01 10:02:00', '[veiligheid_ander]', 'veiligheid_ander', 0.0, '[]', 5, 'veiligheid_ander')
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of this test alone: the shared one would have to go through every later migration."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'meedoen.db'}"
    else:
        request.getfixturevalue("postgres_url")  # skips where there is no PostgreSQL
        with schema(POSTGRES) as url:
            yield url


def test_talks_of_before_come_into_the_inbox(empty: str) -> None:
    upgrade(empty, "0011")
    engine = create_engine(empty)
    with engine.begin() as connection:
        connection.execute(text(TALKS))
        connection.execute(text(TURNS))
    engine.dispose()
    upgrade(empty, "0012")
    database = Database(empty)
    with database.session(write=False) as session:
        [line] = inbox(session, Filters(), scope=scope_of("landelijk", "almere"), account_id=1).talks
    database.dispose()
    assert (line.conversation_id, line.municipality, line.turns, line.lowest) == ("oud", "landelijk", 3, 0.4)
    assert (line.danger, line.handover, line.first) == (True, False, "wat verdien ik")
    downgrade(empty, "0011")
