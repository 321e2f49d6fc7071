"""A real telephone (baresip) calls the real house: SIP and RTP to a small exchange, AudioSocket to us, and a row."""

from __future__ import annotations

import asyncio
import shutil
from array import array
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from statistics import quantiles

import pytest

from assistant.answers import AnswerBook
from assistant.running.house import Running
from assistant.voice.speak import Speaker
from assistant.voice.telephone.g711 import from_mulaw, to_8k, to_mulaw
from assistant.voice.telephone.words import BookWords
from tests.conversations.conftest import ROOT
from tests.conversations.telephone import Telephone, registered, rows
from tests.voice.baresip import Baresip, baresip
from tests.voice.compare import ALIKE, likeness, on_the_line
from tests.voice.pbx import Bridged, pbx
from tests.voice.rtp import Sent
from tests.voice.test_talk import spoken_sound

TOWN = "steenwijkerland"
CUT_BYTES = 8_000
"""Half a second: sound that is on its way when somebody hangs up is not heard."""
BOOK = AnswerBook.read(ROOT / "data")
WORDS = BookWords(lambda: BOOK, TOWN)


@pytest.fixture(scope="module")
def telephone(house: Running, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Telephone]:
    """The telephone of the house in a process of its own, with a recogniser that hears one thing: a name."""
    if shutil.which("baresip") is None:
        pytest.skip("needs Debian's baresip-core")
    script = tmp_path_factory.mktemp("script") / "lines.txt"
    script.write_text("0.95\tik heet fatima", encoding="utf-8")
    phone = Telephone(house, str(script))
    try:
        phone.until_it_answers()
        yield phone
    finally:
        phone.end()


@asynccontextmanager
async def calling(telephone: Telephone, folder: Path, number: str) -> AsyncIterator[tuple[Baresip, Bridged]]:
    """Somebody who rings and is answered."""
    async with pbx(telephone.url, telephone.socket, TOWN) as exchange, baresip(folder, number) as caller:
        await caller.dial(exchange.sip.port)
        (call,) = exchange.calls
        await caller.until(lambda: call.house is not None and len(call.house.arrived) > 0)
        yield caller, call


async def test_a_registration_by_keys_and_speech(
    house: Running, telephone: Telephone, speaker: Speaker, tmp_path: Path
) -> None:
    async with calling(telephone, tmp_path, "0611335577") as (caller, call):
        assert call.house is not None
        await caller.press("1")
        await call.house.quiet(1.5, 120)
        caller.say(to_8k(spoken_sound(speaker, "Ik heet Fatima."), 16000))
        await asyncio.sleep(1.0)
        await call.house.quiet(1.5, 60)
        # de naam klopt, dit nummer, postcode en ja, groen, 20 uur, ja
        await caller.press("1" + "1" + "83311" + "1" + "2" + "1")
        row = await registered(house, "registration", "+31611335577")
        assert (row["name"], row["municipality_id"], row["work_kind"]) == ("Fatima", TOWN, "groen")
        assert row["hours_min"] == 20 and row["state"] == "nieuw"
        await caller.press("#")
        await asyncio.wait_for(call.is_over.wait(), 30)
        await caller.until(lambda: caller.has("CALL_CLOSED"))
        assert call.next == "klaar" and not call.sip.by_caller, "the house ended it"
        assert call.keys == "1" + "1" + "1" + "83311" + "1" + "2" + "1" + "#" and call.rtp.lost == 0
    heard = caller.heard()
    the_caller_heard_all_that_was_sent(heard, bytes(call.house.sound))
    without_holes(call.rtp.sent)
    alike, _ = likeness(on_the_line(speaker, WORDS("telefoon/welkom")), heard, 0, 1)
    assert alike > ALIKE, "it begins with the sentence that a computer speaks"
    alike, at = likeness(on_the_line(speaker, WORDS("telefoon/dag")), heard)
    assert alike > ALIKE and at > len(heard) / 16_000 - 6, "and ends with a greeting"


async def test_hanging_up_in_the_middle_registers_nothing(
    house: Running, telephone: Telephone, speaker: Speaker, tmp_path: Path
) -> None:
    async with calling(telephone, tmp_path, "0611335578") as (caller, call):
        assert call.house is not None
        # aanmelden, geen naam, dit nummer, postcode en ja, groen: then the hours are asked
        await caller.press("1" + "1" + "1" + "83311" + "1")
        await call.house.quiet(1.5, 120)
        caller.command("hangup")
        await asyncio.wait_for(call.is_over.wait(), 30)
        assert call.sip.by_caller and call.next == "klaar", "the line is free again"
    alike, _ = likeness(on_the_line(speaker, WORDS("vraag/uren")), caller.heard())
    assert alike > ALIKE, "it was in the middle of the form"
    for table in ("registration", "call_back"):
        assert rows(house, table, "+31611335578") == []


async def test_a_key_without_meaning_leads_kindly_on(telephone: Telephone, speaker: Speaker, tmp_path: Path) -> None:
    async with calling(telephone, tmp_path, "0611335579") as (caller, call):
        assert call.house is not None
        await caller.press("7")
        await call.house.quiet(1.5, 120)
        await caller.press("#")
        await asyncio.wait_for(call.is_over.wait(), 30)
        assert call.next == "klaar"
    heard = caller.heard()
    alike, at = likeness(on_the_line(speaker, WORDS("telefoon/onbekende_toets")), heard)
    assert alike > ALIKE
    choice = WORDS("telefoon/keuze", toets="1", keuze=WORDS.buttons("telefoon/welkom")[0].title)
    alike, also_at = likeness(on_the_line(speaker, choice), heard, at)
    assert alike > ALIKE and also_at > at, "what can be chosen is said again"


def the_caller_heard_all_that_was_sent(heard: bytes, sent: bytes) -> None:
    """Sample for sample what the house sent, as mu-law leaves it; only the end may be cut off by hanging up."""
    ours, theirs = array("h", from_mulaw(to_mulaw(sent))), array("h", heard)
    assert len(sent) - CUT_BYTES <= len(heard) <= len(sent)
    assert max(abs(one - other) for one, other in zip(ours, theirs, strict=False)) <= 2, "baresip's zero is 2"


def without_holes(sent: list[Sent]) -> None:
    """Numbers and times of packets go on without a hole, speech is not chopped; how even the pace is, is printed."""
    assert [packet.sequence for packet in sent] == list(range(len(sent)))
    stretches = [packet for packet in sent if packet.begins]
    pairs = [(one, other) for one, other in pairwise(sent) if not other.begins]
    assert all(other.timestamp - one.timestamp == 160 for one, other in pairs)
    assert len(stretches) * 25 < len(sent), "a stretch of speech is longer than half a second"
    gaps = quantiles(((other.at - one.at) * 1000 for one, other in pairs), n=100)
    shown = " ".join(f"p{at} {gaps[at - 1]:.1f}" for at in (1, 50, 99))
    print(f"{len(sent)} packets in {len(stretches)} stretches, gaps in ms {shown}")
