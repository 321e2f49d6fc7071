"""`meedoen voice demo`: a whole talk by ear as a file, rung on the real house."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from assistant.answers import AnswerBook
from assistant.running.house import Running
from assistant.voice.errors import VoiceUnavailable
from assistant.voice.speak import Speaker, wav
from assistant.voice.telephone.clock import Clock
from assistant.voice.telephone.demo import LONGEST_SECONDS, talk_by_ear
from assistant.voice.telephone.switchboard import telephone_app
from assistant.voice.telephone.words import BookWords
from tests.conversations.conftest import ROOT, free_port
from tests.conversations.telephone import registered, ringing
from tests.voice.compare import ALIKE, likeness, on_the_line
from tests.voice.doors import serving

BOOK = AnswerBook.read(ROOT / "data")
TOWN = "steenwijkerland"
FAST = Clock(6)


async def test_the_talk_registers_an_interest_and_its_file_says_what_it_is(
    house: Running, speaker: Speaker, tmp_path: Path
) -> None:
    out = tmp_path / "talk.wav"
    async with ringing(house, clock=FAST) as (board, port):
        with serving(telephone_app(board)) as url:
            wish = {"dev": True, "phone_port": urlsplit(url).port, "audiosocket_port": port}
            settings = house.settings.model_copy(update=wish)
            lines = await asyncio.to_thread(lambda: list(talk_by_ear(settings, out, TOWN, FAST)))
    print(*lines, sep="\n")
    row = await registered(house, "registration", "+31612345678")
    assert (row["name"], row["municipality_id"], row["hours_min"], row["state"]) == ("Jan", TOWN, 20, "nieuw")
    file = out.read_bytes()
    mark, seconds = wav.mark_of(file), wav.seconds_of(file)
    assert mark is not None and mark["synthetic"] is True and "espeak" in mark["voice"]
    assert f"{seconds:.1f} s, the house says: klaar" in lines[0], "the house ended the call as it should"
    assert seconds < LONGEST_SECONDS
    words = BookWords(lambda: BOOK, TOWN)
    assert words("telefoon/welkom").startswith("Goedendag. U spreekt met een computer, niet met een mens.")
    sound, places = file[-round(seconds * 16_000) :], []
    for said in (words("telefoon/welkom"), "N van Nico.", words("telefoon/dag")):
        alike, at = likeness(on_the_line(speaker, said), sound)
        assert alike > ALIKE, said
        places.append(at)
    assert places[0] < 1 and places == sorted(places) and places[-1] > seconds - 6


def test_a_house_that_does_not_answer_is_said_and_no_file_is_left(house: Running, tmp_path: Path) -> None:
    out = tmp_path / "talk.wav"
    for wish in ({}, {"phone_port": free_port(), "audiosocket_port": free_port()}):
        settings = house.settings.model_copy(update={"dev": True, **wish})
        with pytest.raises(VoiceUnavailable):
            list(talk_by_ear(settings, out, TOWN))
        assert not out.exists()
