"""Turns on a fake clock, and the ear on real sound."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from array import array
from pathlib import Path

import pytest

from assistant.answers import AnswerBook
from assistant.voice.models.clips import clips_in, spoken_clips
from assistant.voice.turns import (
    Ended,
    Pace,
    Phase,
    Prompt,
    Say,
    SpeechBegan,
    StopPlaying,
    TurnEnded,
    TurnTaker,
    VoiceActivity,
)

FRAME = 0.032
FREE = Pace(hands_free=True)


class Talk:
    """A talk on a fake clock, frame by frame."""

    def __init__(self, pace: Pace = FREE) -> None:
        self.turn, self.now, self.out = TurnTaker(pace), 0.0, []

    def sound(self, seconds: float, speech: float) -> list:
        out = []
        for _ in range(round(seconds / FRAME)):
            self.now += FRAME
            out += self.turn.frame(self.now, speech)
        self.out += out
        return out

    def speak(self, seconds: float) -> list:
        return self.sound(seconds, 0.9)

    def silence(self, seconds: float) -> list:
        return self.sound(seconds, 0.02)


@pytest.fixture
def talk() -> Talk:
    talk = Talk()
    talk.turn.played(0.0) if talk.turn.phase is Phase.SPEAKING else talk.turn.plays(0.0)
    talk.turn.played(0.0)
    return talk


def kinds(signals) -> list[type]:
    return [type(signal) for signal in signals]


def test_a_turn_begins_at_its_first_frame_and_ends_after_half_a_second(talk):
    talk.silence(1.0)
    began = talk.now
    assert talk.speak(1.0) == [SpeechBegan(pytest.approx(began))]
    last = talk.now
    (ended,) = talk.silence(2.0)
    assert ended.why is Ended.SILENCE and 0.5 <= ended.at - last < 0.5 + FRAME * 1.01
    assert talk.turn.phase is Phase.THINKING


def test_a_cough_is_no_turn(talk):
    assert talk.speak(FRAME * 2) == [] and talk.silence(1.0) == []


def test_softer_speech_goes_on_once_somebody_speaks(talk):
    talk.speak(0.5)
    assert talk.sound(2.0, 0.4) == []


def test_a_short_pause_inside_a_sentence(talk):
    talk.speak(0.5)
    assert talk.silence(0.4) == [] and talk.speak(0.5) == []
    assert kinds(talk.silence(0.6)) == [TurnEnded]


@pytest.mark.parametrize(
    "partial, open_question, needs_time, wait",
    [
        ("ik zoek werk", False, False, 0.5),
        ("ik zoek werk", True, False, 1.0),
        ("ik zoek werk en", False, False, 1.2),
        ("ik wil eh", False, False, 1.2),
        ("omdat", True, False, 1.2),
        ("ik zoek werk", False, True, 2.0),
        ("ik heb meer tijd nodig", False, False, 2.0),
        ("wacht even", False, False, 2.0),
    ],
)
def test_patience(talk, partial, open_question, needs_time, wait):
    talk.turn.open_question, talk.turn.needs_time = open_question, needs_time
    talk.speak(0.5)
    talk.turn.heard(partial)
    last = talk.now
    (ended,) = talk.silence(3.0)
    assert ended.at - last == pytest.approx(wait, abs=FRAME * 1.01) and ended.at - last >= wait


def test_asking_for_time_holds_for_the_rest_of_the_talk(talk):
    talk.turn.heard("ik heb meer tijd nodig")
    talk.speak(0.5)
    talk.silence(3)
    talk.turn.played(talk.now)
    talk.speak(0.5)
    assert talk.silence(1.9) == []


def test_who_talks_without_end_is_answered_after_thirty_seconds(talk):
    (began, ended) = talk.speak(31)
    assert ended.why is Ended.TOO_LONG and ended.at - began.at == pytest.approx(30, abs=0.1)


def test_barge_in_remembers_what_was_heard(talk):
    talk.turn.plays(talk.now)
    talk.silence(1.0)
    onset = talk.now
    stop, began = talk.speak(1.0)
    assert isinstance(stop, StopPlaying) and stop.at - onset <= 0.25
    assert stop.heard_seconds == pytest.approx(stop.at) and began.at == pytest.approx(onset)
    assert talk.turn.phase is Phase.HEARING


def test_a_short_noise_does_not_stop_the_assistant(talk):
    talk.turn.plays(talk.now)
    assert talk.speak(0.16) == [] and talk.turn.phase is Phase.SPEAKING


def test_on_the_telephone_it_takes_longer():
    talk = Talk(Pace.phone())
    talk.turn.plays(0.0)
    assert talk.speak(0.25) == [] and kinds(talk.speak(0.1)) == [StopPlaying, SpeechBegan]


def test_what_the_law_wants_heard_is_heard(talk):
    talk.turn.plays(talk.now, protected=True)
    assert talk.speak(3.0) == []
    talk.turn.played(talk.now)
    assert kinds(talk.speak(0.2)) == [SpeechBegan]


def test_barge_in_can_be_off():
    talk = Talk(Pace(hands_free=True, may_barge_in=False))
    talk.turn.plays(0.0)
    assert talk.speak(3.0) == []


def test_silence_gets_patience_then_help_then_keys_then_rest(talk):
    said = []
    for _ in range(4):
        for signal in talk.silence(40):
            assert isinstance(signal, Say)
            said.append(
                (signal.prompt, round(signal.at - since))
                if (since := getattr(talk, "since", 0.0)) is not None
                else None
            )
            talk.turn.plays(talk.now)
            talk.turn.played(talk.now)
            talk.since = talk.now
    assert said[0] == (Prompt.PATIENCE, 8) and [prompt for prompt, _ in said] == [
        Prompt.PATIENCE,
        Prompt.HELP,
        Prompt.KEYS,
    ]
    assert talk.turn.phase is Phase.CLOSED
    assert kinds(talk.speak(0.3)) == [SpeechBegan], "speaking opens it again"


def test_what_is_said_into_silence_is_in_the_answers():
    book = AnswerBook.read(Path(__file__).parents[2] / "data")
    assert all(prompt.value in book.standard for prompt in Prompt)


def test_push_to_talk_bypasses_the_ear():
    talk = Talk(Pace())
    assert talk.speak(2.0) == [] and talk.turn.phase is Phase.IDLE
    assert kinds(talk.turn.press(talk.now)) == [SpeechBegan]
    assert talk.silence(5.0) == []
    assert talk.turn.release(talk.now) == [TurnEnded(talk.now, Ended.RELEASED)]
    talk.turn.plays(talk.now)
    assert kinds(talk.turn.press(talk.now + 1)) == [StopPlaying, SpeechBegan]
    assert talk.turn.press(talk.now + 1) == []


def test_a_button_that_is_never_released():
    talk = Talk(Pace())
    talk.turn.press(0.0)
    assert [signal.why for signal in talk.speak(31)] == [Ended.TOO_LONG]


def test_while_thinking_nothing_begins(talk):
    talk.speak(0.5)
    talk.silence(0.6)
    assert talk.speak(1.0) == []
    talk.turn.played(talk.now)
    assert kinds(talk.speak(0.2)) == [SpeechBegan], "an answer without words ends the thinking too"


def test_any_order_of_events_keeps_the_machine_sound():
    random.seed(8)
    for _ in range(60):
        talk = Talk(Pace(hands_free=random.random() < 0.5))
        began = 0
        for _ in range(150):
            event = random.choice(["speak", "silence", "press", "release", "plays", "played", "heard"])
            signals: list = []
            if event in ("speak", "silence"):
                signals = getattr(talk, event)(random.random())
            elif event in ("press", "release"):
                signals = getattr(talk.turn, event)(talk.now)
            elif event == "heard":
                talk.turn.heard("ik wil")
            elif event == "played" or talk.turn.phase is not Phase.HEARING:
                getattr(talk.turn, event)(talk.now)
            for signal in signals:
                began += isinstance(signal, SpeechBegan) - isinstance(signal, TurnEnded)
                assert began in (0, 1), "a turn begins once and ends once"


# --- the ear ---


def noisy(pcm: bytes, decibel: float, seed: int = 1, of: bytes = b"") -> bytes:
    """Lay white noise over sound, so much softer than the sound, or than the part `of` it that is speech."""
    samples, speech = array("h", pcm), array("h", of or pcm)
    loud = (sum(one * one for one in speech) / len(speech)) ** 0.5
    noise = random.Random(seed)
    level = loud / 10 ** (decibel / 20)
    return array("h", (max(-32768, min(32767, round(one + noise.gauss(0, level)))) for one in samples)).tobytes()


def test_the_ear_knows_speech_from_silence_and_noise(real):
    clip = next(spoken_clips(real))
    ear = VoiceActivity()
    pause = b"\0\0" * 16000
    found = [(at, chance) for frame in (pause, clip.pcm, pause) for at, chance in ear.hear(frame)]
    assert max(chance for at, chance in found if at < 0.9) < 0.5
    assert sum(chance > 0.5 for at, chance in found if 1 < at < 1 + clip.seconds) > 10
    ear.reset()
    hiss = noisy(array("h", [300] * 32000).tobytes(), 0)
    assert sum(chance > 0.5 for _, chance in ear.hear(hiss)) <= 1


@pytest.mark.parametrize("limit", [None, "3"])
def test_the_network_works_in_one_thread_and_leaves_the_limit_of_others_alone(limit):
    """Threads that wait for each other made it ten times as dear (ADR 0017)."""
    listen = """import os
