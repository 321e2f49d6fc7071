"""Approved sentences as files: what is left out and why, where the rest goes, and when the checksum moves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.training.learned import balance, chosen, main, write
from assistant.training.manifest import data_checksum, learned_files
from assistant.training.sentences import Sentence, read_folder

OURS = [
    Sentence("loon/hoeveel", "wat verdien ik bij beschut werk", "loon"),
    Sentence("loon/contract", "krijg ik een vast contract", "loon"),
    Sentence("hulp", "wat kun je allemaal", "gesprek"),
]
TESTS = [Sentence("loon/hoeveel", "hoeveel euro per uur krijgt mijn dochter daar", "loon")]


def row(number: int, intent: str, sentence: str, goes_to: str = "leren") -> dict[str, Any]:
    return {"id": number, "intent": intent, "sentence": sentence, "goes_to": goes_to}


@pytest.mark.parametrize(
    ("intent", "sentence", "why"),
    [
        ("loon/weg", "wat is dit", "deze vraag bestaat niet meer, of leert niet van zinnen"),
        ("loon/hoeveel", "Wat verdien ik bij beschut werk?", "staat er al"),
        ("loon/contract", "wat verdien ik bij beschut werk", "staat al bij een andere vraag: loon/hoeveel"),
        ("loon/hoeveel", "wat verdien ik bij beschutt werk", "lijkt bijna helemaal op een zin die er al is"),
        ("loon/hoeveel", "hoeveel euro per uur krijgt mijn dochter daar dan", "lijkt te veel op een toetszin"),
        ("loon/hoeveel", "krijg ik vakantiegeld erbij", None),
    ],
)
def test_what_is_left_out_and_why(intent: str, sentence: str, why: str | None) -> None:
    export = chosen([row(1, intent, sentence)], OURS, TESTS)
    assert export.notes == {1: why}
    assert len(export.learnt) == (why is None)


def test_of_two_that_are_alike_one_is_learnt() -> None:
    rows = [
        row(1, "loon/hoeveel", "krijg ik ook vakantiegeld erbij"),
        row(2, "loon/hoeveel", "krijg ik ook vakantiegeld er bij"),
    ]
    export = chosen([*rows, row(3, "loon/hoeveel", "Krijg ik ook vakantiegeld erbij?")], OURS, TESTS)
    assert len(export.learnt) == 1
    assert sum(note is None for note in export.notes.values()) == 1


def test_a_test_sentence_may_not_be_learnt_from_as_well() -> None:
    rows = [
        row(1, "loon/hoeveel", "krijg ik vakantiegeld en een bonus"),
        row(2, "loon/hoeveel", "krijg ik vakantiegeld en een bonus hoor", "toets"),
    ]
    export = chosen(rows, OURS, TESTS)
    assert (len(export.learnt), len(export.tests)) == (1, 0)
    assert export.notes[2] == "lijkt te veel op een zin om van te leren"


def test_an_intent_that_grows_too_heavy_is_named() -> None:
    learnt = [Sentence("hulp", f"zin {number}", "gesprek") for number in range(12)]
    lines = balance(learnt, OURS)
    assert any(line.startswith("hulp: 12 van de 13 zinnen zijn geleerd") for line in lines)
    assert balance([], OURS) == []


def test_files_by_group_that_read_back_and_disappear(tmp_path: Path) -> None:
    rows = [row(1, "loon/hoeveel", "krijg ik vakantiegeld erbij"), row(2, "hulp", "waar ben je goed in", "toets")]
    write(chosen(rows, OURS, TESTS), tmp_path)
    assert [(one.intent, one.text) for one in read_folder(tmp_path / "nlu")] == [
        ("loon/hoeveel", "krijg ik vakantiegeld erbij")
    ]
    [test] = read_folder(tmp_path / "test")
    assert (test.text, test.pen, test.group) == ("waar ben je goed in", "geleerd", "gesprek")
    assert yaml.safe_load((tmp_path / "nlu" / "loon.yml").read_text())["version"] == "3.1"
    write(chosen([], OURS, TESTS), tmp_path)
    assert list(tmp_path.rglob("*.yml")) == []


def test_the_command_writes_and_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("data/nlu", "tests/nlu"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "data/nlu/loon.yml").write_text("nlu:\n- intent: loon/hoeveel\n  examples: |\n    - wat verdien ik\n")
    given = tmp_path / "rows.json"
    given.write_text(json.dumps([row(7, "loon/hoeveel", "krijg ik vakantiegeld erbij")]))
    main(tmp_path, given, tmp_path / "learned")
    told = json.loads(capsys.readouterr().out)
    assert (told["learnt"], told["tests"], told["notes"]) == (1, 0, {"7": None})


def test_the_checksum_moves_only_when_something_was_learnt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MEEDOEN_VAR", raising=False)
    (tmp_path / "config.yml").write_text("recipe: x\n")
    before = data_checksum(tmp_path)
    write(chosen([row(1, "hulp", "waar ben je goed in", "toets")], OURS, TESTS), tmp_path / "var" / "learned")
    assert learned_files(tmp_path) == []
    assert data_checksum(tmp_path) == before
    write(chosen([row(1, "hulp", "waar ben je goed in")], OURS, TESTS), tmp_path / "var" / "learned")
    assert data_checksum(tmp_path) != before
    monkeypatch.setenv("MEEDOEN_VAR", str(tmp_path / "elders"))
    assert data_checksum(tmp_path) == before
