"""Listening: real loading code on tiny models, servers and packages that are not there, and slips put right."""

from __future__ import annotations

import io
import json
import shutil
import socketserver
import sys
import threading
import types
from pathlib import Path

import pytest
import yaml

from assistant.voice.abilities import Abilities, abilities
from assistant.voice.errors import ListenUnavailable, ModelInvalid
from assistant.voice.listen import listen, phrases, repaired
from assistant.voice.listen import wyoming as wyoming_module
from assistant.voice.listen.choose import engine_is_installed, open_model, open_recogniser
from assistant.voice.listen.engine import LONGEST_SECONDS, Heard
from assistant.voice.listen.scripted import ScriptedRecogniser
from assistant.voice.listen.segment import Segment
from assistant.voice.listen.sherpa import SherpaRecogniser, certainty
from assistant.voice.listen.vosk import VoskRecogniser
from assistant.voice.listen.whisper import WhisperRecogniser
from assistant.voice.listen.wyoming import WyomingRecogniser
from assistant.voice.models import Installed, find, install
from assistant.voice.models.self_test import self_test
from tests.voice.conftest import frames
from tests.voice.tiny_models import models

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SILENCE = b"\0\0" * 16000


# --- the interface ---


def test_partials_come_first_and_the_final_is_repaired():
    engine = ScriptedRecogniser(("ik zoek beschud werk", 0.8))
    found = list(listen(frames(SILENCE), engine, ("beschut werk",)))
    assert [one.text for one in found if not one.is_final] == [
        "ik",
        "ik zoek",
        "ik zoek beschud",
        "ik zoek beschud werk",
    ]
    assert found[-1] == Heard("ik zoek beschut werk", True, 0.8) and engine.phrases == ("beschut werk",)


def test_nothing_is_made_up_and_confidence_may_be_unknown():
    assert list(listen([], ScriptedRecogniser())) == [Heard("", True, None)]


def test_sound_without_end_is_not_heard_to_the_end():
    taken = []

    class Counting(ScriptedRecogniser):
        def open(self, phrases=()):
            line = super().open(phrases)
            hear = line.hear
            line.hear = lambda pcm: taken.append(len(pcm)) or hear(pcm)
            return line

    list(listen((b"\0" * 64000 for _ in range(100)), Counting(("ja", None))))
    assert sum(taken) == LONGEST_SECONDS * 32000


def test_an_engine_that_fails_is_one_error_of_the_house():
    def broken(pcm):
        raise IndexError("map::at")

    line = Segment(broken)
    line.hear(b"\1\0")
    with pytest.raises(ListenUnavailable, match="IndexError"):
        line.end()


# --- sherpa-onnx, really loaded ---


def test_a_streaming_transducer_is_loaded_and_hears(tone):
    engine = SherpaRecogniser(models() / "streaming", streaming=True)
    found = list(listen(frames(tone), engine))
    assert [one.text for one in found[:-1]] == ["wat", "wat is", "wat is be", "wat is beschud", "wat is beschud werk"]
    assert found[-1].text == "wat is beschut werk" and 0.5 < found[-1].confidence < 1
    assert engine.kind == "streaming" and not engine.takes_phrases


def test_a_segment_transducer_is_loaded_and_hears(tone):
    engine = SherpaRecogniser(models() / "segment", streaming=False)
    found = list(listen(frames(tone), engine))
    assert [one.text for one in found] == ["wat is beschut werk"] and 0.5 < found[0].confidence < 1


@pytest.mark.parametrize("kind", ["streaming", "segment"])
def test_silence_is_understood_as_nothing(kind):
    engine = SherpaRecogniser(models() / kind, streaming=kind == "streaming")
    assert list(listen(frames(SILENCE), engine))[-1] == Heard("", True, None)


def test_two_people_at_once_do_not_mix(tone):
    engine = SherpaRecogniser(models() / "streaming", streaming=True)
    one, two = engine.open(), engine.open()
    for frame in frames(tone):
        one.hear(frame)
        two.hear(b"\0" * len(frame))
    assert one.end().text == "wat is beschud werk" and two.end().text == ""


