"""A house full of data for each test: a migrated database, Rasa's table, logs, mails and models."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from assistant.database import Database, upgrade
from assistant.placement import CallBackRequest, InterestWish, ask_call_back, register_interest, seed
from assistant.review import ConversationLog, NewConversation, TurnRecord
from assistant.rights.purge import Stores
from assistant.rights.tracker_store import TrackerStore

ROOT = Path(__file__).resolve().parents[3]
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SCOPE = frozenset({"almere", "steenwijkerland", "landelijk"})


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated and seeded SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("rights") / "meedoen.db"
    upgrade(f"sqlite:///{path}")
    database = Database(f"sqlite:///{path}")
    with database.session() as session:
        seed(session)
    database.dispose()
    return path


@dataclass
class House:
    """What the tests fill and look into."""

    stores: Stores
    tracker_file: Path

    @property
    def database(self) -> Database:
        return self.stores.database

    def talk(self, name: str, began: datetime, said: str = "ik zoek werk", municipality: str | None = "almere") -> str:
        """Keep a conversation with one turn, and what Rasa remembers of it."""
        log = ConversationLog(self.database)
        log.start(NewConversation(name, "0" * 64, municipality, None, "web", began))
        log.record(TurnRecord(name, "1", began, said, "aanmelden", 0.9, ["welkom"], None, 5, None))
        return name

    def remembers(self, talk: str, at: datetime, *events: dict[str, Any]) -> None:
        """Write events as Rasa does."""
        engine = create_engine(f"sqlite:///{self.tracker_file}")
        with engine.begin() as connection:
            connection.execute(
                text(
                    "CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, sender_id VARCHAR(255) NOT NULL, "
                    "type_name VARCHAR(255), timestamp FLOAT, intent_name VARCHAR(255), "
                    "action_name VARCHAR(255), data TEXT)"
                )
            )
            for event in events:
                row = {"sender": talk, "type": event["event"], "at": at.timestamp(), "data": json.dumps(event)}
                insert = (
                    "INSERT INTO events (sender_id, type_name, timestamp, data) VALUES (:sender, :type, :at, :data)"
                )
                connection.execute(text(insert), row)
        engine.dispose()

    def registers(self, name: str, phone: str, talk: str, at: datetime = NOW, municipality: str = "almere") -> str:
        """Put somebody on the list and return the number."""
        with self.database.session() as session:
            wish = InterestWish(
                municipality=municipality, name=name, phone=phone, work_kind="groen", hours=(12, 16),
                conversation_id=talk, consent_text_version="2026-11", consented_at=at,
            )  # fmt: skip
            return register_interest(session, wish, now=at).number

    def asks_to_be_called(self, name: str, phone: str, talk: str, at: datetime = NOW) -> str:
        """Put a call-back on the list and return its number."""
        with self.database.session() as session:
            asked = CallBackRequest(name=name, phone=phone, municipality="almere", conversation_id=talk)
            return ask_call_back(session, asked, now=at).number

    def mail(self, name: str, body: str) -> Path:
        """Put a mail into the outbox."""
        path = self.stores.var / "outbox" / f"{name}.eml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"To: desk@voorbeeld.nl\r\nSubject: bericht\r\n\r\n{body}", encoding="utf-8")
        return path

    def count(self, table: str) -> int:
        """Rows of a table."""
        with self.database.session(write=False) as session:
            return int(session.scalar(text(f"SELECT count(*) FROM {table}")) or 0)


@pytest.fixture
def house(template: Path, tmp_path: Path) -> Iterator[House]:
    """A house of its own for a test."""
    var = tmp_path / "var"
    var.mkdir()
    shutil.copy(template, var / "meedoen.db")
    (tmp_path / "models" / "manifests").mkdir(parents=True)
    tracker = var / "tracker.db"
    database = Database(f"sqlite:///{var / 'meedoen.db'}")
    stores = Stores(database, TrackerStore(f"sqlite:///{tracker}"), var, tmp_path, ROOT / "data")
    yield House(stores, tracker)
    database.dispose()


def ago(**length: float) -> datetime:
    """A moment before NOW."""
    return NOW - timedelta(**length)
