from pathlib import Path

import pytest

pytest.importorskip("rapidfuzz")

from assistant.training.check_data import complaints, counts, remove
from assistant.training.near_duplicates import leaks, near_duplicates
from assistant.training.sentences import Sentence, read_folder


def row(marked: str, intent: str = "loon/hoeveel") -> Sentence:
    return Sentence(intent, marked, "loon")


def test_the_richer_of_two_alike_stays() -> None:
    poor, rich = row("wat verdien ik in almere per maand"), row("wat verdien ik in [almere](plaats) per maand")
    assert near_duplicates([poor, rich]) == [(rich, poor)]


def test_alike_in_another_intent_is_no_duplicate() -> None:
    assert not near_duplicates([row("wat verdien ik per maand"), row("wat verdien ik per maand", "loon/contract")])


def test_different_words_are_no_duplicate() -> None:
    assert not near_duplicates([row("wat verdien ik per maand"), row("hoeveel schuift dat per uur")])


def test_a_leak_is_the_training_row() -> None:
    training, test = row("hoe meld ik me aan voor beschut werk"), row("Hoe meld ik me aan voor beschut werk?")
    assert leaks([training, row("iets heel anders over vervoer naar werk")], [test]) == [(training, test)]


def test_what_everybody_says_is_no_leak() -> None:
    assert not leaks([row("goedemorgen")], [row("Goedemorgen!")])


def test_counts_name_the_intent_and_the_average() -> None:
    assert counts([row("een zin")]) == [
        "loon/hoeveel: 1 sentences, at least 100 wanted",
        "1 sentences per intent on average, 150 wanted",
    ]


def test_removing_leaves_the_rest_as_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "loon.yml"
    file.write_text(
        'version: "3.1"\n\nnlu:\n- intent: loon/hoeveel\n  examples: |\n    - wat verdien ik daar dan\n'
        "    - wat verdien ik daar dan?\n    - hoeveel geld is het\n",
        encoding="utf-8",
    )
    _, unwanted = complaints(read_folder(tmp_path), [])
    assert remove(tmp_path, unwanted) == 1
    assert len(read_folder(tmp_path)) == 2
    assert file.read_text(encoding="utf-8").startswith('version: "3.1"\n\nnlu:\n- intent: loon/hoeveel\n')
