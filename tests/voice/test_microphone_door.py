"""The microphone's door over a real socket: from sound to an answer that sounds, and who may not come in."""

from __future__ import annotations

import asyncio
import json
from types import SimpleNamespace

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from assistant.voice.browser import door
from assistant.voice.listen.engine import Heard
from tests.voice.doors import Doors, Page, doors

SILENCE = b"\0\0" * 320
LINES = [("wat is beschud werk", 0.9), ("iets met werk", 0.3), ("ja", 0.9), ("", None)]


@pytest.fixture
def house():
    with doors(list(LINES)) as running:
        yield running


def start(house: Doors, **manner) -> Page:
    talk = asyncio.run(house.start())
    page = Page(house.open(talk.id))
    page.talk = talk
    page.say("start", token=talk.token, manner=manner)
    assert page.until("ready") == {"type": "ready", "recogniser": "scripted", "hands_free": True}
    return page


def hold(page: Page, seconds: float = 1.0) -> None:
    page.say("press")
    page.sound(SILENCE * round(seconds * 50))
    page.say("release")


def test_held_button_to_spoken_answer(house):
    page = start(house)
    hold(page)
    final = page.until("final")
    assert final["text"] == "wat is beschut werk" and final["sure"] is True and final["confidence"] == 0.9
    assert "partial" in page.kinds() and "speech_start" in page.kinds()
    reply = page.until("reply")
    assert reply["id"] == final["id"] and reply["messages"][0]["buttons"] == [{"title": "Ja", "payload": "ja"}]
    assert "extra" not in reply["messages"][0]
    first = page.until("speaking")
    assert first["reply"] == "" and "computerstem" in first["text"], "the first sound says that a computer speaks"
    second = page.until("speaking")
    assert second["reply"] == "0" and second["rate_hertz"] == 8000
    page.until("spoken")
    assert page.sound_bytes > 16000
    marks = [mark for _, message in page.came if isinstance(message, dict) for mark in message.get("marks", ())]
    at, begin, end = marks[-1]
    assert second["text"][begin:end].startswith("is") and at > 1000
    assert house.brain.heard == ["wat is beschut werk"]


def test_doubt_is_shown_and_only_sent_by_the_person(house):
    house.house.engines._script._lines.pop(0)
    page = start(house)
    hold(page)
    final = page.until("final")
    assert final["sure"] is False and final["text"] == "iets met werk"
    with pytest.raises(TimeoutError):
        page.until("reply", 0.4)
    assert house.brain.heard == []
    page.say("send", text="iets met groen werk", id=final["id"])
    assert page.until("reply")["text"] == "iets met groen werk"
    assert house.brain.heard == ["iets met groen werk"]


def test_nothing_understood_is_nothing_said(house):
    house.house.engines._script._lines[:] = [("", None)]
    page = start(house)
    hold(page)
    assert page.until("final")["text"] == ""
    with pytest.raises(TimeoutError):
        page.until("reply", 0.3)
    assert house.brain.heard == []


def test_escape_forgets_what_was_said(house):
    page = start(house)
    page.say("press")
    page.sound(SILENCE * 50)
    page.say("cancel")
    page.say("release")
    with pytest.raises(TimeoutError):
        page.until("final", 0.4)
    assert house.brain.heard == []


def test_pressing_silences_the_answer_and_again_repeats_it(house):
    page = start(house)
    hold(page)
    page.until("speaking")
    page.until("speaking")
    page.say("press")
    page.until("clear")
    page.say("stopped", seconds=0.1)
    page.say("cancel")
    page.say("again")
    assert page.until("order")["order"] == "herhaal"
    assert page.until("speaking")["text"].startswith("U zei: wat is beschut werk")


def test_what_was_not_heard_can_be_heard_later(house):
    house.house.engines._script._lines[:] = [("vraag", 0.9), ("ga verder", 0.9), ("langzamer", 0.9)]
    page = start(house)
    hold(page)
    page.until("speaking")
    page.until("speaking")
    page.until("marks")
    page.say("press")
    page.until("clear")
    page.say("stopped", seconds=2.2)
    page.sound(SILENCE * 25)
    page.say("release")
    assert page.until("order")["order"] == "ga_verder"
    rest = page.until("speaking")["text"]
    assert rest and not rest.startswith("U zei") and rest.endswith("die langer is.")
    page.until("spoken")
    page.say("played")
    hold(page)
    assert page.until("order") == {"type": "order", "order": "langzamer", "rate": 0.85}
    page.until("spoken")
    assert house.voice.said[-1][1] == pytest.approx(0.85)


