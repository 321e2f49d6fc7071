"""Errors per group of speakers: the numbers, the intervals, and what is not published."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from assistant.voice.commands import app as commands
from assistant.voice.errors import ModelInvalid
from assistant.voice.listen.scripted import ScriptedRecogniser
from assistant.voice.models import fairness
from assistant.voice.models.fairness import as_markdown, by_group, count, read_manifest, wilson
from tests.voice.tiny_models import models as tiny

DATA = Path(__file__).parents[2] / "data"
SENTENCE = "ik zoek beschut werk in almere"


def recordings(folder: Path, real, groups: dict[str, int], speakers: int = 6) -> Path:
    """Write clips that our own voice speaks, a few speakers per group."""
    wav = real.speak("Ik zoek beschut werk in Almere.").wav
    rows = []
    for group, clips in groups.items():
        for at in range(clips):
            name = f"{group}{at}.wav"
            (folder / name).write_bytes(wav)
            rows.append([name, SENTENCE, group, f"{group}-{at % speakers}"])
    with (folder / "manifest.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["clip", "transcript", "group", "speaker"], *rows])
    return folder


def test_errors_per_group_and_small_groups_stay_hidden(tmp_path, real):
    clips = read_manifest(recordings(tmp_path, real, {"gewend": 20, "moeilijk": 20, "klein": 4}))
    heard = [*[(SENTENCE, 1.0)] * 20, *[("ik zoek berk in almere", 1.0)] * 20, *[("niets", 1.0)] * 4]
    counted = count(ScriptedRecogniser(*heard), clips, ("beschut werk", "Almere"), ())
    results = {one.group: one for one in by_group("x", counted)}
    assert results["gewend"].error == 0 and results["gewend"].error_between == (0, 0)
    assert results["moeilijk"].error == pytest.approx(2 / 6)
    assert (results["moeilijk"].caught, results["moeilijk"].terms) == (20, 40)
    assert results["klein"].error is None and results["klein"].terms == 0
    total = results["alle gepubliceerde groepen"]
    assert total.error == pytest.approx(1 / 6) and total.clips == 40, (
        "a small group cannot be worked out from the total"
    )
    table = as_markdown(results.values())
    assert "| x | klein | te klein om te tonen |" in table and "33.3%" in table and "20 van 40" in table


def test_few_speakers_are_a_small_group_however_many_clips(tmp_path, real):
    clips = read_manifest(recordings(tmp_path, real, {"twee": 30}, speakers=2))
    counted = count(ScriptedRecogniser(*[("x", 1.0)] * 30), clips, (), ())
    assert [one.error for one in by_group("x", counted)] == [None]


def test_the_interval_holds_the_truth_and_shrinks_with_more_clips():
    chance = random.Random(3)

    def sample(clips: int):
        said = [fairness.Said(Path("x"), "", "g", "") for _ in range(clips)]
        return [fairness.Counted(one, sum(chance.random() < 0.2 for _ in range(10)), 10, 0, 0) for one in said]

    inside, widths = 0, []
    for _ in range(40):
        low, high = fairness._bootstrap(sample(40))
        inside += low <= 0.2 <= high
        widths.append(high - low)
    assert inside >= 34
    low, high = fairness._bootstrap(sample(400))
    assert high - low < sum(widths) / len(widths) / 2


@pytest.mark.parametrize("hits, of, low, high", [(0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (50, 100, 0.404, 0.596)])
def test_wilson(hits, of, low, high):
    assert wilson(hits, of) == (pytest.approx(low, abs=0.001), pytest.approx(high, abs=0.001))


@pytest.mark.parametrize("form", ["csv", "semicolon", "tsv", "yml"])
def test_forms_of_the_manifest(tmp_path, form):
    row = {"clip": "a.wav", "transcript": "ja, goed", "group": "ouder"}
    if form == "yml":
        (tmp_path / "manifest.yml").write_text(yaml.safe_dump([row]))
    elif form == "tsv":
        (tmp_path / "manifest.tsv").write_text("file\ttranscript\tgroup\na.wav\tja, goed\touder\n")
    else:
        sign = ";" if form == "semicolon" else ","
        with (tmp_path / "manifest.csv").open("w", newline="") as file:
            csv.writer(file, delimiter=sign).writerows([row.keys(), row.values()])
    (said,) = read_manifest(tmp_path)
    assert (said.clip.name, said.transcript, said.group) == ("a.wav", "ja, goed", "ouder")


@pytest.mark.parametrize("line", ["a.wav,ja,", "../a.wav,ja,x", "/etc/a.wav,ja,x", ",ja,x"])
def test_a_wrong_manifest(tmp_path, line):
    (tmp_path / "manifest.csv").write_text(f"clip,transcript,group\n{line}\n")
    with pytest.raises(ModelInvalid):
        read_manifest(tmp_path)


def test_the_verb_compares_real_engines(tmp_path, real, monkeypatch):
    """With the two tiny models of the tests as installed engines: real loading code, real sound."""
    from assistant.voice.models import Installed, find

    models, clips, out = tmp_path / "var" / "voice", tmp_path / "clips", tmp_path / "tabel.md"
    clips.mkdir()
    recordings(clips, real, {"a": 6, "b": 2})
    for name, folder in (("parakeet-v3", "segment"), ("own-sherpa-streaming", "streaming")):
        model = find(name)
        target = Installed(models).folder(model)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(tiny() / folder)
    monkeypatch.setattr(Installed, "works", lambda self, model: self.folder(model).exists())
    monkeypatch.setattr(Installed, "has", lambda self, model: self.folder(model).exists())
    monkeypatch.setenv("MEEDOEN_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("MEEDOEN_DATA", str(DATA))
    result = CliRunner().invoke(commands, ["voice", "measure", str(clips), "--least", "5", "-o", str(out)])
    assert result.exit_code == 0, result.output
    lines = out.read_text().splitlines()
    engines = {line.split("|")[1].strip() for line in lines[2:]}
    assert len(engines) == 2 and sum("te klein om te tonen" in line for line in lines) == 2
    assert all("%" in line for line in lines if "| a |" in line)


def test_the_verb_without_a_model_says_so(tmp_path, real, monkeypatch):
    monkeypatch.setenv("MEEDOEN_VAR", str(tmp_path))
    monkeypatch.setenv("MEEDOEN_DATA", str(DATA))
    result = CliRunner().invoke(commands, ["voice", "measure", str(recordings(tmp_path, real, {"a": 1}))])
    assert result.exit_code == 2 and "voice.listen_unavailable" in result.output
