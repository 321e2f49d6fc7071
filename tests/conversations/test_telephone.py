"""Telephone calls to the real house: AudioSocket, keys and scripted speech, and the row in the database."""

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
from assistant.voice.speak import Speaker
from assistant.voice.speak.espeak import EspeakVoice
from assistant.voice.telephone.g711 import to_8k
from assistant.voice.telephone.switchboard import Switchboard
from tests.conversations.conftest import ROOT, free_port
from tests.voice.exchange import Caller
from tests.voice.test_talk import spoken_sound

SPOKEN = [
    "0.95\tik wil me aanmelden voor werk",
    "0.95\tfatima",
    "0.95\tja dat klopt",
    "0.95\tja",
    "0.95\tik woon in steenwijk",
    "0.95\twerk in het groen",
    "0.95\ttwintig uur",
    "0.95\tja dat is goed",
]


class Telephone:
    """A second app of the same house, with a telephone: it shares Rasa and the database."""

    def __init__(self, house: Running) -> None:
        self.phone, self.socket = free_port(), free_port()
        ports = {"PUBLIC": free_port(), "INTERNAL": free_port(), "CONSOLE": free_port(), "PHONE": self.phone,
                 "AUDIOSOCKET": self.socket}  # fmt: skip
        environment = {**os.environ, **{f"MEEDOEN_{name}_PORT": str(port) for name, port in ports.items()}}
        environment |= {"MEEDOEN_RASA_URL": f"http://127.0.0.1:{house.settings.rasa_port}"}
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
        call_id = str(uuid.uuid4())
        body = f"gesprek={call_id}&nummer={number}&gemeente={municipality}".encode()
        assert urllib.request.urlopen(self.url, body, timeout=5).read() == b"ok"
        return call_id

    def after(self, call_id: str) -> str:
        return str(urllib.request.urlopen(f"{self.url}/{call_id}", timeout=5).read().decode())

    def end(self) -> None:
        self._process.terminate()
        self._process.wait(30)


@asynccontextmanager
async def ringing(house: Running, script: str = "") -> AsyncIterator[tuple[Switchboard, int]]:
    """The same telephone in this process."""
    port = free_port()
    listen: dict[str, Any] = {"listen": "scripted", "listen_script": Path(script)} if script else {}
    settings = house.settings.model_copy(update={"audiosocket_port": port, **listen})
    opened = House.open(settings)
    gateway_app(opened)
    board = switchboard(settings, opened)
    async with audiosocket(settings, board):
        yield board, port
    await opened.close()


def rows(house: Running, table: str, phone: str) -> list[dict[str, Any]]:
    engine = create_engine(house.settings.database)
    try:
        with engine.connect() as connection:
            found = Table(table, MetaData(), autoload_with=engine)
            return [dict(row) for row in connection.execute(select(found).where(found.c.phone == phone)).mappings()]
    finally:
        engine.dispose()


async def registered(house: Running, table: str, phone: str) -> None:
    """Wait until the row is there."""
    for _ in range(400):
        if await asyncio.to_thread(rows, house, table, phone):
            return
        await asyncio.sleep(0.3)
    raise AssertionError(f"nothing in {table}")


async def test_a_registration_by_keys_alone(house: Running) -> None:
    phone = Telephone(house)
    try:
        await asyncio.to_thread(phone.until_it_answers)
        call_id = phone.announce("0611223344", "steenwijkerland")
        caller = await Caller.ring(phone.socket, call_id)
        # aanmelden, geen naam, dit nummer, postcode en ja, groen, 20 uur, ja: who knows the way presses ahead
        caller.press("1" + "1" + "1" + "83311" + "1" + "2" + "1")
        await registered(house, "registration", "+31611223344")
        (row,) = rows(house, "registration", "+31611223344")
        assert (row["name"], row["municipality_id"], row["work_kind"]) == ("Beller", "steenwijkerland", "groen")
        assert row["hours_min"] == 20 and row["state"] == "nieuw"
        caller.press("#")
        await asyncio.wait_for(caller.is_over.wait(), 30)
        assert phone.after(call_id) == "klaar"
        await caller.end()
    finally:
        phone.end()


async def test_being_called_back_by_keys_alone(house: Running) -> None:
    async with ringing(house) as (board, port):
        call_id = str(uuid.uuid4())
        board.calls.announce(call_id, "", "almere")
        caller = await Caller.ring(port, call_id)
        # terugbellen, geen naam, nummer intoetsen en ja, zo snel mogelijk, ja
        caller.press("2" + "1" + "0365399922" + "1" + "1" + "1")
        await registered(house, "call_back", "+31365399922")
        (row,) = rows(house, "call_back", "+31365399922")
        assert row["name"] == "Beller"
        await caller.hang_up()


async def test_a_registration_by_voice(house: Running, tmp_path: Path) -> None:
    voice = EspeakVoice()
    sentence = to_8k(spoken_sound(Speaker(voice), "Dit is wat ik nu tegen u zeg."), 16000)
    voice.close()
    script = tmp_path / "script.txt"
    script.write_text("\n".join(SPOKEN), encoding="utf-8")
    async with ringing(house, str(script)) as (board, port):
        call_id = str(uuid.uuid4())
        board.calls.announce(call_id, "0655443322", "steenwijkerland")
        caller = await Caller.ring(port, call_id)
        for _ in SPOKEN:
            await caller.quiet(2.0, 120)
            caller.speak(sentence)
        await registered(house, "registration", "+31655443322")
        (row,) = rows(house, "registration", "+31655443322")
        assert (row["name"], row["work_kind"], row["hours_min"]) == ("Fatima", "groen", 20)
        assert row["place"] == "Steenwijk" and row["municipality_id"] == "steenwijkerland"
        await caller.hang_up()
