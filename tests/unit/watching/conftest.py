"""The real apps in this process, with a brain that the test controls."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.answers import Library
from assistant.conversation.brain import Breaker
from assistant.database import upgrade
from assistant.placement import seed
from assistant.running.app import House, gateway_app, internal
from assistant.settings import Settings
from tests.unit.gateway.conftest import FakeRasa

ROOT = Path(__file__).resolve().parents[3]


class OneWorker(Breaker):
    """What stands between the gateway and Rasa: a breaker, as for every worker."""

    def __init__(self, rasa: FakeRasa) -> None:
        super().__init__(rasa)
        self.close = rasa.close

    async def slots(self, conversation_id: str) -> dict[str, Any]:
        return {}


@pytest.fixture
def rasa() -> FakeRasa:
    return FakeRasa()


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    from assistant.database import Database

    path = tmp_path_factory.mktemp("watching") / "meedoen.db"
    upgrade(f"sqlite:///{path}")
    database = Database(f"sqlite:///{path}")
    with database.session() as session:
        seed(session)
        session.commit()
    database.dispose()
    import sqlite3

    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path.read_bytes()


@pytest.fixture(scope="session")
def answers() -> Library:
    return Library(ROOT / "data", every_seconds=1e9)


@pytest.fixture
async def house(
    tmp_path: Path, loaded: bytes, rasa: FakeRasa, answers: Library, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[House]:
    (tmp_path / "meedoen.db").write_bytes(loaded)
    monkeypatch.setattr("assistant.running.app.brain_of", lambda *given: OneWorker(rasa))
    monkeypatch.setattr("assistant.running.app.Library", lambda *arguments, **words: answers)
    opened = House.open(Settings(data=ROOT / "data", var=tmp_path, database_url="", dev=True))
    yield opened
    await opened.close()


@pytest.fixture
async def public(house: House) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=gateway_app(house), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture
async def private(house: House) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=internal(house), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield client
