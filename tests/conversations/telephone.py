"""The telephone of the real house, for tests: in a process of its own or in this one, and what it wrote."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, Table, create_engine, select

from assistant.running.app import House, gateway_app
from assistant.running.house import Running
from assistant.running.voices import audiosocket, switchboard
from assistant.voice.telephone.clock import LIFE, Clock
from assistant.voice.telephone.switchboard import Switchboard
from tests.conversations.conftest import ROOT, free_port


class Telephone:
    """A second app of the same house, with a telephone: it shares Rasa and the database."""

    def __init__(self, house: Running, script: str = "") -> None:
        self.phone, self.socket = free_port(), free_port()
        ports = {"PUBLIC": free_port(), "INTERNAL": free_port(), "CONSOLE": free_port(), "PHONE": self.phone,
                 "AUDIOSOCKET": self.socket}  # fmt: skip
        environment = {**os.environ, **{f"MEEDOEN_{name}_PORT": str(port) for name, port in ports.items()}}
        environment |= {"MEEDOEN_RASA_URL": f"http://127.0.0.1:{house.settings.rasa_port}"}
        if script:
            environment |= {"MEEDOEN_LISTEN": "scripted", "MEEDOEN_LISTEN_SCRIPT": script}
        self._process = subprocess.Popen([sys.executable, "-m", "assistant", "serve"], cwd=ROOT, env=environment)
        self.url = f"http://127.0.0.1:{self.phone}/telefoon/gesprek"

    def until_it_answers(self) -> None:
        """Wait until the telephone's port is open; on a busy machine importing alone takes half a minute."""
        until = time.monotonic() + 180
        while time.monotonic() < until:
            assert self._process.poll() is None
            try:
                urllib.request.urlopen(f"{self.url}/none", timeout=1).close()
                return
            except OSError:
                time.sleep(0.2)
        raise AssertionError("the telephone does not answer")

    def announce(self, number: str, municipality: str) -> str:
        """Say that somebody will ring; returns the number of the call."""
        call_id = str(uuid.uuid4())
        body = f"gesprek={call_id}&nummer={number}&gemeente={municipality}".encode()
        assert urllib.request.urlopen(self.url, body, timeout=5).read() == b"ok"
        return call_id

    def after(self, call_id: str) -> str:
        """Ask what is next with a call."""
        return str(urllib.request.urlopen(f"{self.url}/{call_id}", timeout=5).read().decode())

    def end(self) -> None:
        """Stop the app."""
        self._process.terminate()
        self._process.wait(30)


@asynccontextmanager
async def ringing(house: Running, script: str = "", clock: Clock = LIFE) -> AsyncIterator[tuple[Switchboard, int]]:
    """The same telephone in this process."""
    port = free_port()
    listen: dict[str, Any] = {"listen": "scripted", "listen_script": Path(script)} if script else {}
    settings = house.settings.model_copy(update={"audiosocket_port": port, **listen})
    opened = House.open(settings)
    gateway_app(opened)
    board = switchboard(settings, opened, clock)
    async with audiosocket(settings, board):
        yield board, port
    await opened.close()


def rows(house: Running, table: str, phone: str) -> list[dict[str, Any]]:
    """Return the rows with a telephone number."""
    engine = create_engine(house.settings.database)
    try:
        with engine.connect() as connection:
            found = Table(table, MetaData(), autoload_with=engine)
            return [dict(row) for row in connection.execute(select(found).where(found.c.phone == phone)).mappings()]
    finally:
        engine.dispose()


async def registered(house: Running, table: str, phone: str) -> dict[str, Any]:
    """Wait until the row is there; there is only one."""
    for _ in range(400):
        if found := await asyncio.to_thread(rows, house, table, phone):
            (row,) = found
            return row
        await asyncio.sleep(0.3)
    raise AssertionError(f"nothing in {table}")
