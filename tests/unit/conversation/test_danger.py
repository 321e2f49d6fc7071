"""Danger is seen in every wording we know of; what only sounds like it is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import AnswerBook
from assistant.conversation.danger import DangerSigns
from tests.unit.conversation.danger_sentences import DANGER, HARMLESS

ROOT = Path(__file__).resolve().parents[3]
SIGNS = DangerSigns.read(ROOT / "data/safety/signalen.yml")
PAIRS = [(said, route) for route, sentences in DANGER.items() for said in sentences]


@pytest.mark.parametrize(("said", "route"), PAIRS, ids=[said for said, _ in PAIRS])
def test_danger_is_seen(said: str, route: str) -> None:
    assert SIGNS.route(said) == route


@pytest.mark.parametrize("said", HARMLESS)
def test_harmless_stays_harmless(said: str) -> None:
    assert SIGNS.route(said) is None


@pytest.mark.parametrize("said", DANGER["veiligheid_zelfmoordgedachten"])
def test_danger_is_seen_in_the_middle_of_other_words(said: str) -> None:
    assert SIGNS.route(f"Hoi, ik heb een vraag over mijn loon. {said} groetjes Jan")


@pytest.mark.parametrize("harmless", ["ik lach me dood", "ik ben doodmoe", "een eind aan het contract"])
def test_a_harmless_expression_hides_no_danger_beside_it(harmless: str) -> None:
    assert SIGNS.route(f"{harmless} en ik denk aan zelfmoord") == "veiligheid_zelfmoordgedachten"
    assert SIGNS.route(f"ik denk aan zelfmoord, {harmless}") == "veiligheid_zelfmoordgedachten"


def test_there_are_enough_sentences() -> None:
    assert len(PAIRS) >= 60
    assert len(HARMLESS) >= 40
    assert len({said for said, _ in PAIRS} | set(HARMLESS)) == len(PAIRS) + len(HARMLESS)


def test_every_route_has_its_fixed_text_and_a_number_to_call() -> None:
    book = AnswerBook.read(ROOT / "data")
    for route in DANGER:
        assert "112" in book.standard[route].words.text or "113" in book.standard[route].words.text


@given(st.text(max_size=300))
def test_no_text_is_too_odd_to_look_at(text: str) -> None:
    assert SIGNS.route(text) in (None, *DANGER)
