"""The texts that people get: complete, true to the facts, readable, for everybody."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.answers import AnswerBook
from assistant.answers.check import findings
from assistant.answers.intents import intent_ids
from assistant.answers.language import measure
from assistant.core.context import TalkContext
from tests.unit.answers.conftest import DATA, DAY

FIXED = ("stand/", "veld/", "kaart/", "soort_plek/", "soort_werk/", "losgelaten/", "dag/")


def test_check_finds_no_mistakes() -> None:
    assert [str(finding) for finding in findings(DATA, DAY) if finding.level == "fout"] == []


@pytest.mark.parametrize("municipality", ["steenwijkerland", "almere", None])
@pytest.mark.parametrize("role", ["werkzoekende", "werkgever", None])
@pytest.mark.parametrize("level", ["b1", "a2"])
def test_every_question_has_words_for_everybody(book: AnswerBook, municipality: str, role: str, level: str) -> None:
    questions = [key for key in intent_ids(DATA) if key in book.standard]
    assert len(questions) >= 125
    for key in questions:
        reply = book.word(key, TalkContext(municipality, role, "web", level))  # type: ignore[arg-type]
        assert reply.text and reply.spoken and "{" not in reply.text and "[[" not in reply.text, key


def test_the_easy_words_are_easier(book: AnswerBook) -> None:
    for key, answer in book.standard.items():
        if not answer.facts or answer.private or key == "taal_wisselen":
            continue
        for _, words in answer.variants():
            assert measure(words.simple).mean_words < measure(words.text).mean_words, key


def test_no_number_without_a_source_survives_its_date() -> None:
    later = AnswerBook.read(DATA, lambda: dt.date(2028, 1, 1))
    reply = later.word("loon/hoeveel", TalkContext("almere", "werkzoekende"))
    assert "14,99" not in reply.text and "rijksoverheid.nl" in reply.text


def test_source_and_date_are_shown_and_not_spoken(book: AnswerBook) -> None:
    reply = book.word("beschut_werk/wat_is_het", TalkContext("almere", channel="voice"))
    assert reply.source.startswith("Nagekeken op 21 november 2026. Bron: ")
    assert "Nagekeken" not in reply.spoken and "Bron" not in reply.spoken
