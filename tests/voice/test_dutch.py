"""How written Dutch is said: the table, where each piece came from, and where sentences end."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers.read import read_yaml
from assistant.voice.dutch import sentences, spoken
from assistant.voice.dutch.numbers import cardinal, ordinal

ROOT = Path(__file__).parents[2]
LINES = (Path(__file__).parent / "spoken.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [tuple(line.split("\t")) for line in LINES if line and not line.startswith("# ")]


def test_the_table_is_large_enough():
    assert len(ROWS) >= 250
    assert len({row[0] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("written, said", ROWS)
def test_row(written: str, said: str):
    assert spoken(written).text == said


@pytest.mark.parametrize("written, said", ROWS)
def test_row_inside_a_sentence_leads_back_to_where_it_stood(written: str, said: str):
    before, after = "Zeg dit: ", " en meer"
    found = spoken(before + written + after)
    last = found.text.rindex("meer")
    assert (before + written + after)[slice(*found.source(last))] == "meer"
    assert found.source(0) == (0, 3)


@given(st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_nothing_breaks_it_and_digits_never_stay(text: str):
    found = spoken(text)
    assert not any(one in "0123456789€%" for one in found.text)
    assert all(0 <= start < end <= len(text) for _, start, end in found.stretches)


@given(st.text(alphabet="ab .,!?\n("))
@settings(max_examples=100, deadline=None)
def test_sentences_cover_every_letter_once(text: str):
    found = sentences(text)
    assert all(one.end <= two.start for one, two in pairwise(found))
    covered = "".join(text[one.start : one.end] for one in found)
    assert [one for one in covered if one.isalnum()] == [one for one in text if one.isalnum()]


@pytest.mark.parametrize(
    "text, count",
    [
        ("Dhr. A. de Vries komt. Mw. Jansen ook, enz. Dan stopt het.", 3),
        ("U krijgt o.a. loon. Bel ca. 9.30 uur.", 2),
        ("Kijk op www.almere.nl. Of bel.", 2),
        ("Een\n\nTwee\nDrie", 3),
        ("1. Groen\n2. Inpakken", 2),
        ("Wat? Ja! Goed…", 3),
        ("Nr. 12 van St. Jan", 1),
        ("", 0),
        ("...", 0),
    ],
)
def test_where_sentences_end(text: str, count: int):
    assert len(sentences(text)) == count


def test_a_very_long_sentence_is_cut():
    assert max(one.end - one.start for one in sentences("woord, " * 300)) <= 300


def test_number_words():
    assert cardinal(10**12) == "één nul nul nul nul nul nul nul nul nul nul nul nul"
    assert cardinal(21_000) == "eenentwintigduizend"
    assert cardinal(101_000) == "honderd eenduizend"
    assert [ordinal(n) for n in (1, 8, 19, 20, 101)] == [
        "eerste",
        "achtste",
        "negentiende",
        "twintigste",
        "honderd eerste",
    ]


def test_every_answer_can_be_said():
    """No digit, sign or web address is left in any text of the house."""
    for path in sorted((ROOT / "data/answers").rglob("*.yml")):
        answers = read_yaml(path)
        for key, answer in answers.items():
            if isinstance(answer, dict) and isinstance(answer.get("text"), str):
                said = spoken(answer["text"]).text
                assert not any(one in "0123456789€%*_" for one in said), key
                assert "www" not in said and "http" not in said, key
