"""The public app as it is served, with a brain that the test controls and a database of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.answers import Library
from assistant.database import upgrade
from assistant.running.app import House, gateway_app
from assistant.settings import Settings
from tests.unit.conversation.conftest import FakeBrain

ROOT = Path(__file__).resolve().parents[3]
MakeHouse = Callable[..., House]


class FakeRasa(FakeBrain):
    """A Rasa that is there until the test says otherwise."""

    ready = True
    resting = False

    async def is_ready(self) -> bool:
        return self.ready

    async def slots(self, conversation_id: str) -> dict[str, Any]:
        return {}

    async def close(self) -> None:
        """Nothing to close."""


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("gateway") / "meedoen.db"
    upgrade(f"sqlite:///{path}")
    return path.read_bytes()


@pytest.fixture(scope="session")
def answers() -> Library:
    """The real answers, read once."""
    return Library(ROOT / "data", every_seconds=1e9)


@pytest.fixture
def rasa() -> FakeRasa:
    return FakeRasa()


@pytest.fixture
async def make(
    tmp_path: Path, migrated: bytes, rasa: FakeRasa, answers: Library, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[MakeHouse]:
    """Open a house with these settings, with the fake in the place of Rasa."""
    (tmp_path / "meedoen.db").write_bytes(migrated)
    opened: list[House] = []
    monkeypatch.setattr("assistant.running.app.brain_of", lambda *given: rasa)
    monkeypatch.setattr("assistant.running.app.Library", lambda data, **options: answers)
    monkeypatch.setattr(answers, "problem", None)

    def open_house(**different: Any) -> House:
        usual: dict[str, Any] = {"data": ROOT / "data", "var": tmp_path, "database_url": "", "dev": False}
        house = House.open(Settings(**usual | different))
        opened.append(house)
        return house

    yield open_house
    for house in opened:
        await house.close()


@pytest.fixture
def house(make: MakeHouse) -> House:
    return make()


def client_of(house: House, host: str = "127.0.0.1") -> httpx.AsyncClient:
    """Return a client that speaks to the app itself; a mistake in the app is an answer, as it is for people."""
    transport = httpx.ASGITransport(app=gateway_app(house), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=f"http://{host}")


@pytest.fixture
async def client(house: House) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(house) as opened:
        yield opened
