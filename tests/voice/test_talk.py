"""The ear with a clock of sound, orders, doubt, and what was heard of a message."""

from __future__ import annotations

import io
import wave
from array import array

import pytest

from assistant.voice.listen.scripted import ScriptedRecogniser
from assistant.voice.models.clips import resampled
from assistant.voice.speak import Mark, Piece
from assistant.voice.talk import Ear, Final, Order, Partial, Saying, order_in
from assistant.voice.talk.doubt import Doubt
from assistant.voice.turns import Ended, Pace, Phase, Prompt, SpeechBegan, StopPlaying, TurnEnded, TurnTaker

FREE = Pace(hands_free=True)
SILENCE = b"\0\0" * 320


def spoken_sound(speaker, text: str) -> bytes:
    """Return a sentence as sound of 16 kHz, the way a microphone gives it."""
    with wave.open(io.BytesIO(speaker.speak(text).wav)) as sound:
        return resampled(array("h", sound.readframes(sound.getnframes())), sound.getframerate())


def feed(ear: Ear, pcm: bytes) -> list:
    return [event for at in range(0, len(pcm), 640) for event in ear.hear(pcm[at : at + 640])]


def free_ear(*lines) -> Ear:
    ear = Ear(TurnTaker(FREE), ScriptedRecogniser(*lines))
    ear.turn.plays(0)
    ear.turn.played(0)
    return ear


def test_speech_becomes_partials_and_a_final(real):
    ear = free_ear(("ik zoek werk in het groen", 0.8))
    events = feed(ear, SILENCE * 25 + spoken_sound(real, "Ik zoek werk in het groen.") + SILENCE * 60)
    kinds = [type(event) for event in events]
    assert kinds[0] is SpeechBegan and kinds[-2:] == [TurnEnded, Final] and Partial in kinds
    assert events[-1] == Final("ik zoek werk in het groen", 0.8) and events[-1].is_sure


def test_the_recogniser_gets_the_sound_before_the_onset(real):
    got = []

    class Spy(ScriptedRecogniser):
        def open(self, phrases=()):
            line = super().open(phrases)
            hear = line.hear
            line.hear = lambda pcm: (got.append(len(pcm)), hear(pcm))[1]
            return line

    ear = Ear(TurnTaker(FREE), Spy(("ja", 1.0)))
    ear.turn.plays(0)
    ear.turn.played(0)
    feed(ear, SILENCE * 50 + spoken_sound(real, "Jazeker wel."))
    assert got[0] >= (0.25 + 0.09) * 32000, "a quarter of a second before the onset, and what was heard since"


def test_barge_in_comes_with_what_was_heard(real):
    ear = free_ear(("stop", 1.0))
    feed(ear, SILENCE * 10)
    ear.turn.plays(ear.now)
    began = ear.now
    feed(ear, SILENCE * 50)
    onset = ear.now
    events = feed(ear, spoken_sound(real, "Mag ik iets vragen?"))
    stop = next(event for event in events if isinstance(event, StopPlaying))
    assert stop.heard_seconds == pytest.approx(stop.at - began) and stop.at - onset < 0.45


def test_a_held_button_needs_no_ear_for_speech(monkeypatch):
    monkeypatch.setattr("assistant.voice.talk.ear.VoiceActivity", None)
    ear = Ear(TurnTaker(Pace()), ScriptedRecogniser(("hallo daar", None)))
    assert [type(event) for event in ear.press()] == [SpeechBegan]
    feed(ear, SILENCE * 50)
    ended, final = ear.release()
    assert ended.why is Ended.RELEASED and final == Final("hallo daar", None) and not final.is_sure


def test_thirty_seconds_and_no_more():
    heard = []

    class Spy(ScriptedRecogniser):
        def open(self, phrases=()):
            line = super().open(phrases)
            line.hear = lambda pcm: heard.append(len(pcm))
            return line

    ear = Ear(TurnTaker(Pace()), Spy(("lang", 1.0)))
    ear.press()
    events = feed(ear, SILENCE * 50 * 33)
    assert [event.why for event in events if isinstance(event, TurnEnded)] == [Ended.TOO_LONG]
    assert sum(heard) <= 30 * 32000 + 640


def test_forgetting():
    ear = Ear(TurnTaker(Pace()), ScriptedRecogniser(("geheim", 1.0)))
    ear.press()
    feed(ear, SILENCE * 20)
    ear.forget()
    assert ear.release() == [] and ear.turn.phase is Phase.IDLE


def test_without_a_recogniser_silence_still_passes():
    ear = Ear(TurnTaker(FREE), None)
    ear.turn.plays(0)
    ear.turn.played(0)
    events = feed(ear, SILENCE * 50 * 9)
    assert [type(event).__name__ for event in events] == ["Say"]


def test_a_key_begins_patience_anew():
    ear = Ear(TurnTaker(FREE), None)
    ear.turn.plays(0)
    ear.turn.played(0)
    for _ in range(5):
        (prompt,) = feed(ear, SILENCE * 50 * 9)
        assert prompt.prompt is Prompt.PATIENCE and ear.turn.phase is not Phase.CLOSED
        ear.turn.played(ear.now)
        ear.key()


@pytest.mark.parametrize(
    "said, order",
    [
        ("herhaal", Order.REPEAT),
        ("Kunt u dat nog een keer zeggen", None),
        ("nog een keer graag", Order.REPEAT),
        ("kunt u dat herhalen", Order.REPEAT),
        ("langzamer", Order.SLOWER),
        ("kunt u iets langzamer praten", Order.SLOWER),
        ("praat wat rustiger alstublieft", Order.SLOWER),
        ("sneller", Order.FASTER),
        ("mens", Order.PERSON),
        ("ik wil een mens spreken", Order.PERSON),
        ("een medewerker graag", Order.PERSON),
        ("welke mens helpt mij", None),
        ("ik werk langzamer dan anderen", None),
        ("ga verder", Order.GO_ON),
        ("hoe gaat het verder", None),
        ("toetsen", Order.KEYS),
        ("ik zoek een mens die mij helpt", None),
    ],
)
def test_orders(said, order):
    assert order_in(said) is order


@pytest.mark.parametrize(
    "said, yes",
    [("ja", True), ("ja dat klopt", True), ("klopt", True), ("nee", False), ("dat klopt niet", False),
     ("nee ik zei groen", False), ("ja maar ik wil ook nog iets anders", None), ("groen", None)],
)  # fmt: skip
def test_doubt(said, yes):
    assert Doubt("x").answer(said) is yes


def test_what_was_heard_of_a_message():
    saying = Saying("Een twee drie. Vier vijf.")
    saying.add(Piece(b"\0\0" * 8000, (Mark(0.0, 0, 3), Mark(0.4, 4, 8))), 8000)
    saying.add(Piece(b"\0\0" * 8000, (Mark(1.1, 9, 13), Mark(1.5, 15, 19), Mark(1.8, 20, 24))), 8000)
    assert saying.heard(0.3) == "Een" and saying.heard(1.2) == "Een twee drie" and saying.unheard(1.2) == "Vier vijf."
    assert saying.heard(5) != saying.text, "not before all of it was sent"
    saying.is_whole = True
    assert saying.heard(5) == saying.text and saying.unheard(5) == ""
