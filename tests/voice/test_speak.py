"""Speaking: sound, marks, pace, the mark that it is synthetic, and a worker that dies."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
import types
import wave
from pathlib import Path

import pytest

from assistant.voice.errors import ModelInvalid, VoiceUnavailable
from assistant.voice.speak import Speaker, open_voice, wav
from assistant.voice.speak.espeak import EspeakVoice
from assistant.voice.speak.piper import PiperVoice

TEXT = "Hallo. Bel 14 036, of kom langs. Het UWV geeft advies m.b.t. de Wajong."


def words_of(said):
    return [said.text[mark.start : mark.end] for mark in said.marks]


def test_every_word_has_a_mark_in_the_written_text(silent):
    said = Speaker(silent).speak(TEXT)
    assert words_of(said) == [
        "Hallo",
        "Bel",
        "14 036",
        "of",
        "kom",
        "langs",
        "Het",
        "UWV",
        "geeft",
        "advies",
        "m.b.t.",
        "de",
        "Wajong",
    ]
    times = [mark.at for mark in said.marks]
    assert times == sorted(times) and times[-1] < said.seconds
    assert silent.said[1][0] == "Bel veertien, nul drie zes, of kom langs."


def test_the_first_sentence_says_that_a_computer_speaks_and_has_no_mark(silent):
    said = Speaker(silent).speak("Dag.", say_first="U hoort een computerstem.")
    assert silent.said[0][0] == "U hoort een computerstem."
    assert words_of(said) == ["Dag"] and said.marks[0].at > 1


def test_slower_and_faster_stay_within_bounds(silent):
    seconds = [Speaker(silent).speak("Een zin om te horen.", rate).seconds for rate in (0.1, 0.7, 1.0, 1.5, 9.0)]
    assert seconds[0] == seconds[1] > seconds[2] > seconds[3] == seconds[4]


def test_sound_streams_by_sentence(silent):
    pieces = Speaker(silent).stream("Een. Twee. Drie.")
    next(pieces)
    assert len(silent.said) == 1


def test_what_was_heard_and_what_is_left(silent):
    said = Speaker(silent).speak("Dit is de eerste zin. Dit is de tweede.")
    third = said.marks[3]
    assert said.heard(third.at + 0.01) == "Dit is de eerste"
    assert said.unheard(third.at + 0.01) == "zin. Dit is de tweede."
    assert said.heard(0) == "" and said.unheard(999) == ""


def test_nothing_to_say_is_an_error(silent):
    with pytest.raises(VoiceUnavailable):
        Speaker(silent).speak("... !")


def test_a_text_without_end_is_cut(silent):
    Speaker(silent).speak("woord " * 5000)
    assert sum(len(sentence) for sentence, _ in silent.said) <= 4100


@pytest.mark.parametrize("voice", ["silent", "real"])
def test_every_file_carries_the_mark_and_opens_as_wav(voice, request):
    maker = request.getfixturevalue(voice)
    said = (Speaker(maker) if voice == "silent" else maker).speak("Goedemiddag.")
    mark = wav.mark_of(said.wav)
    assert mark is not None and mark["synthetic"] is True and mark["digitalSourceType"].endswith("/algorithmicMedia")
    assert b"LIST" in said.wav[:200] and b"synthetic=true" in said.wav[:200]
    with wave.open(io.BytesIO(said.wav)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth()) == (1, 2)
        assert sound.getnframes() / sound.getframerate() == pytest.approx(said.seconds)
    assert wav.seconds_of(said.wav) == pytest.approx(said.seconds)


def test_no_mark_in_what_is_no_wav():
    assert wav.mark_of(b"nothing") is None


def test_the_real_voice_sounds_fast_and_knows_its_words(real):
    said = real.speak(TEXT)
    assert words_of(said)[:3] == ["Hallo", "Bel", "14 036"] and words_of(said)[-1] == "Wajong"
    assert any(said.wav[200:4000]) and 4 < said.seconds < 20
    first, factor = real.measure(TEXT)
    assert first < 2 and factor < 1, "see models/reports/voice.md for what was measured"
    assert real.speak(TEXT, 0.7).seconds > said.seconds > real.speak(TEXT, 1.5).seconds


def test_a_worker_that_died_is_replaced():
    voice = EspeakVoice()
    speaker = Speaker(voice)
    os.kill(voice._worker._process.pid, signal.SIGKILL)
    assert speaker.speak("Daar ben ik weer.").seconds > 0.5
    voice.close()


def test_a_listener_that_leaves_does_not_spoil_the_next_sentence():
    voice = EspeakVoice()
    pieces = Speaker(voice).stream("Dit is een lange zin die niemand tot het einde hoort, want de beller hangt op.")
    next(pieces)
    pieces.close()
    assert Speaker(voice).speak("Een.").seconds < 2
    voice.close()


def test_a_worker_that_cannot_start_is_said(monkeypatch, tmp_path):
    broken = tmp_path / "worker.py"
    broken.write_text("raise SystemExit(3)")
    monkeypatch.setattr("assistant.voice.speak.espeak.WORKER", broken)
    with pytest.raises(VoiceUnavailable):
        EspeakVoice()


def test_the_worker_survives_a_long_data_path(tmp_path):
    from assistant.voice.speak.espeak_worker import short_path

    long = tmp_path / ("a" * 120) / "espeak-ng-data"
    long.mkdir(parents=True)
    assert len(str(short_path(long))) < 100 and short_path(long).resolve() == long.resolve()


def test_no_voice_at_all(monkeypatch, tmp_path):
    monkeypatch.setattr("assistant.voice.speak.espeak.is_installed", lambda: False)
    monkeypatch.setattr("assistant.voice.speak.piper.is_installed", lambda: False)
    with pytest.raises(VoiceUnavailable):
        open_voice(tmp_path)


class PiperPackage(types.ModuleType):
    """What the adapter uses of piper-tts 1.8, with sound of zeros."""

    def __init__(self, fails: bool = False) -> None:
        super().__init__("piper")
        self.loaded: list[str] = []
        self.PiperVoice = self
        self.fails = fails
        self.config = types.SimpleNamespace(sample_rate=22050)
        self.scale = 0.0

    def load(self, path: str) -> PiperPackage:
        if self.fails:
            raise RuntimeError("damaged")
        self.loaded.append(path)
        return self

    def SynthesisConfig(self, length_scale: float) -> float:  # noqa: N802
        return length_scale

    def synthesize(self, sentence: str, syn_config: float):
        self.scale = syn_config
        yield types.SimpleNamespace(audio_int16_bytes=b"\0\0" * round(1000 * len(sentence) * syn_config))


@pytest.fixture
def piper_model(tmp_path: Path) -> Path:
    folder = tmp_path / "piper-alex"
    folder.mkdir()
    (folder / "nl_NL-alex-medium.onnx").write_bytes(b"model")
    (folder / "nl_NL-alex-medium.onnx.json").write_text("{}")
    return folder


def test_piper_speaks_when_installed(monkeypatch, piper_model):
    package = PiperPackage()
    monkeypatch.setitem(sys.modules, "piper", package)
    monkeypatch.setattr("assistant.voice.speak.piper.is_installed", lambda: True)
    voice = open_voice(piper_model.parent)
    said = Speaker(voice).speak("De jobcoach helpt u.", 0.8)
    assert isinstance(voice, PiperVoice) and package.loaded[0].endswith("nl_NL-alex-medium.onnx")
    assert package.scale == pytest.approx(1.25) and words_of(said) == ["De", "jobcoach", "helpt", "u"]
    assert wav.mark_of(said.wav)["digitalSourceType"].endswith("/trainedAlgorithmicMedia")


def test_a_damaged_piper_model_gives_way_to_the_embedded_voice(monkeypatch, piper_model):
    monkeypatch.setitem(sys.modules, "piper", PiperPackage(fails=True))
    monkeypatch.setattr("assistant.voice.speak.piper.is_installed", lambda: True)
    with pytest.raises(ModelInvalid):
        PiperVoice(piper_model)
    voice = open_voice(piper_model.parent)
    assert voice.name.startswith("espeak-ng")
    voice.close()


def test_json_form(silent):
    raw = json.loads(json.dumps(Speaker(silent).speak("Dag u.").as_json()))
    assert raw["synthetic"] is True and [set(mark) for mark in raw["marks"]] == [{"at", "start", "end"}] * 2


def test_a_slow_listener_keeps_nobody_waiting(real):
    slow = real.stream("Iemand luistert langzaam naar een heel lange zin.")
    next(slow)
    assert real.speak("Een ander hoort meteen.").seconds > 1
    slow.close()


def test_twenty_talks_at_once(real):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(20) as pool:
        said = list(pool.map(real.speak, [f"Dit is gesprek {number}. Het gaat over werk." for number in range(20)]))
    assert len({one.wav for one in said}) == 20 and all(len(one.marks) == 8 for one in said)