def test_certainty_is_a_mean_or_unknown():
    assert certainty([0.0, 0.0]) == 1.0 and certainty([]) is None and certainty([0.5]) == 1.0


def test_an_incomplete_or_damaged_sherpa_folder(tmp_path):
    with pytest.raises(ModelInvalid, match="no tokens"):
        SherpaRecogniser(tmp_path, streaming=False)
    with pytest.raises(ModelInvalid):
        SherpaRecogniser(tmp_path, streaming=True)


# --- vosk and whisper: real adapters, packages as they are or as they behave ---


class VoskPackage(types.ModuleType):
    """What the adapter uses of vosk 0.3.45."""

    def __init__(self) -> None:
        super().__init__("vosk")
        self.Model, self.KaldiRecognizer = str, lambda model, rate: self
        self.steps = iter([(False, {"partial": "ik zoek"}), (True, {"text": "ik zoek werk", "result": [{"conf": 0.9}]}),
                           (False, {"partial": "in"})])  # fmt: skip

    def SetLogLevel(self, level):  # noqa: N802
        assert level == -1

    def SetWords(self, on):  # noqa: N802
        assert on

    def AcceptWaveform(self, pcm):  # noqa: N802
        done, self.said = next(self.steps)
        return done

    def Result(self):  # noqa: N802
        return json.dumps(self.said)

    PartialResult = Result

    def FinalResult(self):  # noqa: N802
        return json.dumps({"text": "in almere", "result": [{"conf": 0.7}, {"conf": 0.8}]})


@pytest.fixture
def vosk_folder(tmp_path):
    for name in ("am/final.mdl", "conf/mfcc.conf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    return tmp_path


def test_vosk_puts_its_pieces_together(monkeypatch, vosk_folder):
    monkeypatch.setitem(sys.modules, "vosk", VoskPackage())
    found = list(listen([b"\0\0"] * 3, VoskRecogniser(vosk_folder)))
    assert [one.text for one in found] == [
        "ik zoek",
        "ik zoek werk",
        "ik zoek werk in",
        "ik zoek werk in Almere".lower(),
    ]
    assert found[-1].confidence == 0.8


def test_vosk_without_package_or_weights(monkeypatch, vosk_folder, tmp_path_factory):
    monkeypatch.setitem(sys.modules, "vosk", None)
    with pytest.raises(ListenUnavailable):
        VoskRecogniser(vosk_folder)
    with pytest.raises(ModelInvalid, match=r"am/final\.mdl"):
        VoskRecogniser(tmp_path_factory.mktemp("leeg"))


def whisper_cpp(**replies):
    package = types.ModuleType("pywhispercpp.model")
    said = [
        types.SimpleNamespace(text=" Ik zoek werk.", probability=0.75),
        types.SimpleNamespace(text=" Graag.", probability=0.25),
    ]

    class Model:
        def __init__(self, path, **options):
            assert path.endswith("ggml-small.bin")

        def transcribe(self, sound, **options):
            assert options["language"] == "nl" and options["extract_probability"]
            replies["prompt"] = options["initial_prompt"]
            return said

    package.Model = Model
    return package


def test_whisper_cpp_hears_a_whole_utterance(monkeypatch, tmp_path):
    (tmp_path / "ggml-small.bin").write_bytes(b"lmgg....")
    monkeypatch.setitem(sys.modules, "pywhispercpp", types.ModuleType("pywhispercpp"))
    monkeypatch.setitem(sys.modules, "pywhispercpp.model", whisper_cpp())
    monkeypatch.setattr("assistant.voice.listen.whisper._array", bytes)
    engine = WhisperRecogniser(tmp_path)
    assert list(listen([b"\1\0" * 100], engine, ("jobcoach",))) == [Heard("Ik zoek werk. Graag.", True, 0.5)]
    assert list(listen([SILENCE], engine)) == [Heard("", True, None)], (
        "silence never reaches Whisper, which would invent"
    )


def test_faster_whisper_leaves_out_what_it_invented(monkeypatch, tmp_path):
    (tmp_path / "model.bin").write_bytes(b"x")
    package = types.ModuleType("faster_whisper")
    parts = [types.SimpleNamespace(text=" Ja.", no_speech_prob=0.1, avg_logprob=0.0),
             types.SimpleNamespace(text=" Ondertiteld door.", no_speech_prob=0.9, avg_logprob=-0.1)]  # fmt: skip
    package.WhisperModel = lambda path, **options: types.SimpleNamespace(transcribe=lambda sound, **more: (parts, None))
    monkeypatch.setitem(sys.modules, "faster_whisper", package)
    monkeypatch.setattr("assistant.voice.listen.whisper._array", bytes)
    assert list(listen([b"\1\0"], WhisperRecogniser(tmp_path))) == [Heard("Ja.", True, 1.0)]


def test_whisper_without_package_or_weights(monkeypatch, tmp_path):
    with pytest.raises(ModelInvalid):
        WhisperRecogniser(tmp_path)
    (tmp_path / "ggml-base.bin").write_bytes(b"<html>not found")
    with pytest.raises(ModelInvalid, match="not a whisper"):
        WhisperRecogniser(tmp_path)
    (tmp_path / "ggml-base.bin").write_bytes(b"lmgg")
    monkeypatch.setitem(sys.modules, "pywhispercpp.model", None)
    with pytest.raises(ListenUnavailable):
        WhisperRecogniser(tmp_path)


# --- wyoming, over a real socket ---


class WyomingServer(socketserver.StreamRequestHandler):
    """A speech server as the protocol describes it; it answers how much sound it got."""

    answer = b""

    def handle(self) -> None:
        sound = 0
        while line := self.rfile.readline():
            head = json.loads(line)
            sound += len(self.rfile.read(head.get("payload_length", 0)))
            if head["type"] == "describe":
                self.send("info", {"asr": [{"name": "x"}]})
            if head["type"] == "audio-stop":
                self.send("transcript-start", {})
                self.send("transcript", {"text": f" {sound} bytes beschud werk "})

    def send(self, kind, data):
        body = json.dumps(data).encode()
        head = {"type": kind, "version": "1.8", "data_length": len(body)}
        self.wfile.write(json.dumps(head).encode() + b"\n" + body)


@pytest.fixture
def wyoming():
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), WyomingServer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"wyoming://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_wyoming_server_hears(wyoming, tone):
    engine = WyomingRecogniser(wyoming)
    assert engine.describe()["asr"]
    assert list(listen(frames(tone), engine)) == [Heard("64000 bytes beschut werk", True, None)]


