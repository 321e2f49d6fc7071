"""Telephone calls to the real house: AudioSocket, keys and scripted speech, and the row in the database."""

from __future__ import annotations

import asyncio
import uuid
from pathlib import Path

from assistant.running.house import Running
from assistant.voice.speak import Speaker
from assistant.voice.telephone.clock import Clock
from assistant.voice.telephone.g711 import to_8k
from tests.conversations.telephone import Telephone, registered, ringing
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
FAST = Clock(8)
"""Eight seconds of talk in one of the wall, on both sides: what is said and how it is heard are the same."""


async def test_a_registration_by_keys_alone(house: Running) -> None:
    phone = Telephone(house)
    try:
        await asyncio.to_thread(phone.until_it_answers)
        call_id = phone.announce("0611223344", "steenwijkerland")
        caller = await Caller.ring(phone.socket, call_id)
        # aanmelden, geen naam, dit nummer, postcode en ja, groen, 20 uur, ja: who knows the way presses ahead
        caller.press("1" + "1" + "1" + "83311" + "1" + "2" + "1")
        row = await registered(house, "registration", "+31611223344")
        assert (row["name"], row["municipality_id"], row["work_kind"]) == ("Beller", "steenwijkerland", "groen")
        assert row["hours_min"] == 20 and row["state"] == "nieuw"
        caller.press("#")
        await asyncio.wait_for(caller.is_over.wait(), 30)
        assert phone.after(call_id) == "klaar"
        await caller.end()
    finally:
        phone.end()


async def test_being_called_back_by_keys_alone(house: Running) -> None:
    async with ringing(house, clock=FAST) as (board, port):
        call_id = str(uuid.uuid4())
        board.calls.announce(call_id, "", "almere")
        caller = await Caller.ring(port, call_id, FAST)
        # terugbellen, geen naam, nummer intoetsen en ja, zo snel mogelijk, ja
        caller.press("2" + "1" + "0365399922" + "1" + "1" + "1")
        row = await registered(house, "call_back", "+31365399922")
        assert row["name"] == "Beller"
        await caller.hang_up()


async def test_a_registration_by_voice(house: Running, speaker: Speaker, tmp_path: Path) -> None:
    sentence = to_8k(spoken_sound(speaker, "Dit is wat ik nu tegen u zeg."), 16000)
    script = tmp_path / "script.txt"
    script.write_text("\n".join(SPOKEN), encoding="utf-8")
    async with ringing(house, str(script), FAST) as (board, port):
        call_id = str(uuid.uuid4())
        board.calls.announce(call_id, "0655443322", "steenwijkerland")
        caller = await Caller.ring(port, call_id, FAST)
        for _ in SPOKEN:
            await caller.quiet(2.0, 120)
            caller.speak(sentence)
        row = await registered(house, "registration", "+31655443322")
        assert (row["name"], row["work_kind"], row["hours_min"]) == ("Fatima", "groen", 20)
        assert row["place"] == "Steenwijk" and row["municipality_id"] == "steenwijkerland"
        await caller.hang_up()
