"""Installing: resume, sha256, files from a stick, archives that misbehave, and the self-test."""

from __future__ import annotations

import hashlib
import io
import json
import re
import tarfile
import threading
import zipfile
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from typer.testing import CliRunner

from assistant.voice.commands import app
from assistant.voice.errors import DownloadFailed, ModelInvalid
from assistant.voice.listen.choose import open_recogniser
from assistant.voice.listen.scripted import ScriptedRecogniser
from assistant.voice.models import Installed, find, install, menu
from assistant.voice.models.clips import Clip, clips_in, resampled, spoken_clips
from assistant.voice.models.error_rate import error_rate, recall
from assistant.voice.models.self_test import measure, self_test
from assistant.voice.models.unpack import unpack
from tests.voice.tiny_models import models

STREAMING = models() / "streaming"


def packed() -> bytes:
    """The tiny model as the maker of a real one would pack it."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:bz2") as archive:
        archive.add(STREAMING, "sherpa-onnx-streaming-nl")
    return buffer.getvalue() + b"\0" * 100_000


class Web(BaseHTTPRequestHandler):
    """A server that breaks the line after so many bytes."""

    body, breaks_after, asked = b"", 0, []

    def do_GET(self) -> None:
        span = re.match(r"bytes=(\d+)-", self.headers.get("Range", ""))
        begin = int(span.group(1)) if span else 0
        type(self).asked.append(begin)
        if begin >= len(self.body):
            self.send_error(416)
            return
        self.send_response(206 if span else 200)
        self.send_header("Content-Length", str(len(self.body) - begin))
        self.end_headers()
        end = begin + self.breaks_after if self.breaks_after else len(self.body)
        self.wfile.write(self.body[begin:end])

    def log_message(self, *_) -> None:
        """Say nothing."""


@pytest.fixture
def web():
    Web.body, Web.breaks_after, Web.asked = packed(), 0, []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Web.url = f"http://127.0.0.1:{server.server_address[1]}/nl.tar.bz2"
    yield Web
    server.shutdown()
    server.server_close()


def model_of(web, sha256=""):
    return replace(find("own-sherpa-streaming"), url=web.url, sha256=sha256)


def sha(web) -> str:
    return hashlib.sha256(web.body).hexdigest()


def test_the_menu_is_complete_and_honest():
    assert {model.task for model in menu()} == {"speak", "listen"}
    for model in menu():
        assert model.size and model.licence and model.note and model.package
        assert bool(model.sha256) == bool(model.where), "a pinned hash says where it comes from"
        assert not model.sha256 or re.fullmatch("[0-9a-f]{64}", model.sha256)
        assert model.url == "" or model.url.startswith("https://")
    with pytest.raises(ModelInvalid, match="vosk-small-nl"):
        find("iets anders")


def test_fetched_checked_and_in_use(web, tmp_path, tone):
    lines = list(install(model_of(web, sha(web)), tmp_path))
    assert any("as expected" in line for line in lines)
    installed = Installed(tmp_path)
    assert installed.listening is None, "not before its self-test"
    list(self_test(tmp_path, find("own-sherpa-streaming"), None))
    assert installed.listening.id == "own-sherpa-streaming" and installed.in_use(find("own-sherpa-streaming"))
    assert (tmp_path / "own-sherpa-streaming" / "tokens.txt").exists() and not list(tmp_path.glob("*.bz2"))
    listening = open_recogniser(tmp_path).open()
    listening.hear(tone)
    assert listening.end().text == "wat is beschud werk"


def test_a_broken_line_goes_on_where_it_stopped(web, tmp_path):
    web.breaks_after = 30_000
    model = model_of(web, sha(web))
    for _ in range(3):
        with pytest.raises(DownloadFailed, match="goes on"):
            list(install(model, tmp_path))
    web.breaks_after = 0
    list(install(model, tmp_path))
    assert web.asked == [0, 30_000, 60_000, 90_000] and Installed(tmp_path).has(model)


def test_a_server_that_forgets_begins_again(web, tmp_path):
    (tmp_path / "nl.tar.bz2.part").write_bytes(b"\0" * (len(web.body) + 5))
    with pytest.raises(ModelInvalid):
        list(install(model_of(web, sha(web)), tmp_path))
    list(install(model_of(web, sha(web)), tmp_path))
    assert Installed(tmp_path).has(model_of(web))


def test_a_wrong_file_is_refused_and_the_old_model_stays(web, tmp_path):
    list(install(model_of(web, sha(web)), tmp_path))
    web.body = packed() + b"!"
    with pytest.raises(ModelInvalid, match="was expected"):
        list(install(model_of(web, "a" * 64), tmp_path))
    assert Installed(tmp_path).has(model_of(web)) and not list(tmp_path.glob("*.bz2*"))


def test_the_first_trusted_file_is_remembered(web, tmp_path):
    lines = list(install(model_of(web), tmp_path))
    assert any("recorded at first use" in line for line in lines)
    assert json.loads((tmp_path / "trusted.json").read_text()) == {"own-sherpa-streaming": sha(web)}
    web.body = packed() + b"!"
    with pytest.raises(ModelInvalid):
        list(install(model_of(web), tmp_path))


def test_only_https(tmp_path):
    with pytest.raises(DownloadFailed, match="https"):
        list(install(replace(find("vosk-small-nl"), url="http://example.com/x.zip"), tmp_path))


def test_a_server_that_is_not_there(tmp_path):
    with pytest.raises(DownloadFailed):
        list(install(replace(find("vosk-small-nl"), url="http://127.0.0.1:1/x.zip"), tmp_path))


def test_from_a_file_without_internet(tmp_path):
    stick = tmp_path / "stick.tar.bz2"
    stick.write_bytes(packed())
    model = find("own-sherpa-streaming")
    list(install(model, tmp_path / "var", source=stick))
    assert Installed(tmp_path / "var").has(model) and stick.exists()
    with pytest.raises(ModelInvalid, match="not there"):
        list(install(model, tmp_path / "var", source=tmp_path / "weg.zip"))
    with pytest.raises(ModelInvalid, match="--from"):
        list(install(model, tmp_path / "var"))


def test_a_piper_voice_takes_its_second_file_along(tmp_path):
    (tmp_path / "nl.onnx").write_bytes(b"x")
    (tmp_path / "nl.onnx.json").write_text("{}")
    list(install(find("piper-alex"), tmp_path / "var", source=tmp_path / "nl.onnx"))
    assert (tmp_path / "var" / "piper-alex" / "nl.onnx.json").exists()


def test_archives_that_misbehave(tmp_path):
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(bad, "w") as archive:
        archive.writestr("../../outside.txt", "x")
    with pytest.raises(ModelInvalid, match="outside"):
        unpack(bad, tmp_path / "a")
    worse = tmp_path / "bad.tar"
    with tarfile.open(worse, "w") as archive:
        entry = tarfile.TarInfo("link")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(entry)
    with pytest.raises(ModelInvalid):
        unpack(worse, tmp_path / "b")
    half = tmp_path / "half.tar.bz2"
    half.write_bytes(packed()[:600])
    with pytest.raises(ModelInvalid):
        list(install(find("own-sherpa-streaming"), tmp_path / "var", source=half))
    assert not Installed(tmp_path / "var").has(find("own-sherpa-streaming"))


def test_use_only_what_is_there(tmp_path):
    with pytest.raises(ModelInvalid):
        Installed(tmp_path).use("vosk-small-nl")
    Installed(tmp_path).use("wyoming://localhost:10300")
    assert Installed(tmp_path).address == "wyoming://localhost:10300"


# --- measuring ---


def test_error_rate_and_recall():
    assert error_rate([("Ik zoek werk.", "ik zoek werk")]) == 0
    assert error_rate([("ik zoek werk", "ik zoek")]) == pytest.approx(1 / 3)
    assert error_rate([("ja", "nee nee")]) == 2.0 and error_rate([]) == 0
    assert recall(
        [("ik zoek beschut werk", "ik zoek beschut werk"), ("banenafspraak", "banen")],
        ["beschut werk", "banenafspraak"],
    ) == (1, 2)


@pytest.mark.parametrize(
    "heard, advice",
    [
        ("wat is beschut werk", "hands-free and telephone"),
        ("iets heel anders", "not good enough to offer: leave the microphone off"),
    ],
)
def test_advice_follows_the_numbers(heard, advice):
    clip = Clip(b"\1\0" * 16000, "wat is beschut werk", "x")
    assert measure(ScriptedRecogniser((heard, None)), [clip]).advice == advice


def test_self_test_with_our_own_voice(tmp_path):
    list(install(find("own-sherpa-streaming"), tmp_path, source=STREAMING))
    report = "\n".join(self_test(tmp_path, find("own-sherpa-streaming"), None))
    assert "8 clips" in report and "word error rate" in report and "not how well it understands people" in report


def test_clips_of_a_folder(tmp_path, real):
    (tmp_path / "een.wav").write_bytes(real.speak("Wat is beschut werk?").wav)
    (tmp_path / "manifest.tsv").write_text("file\ttranscript\tspeaker\neen.wav\tWat is beschut werk?\tanna\n")
    clip = next(clips_in(tmp_path))
    assert clip.speaker == "anna" and 1 < clip.seconds < 4
    with pytest.raises(ModelInvalid):
        next(clips_in(tmp_path / "leeg"))
    assert len(list(spoken_clips(real))) == 8


def test_resampling_keeps_the_length():
    from array import array

    samples = array("h", range(8000))
    assert len(resampled(samples, 8000)) == 32000 and resampled(samples, 16000) == samples.tobytes()


# --- commands ---


def run(tmp_path, monkeypatch, *words):
    monkeypatch.setenv("MEEDOEN_VAR", str(tmp_path / "var"))
    return CliRunner().invoke(app, ["voice", *words])


def test_the_commands(tmp_path, monkeypatch):
    assert "parakeet-v3" in run(tmp_path, monkeypatch, "list").output
    result = run(tmp_path, monkeypatch, "install", "own-sherpa-streaming", "--from", str(STREAMING))
    assert result.exit_code == 0 and "advice:" in result.output, result.output
    assert "streaming" in run(tmp_path, monkeypatch, "status").output
    assert run(tmp_path, monkeypatch, "use", "own-sherpa-streaming").exit_code == 0
    assert run(tmp_path, monkeypatch, "install", "bestaat-niet").exit_code == 2
    assert run(tmp_path, monkeypatch, "use", "vosk-small-nl").exit_code == 2
