"""A Redis and two PostgreSQL databases of this run alone, and two gateways with two Rasas on them."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import redis
from sqlalchemy import create_engine, make_url, text

from assistant.load.houses import Houses
from assistant.load.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
POSTGRES = os.environ.get("MEEDOEN_TEST_POSTGRES_URL", "postgresql://root@127.0.0.1:5432/test")


class Redis:
    """A redis-server on a free port that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.port, self._folder = free_port(), folder
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        command = [
            str(shutil.which("redis-server")),
            "--port",
            str(self.port),
            "--save",
            "",
            "--dir",
            str(self._folder),
        ]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        client = redis.Redis(port=self.port)
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                client.ping()
                break
            except redis.exceptions.ConnectionError:
                time.sleep(0.05)
        client.close()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[Redis]:
    """A Redis of this test alone."""
    server = Redis(tmp_path)
    yield server
    server.kill()


@pytest.fixture(scope="module")
def postgres() -> Iterator[tuple[str, str]]:
    """Addresses of two empty databases, for the app and for the trackers; they are dropped afterwards."""
    names = [f"scale_{part}_{uuid4().hex[:8]}" for part in ("app", "tracker")]
    engine = create_engine(make_url(POSTGRES).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for name in names:
            connection.execute(text(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))
    base = make_url(POSTGRES).set(drivername="postgresql")
    yield tuple(base.set(database=name).render_as_string(hide_password=False) for name in names)  # type: ignore[misc]
    with engine.connect() as connection:
        for name in names:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory, postgres: tuple[str, str]) -> Iterator[Houses]:
    """Two gateways and two Rasa workers over PostgreSQL and Redis, as plain processes."""
    folder = tmp_path_factory.mktemp("houses")
    shared = Redis(folder)
    made = Houses(
        ROOT, folder, gateways=2, rasas=2, database_url=postgres[0], tracker_url=postgres[1], redis_url=shared.url,
        settings={"messages_per_minute": 40},
    )  # fmt: skip
    try:
        with made as running:
            yield running
    finally:
        shared.kill()