from assistant.voice.turns import VoiceActivity
list(VoiceActivity().hear(b"\\1\\0" * 5120))
print(len(os.listdir("/proc/self/task")), os.environ.get("OMP_THREAD_LIMIT"))"""
    others = {name: value for name, value in os.environ.items() if name != "OMP_THREAD_LIMIT"}
    environment = others | ({"OMP_THREAD_LIMIT": limit} if limit else {})
    said = subprocess.run([sys.executable, "-c", listen], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["1", str(limit)]


@pytest.mark.parametrize("decibel", [10, 5])
def test_false_alarms_before_speech_in_noise(decibel, real):
    """On clips of real people with MEEDOEN_CLIPS=DIR (numbers in models/reports/voice.md), else on our own voice."""
    folder = os.environ.get("MEEDOEN_CLIPS")
    clips = clips_in(Path(folder), most=16) if folder else spoken_clips(real)
    ear, frames, alarms, found = VoiceActivity(), 0, 0, 0
    pause = b"\0\0" * 16000
    for clip in clips:
        chances = list(ear.hear(noisy(pause + clip.pcm, decibel)))
        frames += sum(at < 0.9 for at, _ in chances)
        alarms += sum(at < 0.9 and chance > 0.5 for at, chance in chances)
        found += any(chance > 0.5 for at, chance in chances if at > 1)
        ear.reset()
    assert alarms / frames <= 0.02 and found >= 7
