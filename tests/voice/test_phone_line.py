"""Calls over real sockets: three kinds of exchange, one talk. The house behind it repeats what it was told."""

from __future__ import annotations

import asyncio
import base64
import json
import math
import uuid
from array import array
from itertools import pairwise

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from assistant.conversation.brain import Thought
from assistant.core.reply import Button, Reply
from assistant.voice.telephone import line as lines
from assistant.voice.telephone.calls import Calls, Ended, number_of
from assistant.voice.telephone.g711 import from_mulaw, to_8k, to_16k, to_mulaw
from assistant.voice.telephone.switchboard import Switchboard, telephone_app
from tests.voice.doors import house_of, serving
from tests.voice.exchange import Caller, exchange
from tests.voice.test_talk import spoken_sound


class Quick:
    """Short answers, so that the tests are short too."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    async def think(self, conversation_id, text, page):
        assert page["channel"] == "phone"
        self.heard.append(text)
        return Thought((Reply("Goed.", buttons=(Button("Ja", "ja"),), answer="goed"),))


@pytest.fixture(autouse=True)
def short_words(monkeypatch):
    """What the telephone says takes a tenth of its time."""
    monkeypatch.setattr("assistant.voice.speak.silent.SECONDS_PER_LETTER", 0.004)


def house(*heard, voice=None):
    found, brain, voice = house_of(list(heard), voice, Quick())
    if not heard:
        found.engines._script = None
    return found, brain, voice


async def until(true, seconds: float = 15.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110  what is waited for is any state of the house
            await asyncio.sleep(0.02)


async def test_a_call_by_keys_from_ringing_to_goodbye():
    found, brain, voice = house()
    async with exchange(found) as (board, port):
        call_id = str(uuid.uuid4())
        board.calls.announce(call_id, "+31612345678", "almere")
        caller = await Caller.ring(port, call_id)
        await until(lambda: any("Toets één" in said for said, _ in voice.said))
        said = " ".join(text for text, _ in voice.said)
        assert said.index("computer, niet met een mens") < said.index("Ik kan u niet verstaan")
        await caller.quiet()
        caller.press("3")
        await until(lambda: brain.heard == ["/beschut_werk/wat_is_het"])
        await caller.quiet()
        assert board.calls.after(call_id) is Ended.GOING_ON
        caller.press("#")
        await asyncio.wait_for(caller.is_over.wait(), 10)
        assert board.calls.after(call_id) is Ended.READY and board.calls.going_on == 0
        await caller.end()


async def test_the_number_that_rings_is_known_when_it_was_announced():
    found, brain, voice = house()

    async def ask(conversation_id, text, page):
        return Thought((Reply("Hoe kunnen we u bereiken?", answer="vraag/contact"),))

    brain.think = ask
    async with exchange(found) as (board, port):
        call_id = str(uuid.uuid4())
        board.calls.announce(call_id, "0612345678", "almere")
        caller = await Caller.ring(port, call_id)
        await caller.quiet()
        caller.press("2")
        await until(lambda: any("U belt met nul zes" in said for said, _ in voice.said))
        await caller.hang_up()
        await until(lambda: board.calls.going_on == 0)


async def test_a_person_is_asked_of_the_exchange(monkeypatch):
    monkeypatch.setattr(lines.Line, "_somebody_there", lambda self: True)
    found, *_ = house()
    async with exchange(found) as (board, port):
        call_id = str(uuid.uuid4())
        caller = await Caller.ring(port, call_id)
        await caller.quiet()
        caller.press("0")
        await asyncio.wait_for(caller.is_over.wait(), 10)
        assert board.calls.after(call_id) is Ended.PERSON
        await caller.end()


async def test_by_voice_with_words_and_barge_in(real, monkeypatch):
    found, brain, voice = house(("hoe werkt beschud werk", 0.9), ("stop maar", 0.9))
    said = to_8k(spoken_sound(real, "Wat is beschut werk, kunt u dat zeggen?"), 16000)
    async with exchange(found) as (_, port):
        caller = await Caller.ring(port)
        await caller.quiet()
        caller.speak(said)
        await until(lambda: brain.heard == ["hoe werkt beschut werk"])
        await caller.quiet()
        monkeypatch.setattr("assistant.voice.speak.silent.SECONDS_PER_LETTER", 0.5)
        caller.press("*")
        await until(lambda: len(caller.sound) and voice.said[-1][0].startswith("Goed"))
        before = len(caller.arrived)
        await until(lambda: len(caller.arrived) > before + 20)
        onset = asyncio.get_running_loop().time()
        caller.speak(said)
        await caller.stopped(3.0)
        assert caller.arrived[-1] - onset < 1.2, "silent soon after the caller began"
        await until(lambda: len(brain.heard) == 2)
        await caller.hang_up()


async def test_the_notice_that_it_is_a_computer_is_heard_whatever_is_pressed(monkeypatch):
    monkeypatch.setattr("assistant.voice.speak.silent.SECONDS_PER_LETTER", 0.02)
    found, brain, voice = house()
    async with exchange(found) as (_, port):
        caller = await Caller.ring(port)
        await until(lambda: caller.arrived)
        began = caller.arrived[0]
        caller.press("3")
        await until(lambda: brain.heard == ["/beschut_werk/wat_is_het"])
        welcome = next(said for said, _ in voice.said if "computer" in said)
        assert caller.arrived[-1] - began >= len(welcome) * 0.02 - 0.1
        await caller.hang_up()


async def test_sound_comes_at_the_pace_of_life(monkeypatch):
    monkeypatch.setattr("assistant.voice.speak.silent.SECONDS_PER_LETTER", 0.02)
    found, *_ = house()
    async with exchange(found) as (_, port):
        caller = await Caller.ring(port)
        await until(lambda: len(caller.arrived) > 150)
        seconds = caller.arrived[150] - caller.arrived[0]
        assert 2.7 < seconds < 3.6, "150 frames are three seconds"
        await caller.hang_up()


async def test_who_keeps_silent_is_helped_and_then_let_go(monkeypatch):
    monkeypatch.setattr(lines, "GIVE_UP_SECONDS", 0.3)
    monkeypatch.setattr(
        "assistant.voice.turns.pace.Pace.phone", classmethod(lambda cls: cls(hands_free=True, prompts=(0.3, 0.3, 0.3)))
    )
    found, _, voice = house()
    async with exchange(found) as (_, port):
        caller = await Caller.ring(port)
        await asyncio.wait_for(caller.is_over.wait(), 30)
        said = [text for text, _ in voice.said]
        order = [
            next(at for at, one in enumerate(said) if words in one)
            for words in ("rustig de tijd", "geen toets gehoord", "Tot ziens")
        ]
        assert order == sorted(order)
        await caller.end()


async def test_who_may_ring_and_how_many(monkeypatch):
    found, *_ = house()
    async with exchange(found, allowed=("10.0.0.0/8",)) as (board, port):
        caller = await Caller.ring(port)
        await asyncio.wait_for(caller.is_over.wait(), 5)
        assert not caller.sound and board.calls.going_on == 0
        await caller.end()
    async with exchange(found, most=1) as (board, port):
        first = await Caller.ring(port)
        await until(lambda: first.arrived)
        call_id = str(uuid.uuid4())
        second = await Caller.ring(port, call_id)
        await asyncio.wait_for(second.is_over.wait(), 5)
        assert not second.sound and board.calls.after(call_id) is Ended.BUSY
        await first.hang_up()
        await second.end()


@pytest.mark.parametrize(
    "rubbish", [b"GET / HTTP/1.1\r\n\r\n", b"\x10\xff\xff", b"\x01\x00\x02ab", b"\x10\x01\x40" + b"\0" * 320]
)
async def test_what_is_no_audiosocket_is_let_go(rubbish, monkeypatch):
    monkeypatch.setattr("assistant.voice.telephone.switchboard.RING_SECONDS", 0.5)
    found, *_ = house()
    async with exchange(found) as (board, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(rubbish)
        assert (await asyncio.wait_for(reader.read(), 5))[:1] in (b"", b"\0")
        assert board.calls.going_on == 0
        writer.close()


# exchanges that speak WebSocket


@pytest.fixture
def web():
    found, brain, voice = house()
    board = Switchboard(found, Calls(("127.0.0.1/32",), 5))
    with serving(telephone_app(board)) as url:
        yield url, board, brain, voice


async def test_asterisk_by_websocket(web):
    url, board, brain, voice = web
    address = url.replace("http", "ws") + "/telefoon/asterisk?gesprek=a.1&nummer=0612345678&gemeente=almere"
    async with connect(address, subprotocols=["media"]) as line:
        assert line.subprotocol == "media"
        await line.send(
            "MEDIA_START connection_id:x channel:WebSocket/x channel_id:9.1 format:slin optimal_frame_size:320 ptime:20"
        )
        assert isinstance(await line.recv(), bytes)
        await until(lambda: any("Toets één" in said for said, _ in voice.said))
        await asyncio.sleep(1.5)
        await line.send("DTMF_END digit:3 channel_id:9.1")
        await until(lambda: brain.heard == ["/beschut_werk/wat_is_het"])
        assert board.calls._known["a.1"].caller == "0612345678"
        await line.send("DTMF_END digit:# channel_id:9.1")
        came = []
        with pytest.raises(ConnectionClosed):
            while True:
                came.append(await asyncio.wait_for(line.recv(), 10))
        assert "FLUSH_MEDIA" in came and came[-1] == "HANGUP"
    assert board.calls.after("a.1") is Ended.READY


async def test_asterisk_by_websocket_with_json_and_mulaw(web):
    url, _, brain, _ = web
    async with connect(url.replace("http", "ws") + "/telefoon/asterisk") as line:
        await line.send(json.dumps({"event": "MEDIA_START", "channel_id": "7", "format": "ulaw", "ptime": 20}))
        assert len(await line.recv()) == 160
        await asyncio.sleep(2.5)
        await line.send(json.dumps({"event": "DTMF_END", "digit": "3"}))
        await until(lambda: brain.heard == ["/beschut_werk/wat_is_het"])
        await line.send(json.dumps({"event": "DTMF_END", "digit": "#"}))
        came = []
        with pytest.raises(ConnectionClosed):
            while True:
                came.append(await asyncio.wait_for(line.recv(), 10))
        assert json.loads(came[-1]) == {"command": "HANGUP"}


async def test_a_media_stream(web):
    url, board, brain, _ = web
    async with connect(url.replace("http", "ws") + "/telefoon/stroom") as line:
        await line.send(json.dumps({"event": "connected", "protocol": "Call", "version": "1.0.0"}))
        own = {"nummer": "+31365399911", "gemeente": "almere"}
        start = {"streamSid": "MZ1", "callSid": "CA1", "customParameters": own,
                 "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1}}  # fmt: skip
        await line.send(json.dumps({"event": "start", "streamSid": "MZ1", "start": start}))
        media = json.loads(await line.recv())
        assert media["event"] == "media" and media["streamSid"] == "MZ1"
        assert len(base64.b64decode(media["media"]["payload"])) == 160
        silence = base64.b64encode(b"\xff" * 160).decode()
        await line.send(json.dumps({"event": "media", "media": {"track": "inbound", "payload": silence}}))
        await asyncio.sleep(2.5)
        await line.send(json.dumps({"event": "dtmf", "dtmf": {"track": "inbound_track", "digit": "3"}}))
        await until(lambda: brain.heard == ["/beschut_werk/wat_is_het"])
        assert board.calls._known["CA1"].caller == "0365399911"
        await line.send(json.dumps({"event": "stop"}))
        with pytest.raises(ConnectionClosed):
            while True:
                await asyncio.wait_for(line.recv(), 10)
    await until(lambda: board.calls.going_on == 0)


@pytest.mark.parametrize("wrong", ["no json", '{"event": "media", "media": {"payload": "***"}}', "[]",
                                   '{"event": "start", "start": {"mediaFormat": {"encoding": "opus"}}}'])  # fmt: skip
async def test_a_stream_in_another_form_ends(web, wrong):
    url, board, *_ = web
    async with connect(url.replace("http", "ws") + "/telefoon/stroom") as line:
        await line.send(wrong)
        with pytest.raises(ConnectionClosed):
            await asyncio.wait_for(line.recv(), 8)
    assert board.calls.going_on == 0


async def test_announcing_and_asking_afterwards(web):
    url, board, *_ = web
    async with httpx.AsyncClient(base_url=url) as client:
        told = await client.post(
            "/telefoon/gesprek", data={"gesprek": "u-1", "nummer": "+31 6 12345678", "gemeente": "almere"}
        )
        assert told.text == "ok" and board.calls._known["u-1"].caller == "0612345678"
        assert (await client.get("/telefoon/gesprek/u-1")).text == "bezig"
        assert (await client.get("/telefoon/gesprek/another")).text == "onbekend"
        assert (await client.post("/telefoon/gesprek", data={"gesprek": "a b"})).status_code == 422
        board.calls._networks = ()
        assert (await client.get("/telefoon/gesprek/u-1")).status_code == 403
        assert (await client.post("/telefoon/gesprek", data={"gesprek": "u-2"})).status_code == 403


# sound and numbers


def test_mulaw_there_and_back():
    tone = array("h", (int(12000 * math.sin(at / 7)) for at in range(8000)))
    back = array("h", from_mulaw(to_mulaw(tone.tobytes())))
    noise = sum((one - other) ** 2 for one, other in zip(tone, back, strict=True)) / sum(one**2 for one in tone)
    assert 10 * math.log10(1 / noise) > 35, "G.711 keeps the noise 35 dB below a loud tone"
    assert to_mulaw(array("h", [0, 32767, -32768]).tobytes()) == bytes([0xFF, 0x80, 0x00])
    assert list(array("h", from_mulaw(b"\xff\x80\x00"))) == [0, 32124, -32124]


def test_changes_of_rate_keep_length_and_pitch():
    tone = array("h", (int(9000 * math.sin(2 * math.pi * 400 * at / 22050)) for at in range(22050)))
    low = array("h", to_8k(tone.tobytes(), 22050))
    assert len(low) == 8000
    crossings = sum(one < 0 <= other for one, other in pairwise(low))
    assert 398 <= crossings <= 402
    assert len(to_16k(low.tobytes(), 8000)) == 32000 and to_16k(b"ab", 16000) == b"ab"


@pytest.mark.parametrize(
    "caller, number",
    [("0612345678", "0612345678"), ("+31612345678", "0612345678"), ("31612345678", "0612345678"), ("anonymous", ""),
     ("0031612345678", "0612345678"), ("+32470123456", "0032470123456"), ("", ""), ("112", "")],
)  # fmt: skip
def test_numbers_of_callers(caller, number):
    assert number_of(caller) == number


def test_a_number_is_not_kept_longer_than_needed():
    now = [0.0]
    calls = Calls(("127.0.0.1",), 5, lambda: now[0])
    calls.announce("a", "0612345678", "almere")
    now[0] = 601.0
    assert calls.after("a") is Ended.UNKNOWN and not calls._known
    assert not calls.may_call("no address") and calls.may_call("127.0.0.1")


async def test_keys_that_come_before_their_question_wait_for_it():
    found, brain, _ = house()
    replies = {"/beschut_werk/wat_is_het": ("een", "twee"), "een": ("drie",), "drie": ("vier", "vijf")}

    async def slow(conversation_id, text, page):
        brain.heard.append(text)
        await asyncio.sleep(0.3)
        return Thought(
            (Reply("Kies.", buttons=tuple(Button(word, word) for word in replies.get(text, ("uit",))), answer="x"),)
        )

    brain.think = slow
    async with exchange(found) as (_, port):
        caller = await Caller.ring(port)
        caller.press("3112")
        await until(lambda: len(brain.heard) == 4)
        assert brain.heard == ["/beschut_werk/wat_is_het", "een", "drie", "vijf"]
        await caller.hang_up()