def test_hands_free_doubt_is_asked_by_ear(house, real):
    from tests.voice.test_talk import spoken_sound

    house.house.engines._script._lines[:] = [("iets met werk", 0.3), ("ja", 0.9)]
    page = start(house, hands_free=True)
    page.sound(spoken_sound(real, "Ik zoek iets met werk in het groen."))
    page.sound(SILENCE * 60)
    assert page.until("final")["sure"] is False
    assert "Ik hoorde: iets met werk" in page.until("prompt")["text"]
    page.until("spoken")
    page.say("played")
    page.sound(spoken_sound(real, "Ja, dat klopt helemaal."))
    page.sound(SILENCE * 60)
    assert page.until("reply")["text"] == "iets met werk"


def code_after(page: Page) -> int:
    with pytest.raises(ConnectionClosed) as closed:
        while True:
            page.until("never")
    return closed.value.rcvd.code


def test_who_may_not_come_in(house):
    talk = asyncio.run(house.start())
    for origin in ("https://kwaad.voorbeeld", "null", "http://[::1"):
        page = Page(house.open(talk.id, origin=origin))
        assert page.until("error")["code"] == "voice.origin" and code_after(page) == 1008
    page = Page(house.open(talk.id))
    page.say("start", token="another")
    assert page.until("error")["code"] == "conversation.not_found" and code_after(page) == 1008
    page = Page(house.open(talk.id))
    page.say("start")
    assert page.until("error")["code"] == "conversation.token_missing"
    with pytest.raises(InvalidStatus):
        house.open("nothing")


@pytest.mark.parametrize("wrong", ["", "{", '{"type": "press", "more": 1}', '{"type": "sing"}', "x" * 9000])
def test_messages_in_another_form(house, wrong):
    page = start(house)
    page.socket.send(wrong)
    error = page.until("error")
    assert error["code"] == "voice.message_invalid" and error["text"]
    assert code_after(page) == 1008


def test_sound_in_another_form_and_too_much_of_it(house):
    page = start(house)
    page.socket.send(b"\0" * 641)
    assert page.until("error")["code"] == "voice.message_invalid"
    page = start(house)
    with pytest.raises(ConnectionClosed):
        for _ in range(40):
            page.socket.send(b"\0" * 32000)
            page.until("never", 0.05) if _ > 8 else None
    page = start(house)
    with pytest.raises(ConnectionClosed) as closed:
        page.socket.send(b"\0" * 70000)
        page.until("never")
    assert closed.value.rcvd.code == 1009


def test_one_microphone_per_talk_and_so_many_talks(house, monkeypatch):
    page = start(house)
    second = Page(house.open(page.talk.id))
    assert second.until("error")["code"] == "voice.busy" and code_after(second) == 1013
    house.house.most_talks = 1
    talk = asyncio.run(house.start())
    third = Page(house.open(talk.id))
    assert third.until("error")["code"] == "voice.busy"
    page.say("stop")
    assert code_after(page) == 1000 and house.house.talks == set()


def test_who_says_nothing_is_let_go(house, monkeypatch):
    monkeypatch.setattr(door, "IDLE_SECONDS", 0.2)
    page = start(house)
    assert code_after(page) == 1013


def test_without_a_recogniser_the_door_says_so(house):
    house.house.engines._script = None
    talk = asyncio.run(house.start())
    page = Page(house.open(talk.id))
    page.socket.send(json.dumps({"type": "start", "token": talk.token}))
    assert page.until("error")["code"] == "voice.listen_unavailable" and code_after(page) == 1013


def test_all_sound_between_press_and_release_is_heard_once_and_in_order(house):
    """The ear takes whole frames; what is left over goes with the release, and nothing of before the press."""
    heard = bytearray()

    class Line:
        def hear(self, pcm):
            heard.extend(pcm)

        def end(self):
            return Heard("", True)

    house.house.engines._script = SimpleNamespace(name="all", kind="streaming", open=lambda phrases: Line())
    talk = asyncio.run(house.start())
    page = Page(house.open(talk.id))
    page.say("start", token=talk.token)
    page.until("ready")
    said = b"".join(bytes([at, 0]) * 320 for at in range(1, 26))
    page.sound(b"\x7f\0" * 320)
    page.say("press")
    page.sound(said)
    page.say("release")
    page.until("final")
    assert bytes(heard) == said


def test_nothing_of_the_sound_is_kept(house, tmp_path, monkeypatch):
    written = []
    import pathlib

    monkeypatch.setattr(pathlib.Path, "write_bytes", lambda self, data: written.append(self))
    page = start(house)
    hold(page)
    page.until("spoken")
    (turn,) = house.house.conversations._log.turns
    assert written == [] and not any(isinstance(value, bytes) for value in vars(turn).values())