def test_a_wyoming_server_is_chosen_and_shown(wyoming, tmp_path):
    Installed(tmp_path).use(wyoming)
    found = abilities(tmp_path)
    assert found.listen and found.mode == "push-to-talk" and found.recogniser.startswith("wyoming")


def test_a_wyoming_server_that_is_gone(monkeypatch, tmp_path):
    monkeypatch.setattr(wyoming_module, "PATIENCE_SECONDS", 1)
    engine = WyomingRecogniser("wyoming://127.0.0.1:1")
    with pytest.raises(ListenUnavailable):
        list(listen([b"\1\0"], engine))
    Installed(tmp_path).use("wyoming://127.0.0.1:1")
    assert not abilities(tmp_path).listen


@pytest.mark.parametrize(
    "line", [b"[]", b"3", b"{}", b'{"type": "x", "data": [1]}', b'{"data_length": []}', b"[" * 9000]
)
def test_a_wyoming_server_that_says_something_else_is_a_line_that_broke(line):
    with pytest.raises(ValueError):
        wyoming_module._receive(io.BufferedReader(io.BytesIO(line + b"\n")))


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1", "wyoming://speech.example.com:10300", "wyoming://8.8.8.8:1", "wyoming://"]
)
def test_sound_stays_on_the_own_network(address):
    with pytest.raises(ModelInvalid):
        WyomingRecogniser(address)


# --- honest absence ---


def test_without_a_model_nothing_is_promised(tmp_path):
    with pytest.raises(ListenUnavailable):
        open_recogniser(tmp_path)
    found = abilities(tmp_path)
    assert (found.speak, found.listen, found.mode, found.recogniser) == (True, False, "none", "")
    assert found.as_json()["voice"].startswith("espeak-ng")


