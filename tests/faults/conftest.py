"""Houses to break, both supervised: a small one (SQLite) and a large one (PostgreSQL, Rasa behind a bad wire).

MEEDOEN_FAULTS_TABLE names the file that the table of what happened is written to (`make faults`).
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from sqlalchemy import create_engine, text

from assistant.running.house import Running
from assistant.settings import Settings
from tests.faults.person import Person
from tests.faults.postgres import Cluster
from tests.faults.redis_server import RedisServer
from tests.faults.table import Table
from tests.faults.wire import Wire

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(true: Callable[[], object], seconds: float = 60.0) -> float:
    """Wait until something is true and return how many seconds that took; fails when it takes too long."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds, f"not within {seconds} s"
        time.sleep(0.2)
    return time.monotonic() - began


@dataclass
class Supervised:
    """A running house with its supervisor in a thread."""

    running: Running
    settings: Settings
    root: Path
    said: list[str]
    people: list[Person] = field(default_factory=list)

    def is_well(self) -> bool:
        """Whether the supervisor is content and people can be helped completely."""
        try:
            return self.running.is_well and httpx.get(f"{self.running.public_url}/health").status_code == 200
        except httpx.HTTPError:
            return False

    def person(self, municipality: str = "steenwijkerland", url: str = "", timeout: float = 15.0) -> Person:
        """Return somebody who has opened the chat."""
        self.people.append(Person(url or self.running.public_url, municipality, timeout).start())
        return self.people[-1]

    def pid(self, name: str) -> int:
        """Process id of `rasa` or `app` now."""
        return self.running.pid(name)

    def rows(self, table: str, person: Person) -> int:
        """How many rows somebody left in a table of the house."""
        engine = create_engine(self.settings.database)
        try:
            with engine.connect() as connection:
                query = text(f"SELECT count(*) FROM {table} WHERE conversation_id = :id")
                return int(connection.execute(query, {"id": person.id}).scalar_one())
        finally:
            engine.dispose()

    def understands(self) -> bool:
        """Whether Rasa answers somebody who types."""
        person = Person(self.running.public_url, timeout=15.0).start()
        answered = person.status == 201 and person.say("hoeveel uur moet ik werken") and person.status == 200
        person.close()
        return bool(answered) and "storing/begrijpen" not in person.keys


@contextmanager
def supervised(root: Path, settings: Settings) -> Iterator[Supervised]:
    """Start a house with a supervisor; afterwards everything is down."""
    said: list[str] = []
    stop = threading.Event()
    with Running(root, settings, said.append) as running:
        running.start()
        thread = threading.Thread(target=running.supervise, args=(stop,))
        thread.start()
        house = Supervised(running, settings, root, said)
        try:
            yield house
        finally:
            stop.set()
            thread.join(60)
            for person in house.people:
                person.close()
            print("\n".join(said))


def root_with_own_models(folder: Path) -> Path:
    """Return a checkout made of links, whose models/ can be broken."""
    folder.mkdir()
    for path in ROOT.iterdir():
        if path.name not in ("models", "var", ".git"):
            (folder / path.name).symlink_to(path)
    shutil.copytree(ROOT / "models", folder / "models", ignore=shutil.ignore_patterns("reports"))
    return folder


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """Give a disk of its own to what a house writes. Needs root, as CI has."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small disk needs root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Supervised]:
    """The small house: SQLite, on a disk of 64 MB, with models and answers of its own."""
    folder = tmp_path_factory.mktemp("small")
    root = root_with_own_models(folder / "root")
    data = Path(shutil.copytree(ROOT / "data", folder / "data"))
    with small_disk(folder / "var", 64) as var, supervised(root, settings_for(var, data=data)) as running:
        yield running


@pytest.fixture(autouse=True)
def well_at_first(request: pytest.FixtureRequest) -> None:
    """Begin every fault in a house that is well: what an earlier one did is over."""
    for name in {"house", "large"} & set(request.fixturenames):
        if isinstance(house := request.getfixturevalue(name), Supervised):
            until(lambda house=house: house.is_well() and house.understands(), 120)  # also: no breaker rests


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL of our own, that may be stopped."""
    folder = Path(tempfile.mkdtemp(prefix="meedoen-postgres-"))
    with Cluster(folder, free_port()) as running:
        yield running
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def wire() -> Iterator[Wire]:
    """What lies between the gateway and Rasa of the large house."""
    with Wire() as wire:
        yield wire


@pytest.fixture(scope="session")
def redis() -> Iterator[RedisServer]:
    """A Redis of our own, that may be killed."""
    with RedisServer(free_port()) as running:
        yield running


@pytest.fixture(scope="session")
def large(
    cluster: Cluster, redis: RedisServer, wire: Wire, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Supervised]:
    """The large house: placement and tracker on PostgreSQL, Redis, the way to Rasa over a wire that can be bad."""
    folder = tmp_path_factory.mktemp("large")
    stores = {"database_url": cluster.make("meedoen"), "tracker_url": cluster.make("tracker"), "redis_url": redis.url}
    settings = settings_for(folder / "var", **stores, rasa_url=wire.url, rasa_timeout_seconds=4.0)
    wire.to(settings.rasa_port)
    with supervised(ROOT, settings) as running:
        yield running


def settings_for(var: Path, **others: object) -> Settings:
    """Settings on free ports, everything else given: nothing of the environment of this run gets in."""
    given: dict[str, object] = {"dev": True, "data": ROOT / "data", "var": var, "database_url": ""}
    names = ("public_port", "internal_port", "rasa_port", "console_port")
    ports = {name: free_port() for name in names}
    return Settings(**(given | ports | others))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def table() -> Iterator[Table]:
    """What happened, one row per fault."""
    rows = Table()
    yield rows
    if path := os.environ.get("MEEDOEN_FAULTS_TABLE"):
        rows.write(Path(path))