def test_an_installed_model_shows(tmp_path):
    model = find("own-sherpa-streaming")
    list(install(model, tmp_path, source=models() / "streaming"))
    assert not abilities(tmp_path).listen, "not before its self-test"
    list(self_test(tmp_path, model, None))
    found = abilities(tmp_path)
    assert found == Abilities(True, True, found.voice, "sherpa-onnx own-sherpa-streaming", "streaming")


def test_a_model_that_is_broken_hides_the_microphone(tmp_path):
    model = find("own-sherpa-streaming")
    list(install(model, tmp_path, source=models() / "streaming"))
    assert not abilities(tmp_path).listen, "not before its self-test"
    list(self_test(tmp_path, model, None))
    (tmp_path / model.id / "encoder.onnx").unlink()
    assert not abilities(tmp_path).listen


def test_no_engine_no_model(tmp_path):
    assert engine_is_installed("sherpa-segment") and not engine_is_installed("magic")
    with pytest.raises(ModelInvalid):
        open_model("magic", tmp_path)


# --- words of the trade and slips ---


def test_phrases_come_from_the_lexicon(tmp_path):
    found = phrases(ROOT / "data")
    assert 50 < len(found) <= 300 and any("loonwaarde" in one for one in found)
    assert phrases(tmp_path) == ()


TABLE = yaml.safe_load((ROOT / "assistant/voice/listen/repairs.yml").read_text(encoding="utf-8"))
SLIPS = [(slip, right) for right, slips in TABLE.items() for slip in slips]


@pytest.mark.parametrize("slip, right", SLIPS)
def test_slip(slip: str, right: str):
    assert repaired(f"ik vraag over {slip.upper()} iets") == f"ik vraag over {right} iets"


def test_the_table_has_no_slip_twice_and_repairs_only_once():
    assert len(SLIPS) > 150 and len({slip for slip, _ in SLIPS}) == len(SLIPS)
    for right in TABLE:
        assert repaired(right) == right


@pytest.mark.parametrize(
    "heard, right",
    [
        ("bij het u w v", "bij het UWV"),
        ("de u.w.v. belt", "de UWV belt"),
        ("een w w uitkering", "een WW uitkering"),
        ("ik doe m b o", "ik doe MBO"),
        ("banen  afspraak", "banenafspraak"),
        ("ik was mijn banen", "ik was mijn banen"),
        ("nieuwe baan afspraak maken", "nieuwe baan afspraak maken"),
        ("ik moet beschut werken", "ik moet beschut werken"),
        ("uw vraag", "uw vraag"),
        ("hij wil me ziek melden", "hij wil me ziek melden"),
    ],
)
def test_sentences_with_and_without_slips(heard: str, right: str):
    assert repaired(heard) == right


def test_every_held_out_sentence_stays_as_it_was():
    """A repair that changes how people really write would be a mistake, unless the meaning is the same name."""
    changed = []
    for path in (ROOT / "tests" / "nlu").glob("*.yml"):
        for line in io.StringIO(path.read_text(encoding="utf-8")):
            text = line.strip().lstrip("- ")
            if text and repaired(text).lower().replace(" ", "") != text.lower().replace(" ", ""):
                changed.append((text, repaired(text)))
    assert len(changed) < 40, changed


def test_a_model_with_bpe_vocab_takes_the_words_of_the_trade(tmp_path, tone):
    shutil.copytree(models() / "streaming", tmp_path / "nl")
    tokens = ["<blk>", "▁wat", "▁is", "▁be", "schud", "▁werk"]
    (tmp_path / "nl" / "bpe.vocab").write_text(
        "".join(f"{one}\t{-at}\n" for at, one in enumerate(tokens)), encoding="utf-8"
    )
    engine = SherpaRecogniser(tmp_path / "nl", streaming=True)
    assert engine.takes_phrases
    assert list(listen(frames(tone), engine, ("wat is", "werk")))[-1].text == "wat is beschut werk"
