"""The three lines hold nothing but titles, given values and the person's own masked words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.answers import AnswerBook
from assistant.conversation.asked_last import asked_last
from assistant.conversation.in_short import in_short
from assistant.core.context import TalkContext
from assistant.handover import Summary
from assistant.review.outcome import WITH_STAFF
from assistant.review.told import ToldTurn

ALMERE = TalkContext("almere", level="a2")


@pytest.fixture(scope="module")
def book() -> AnswerBook:
    return AnswerBook.read(Path(__file__).parents[3] / "data")


def turn(said: str, *answers: str, outcome: str = "antwoord", intent: str = "", **replies: Any) -> ToldTurn:
    raw = tuple({"text": "Hoe heet u?", "answer": key} for key in answers) if replies else ()
    return ToldTurn(said, intent or (answers[0] if answers else ""), answers, raw, outcome)


def test_nothing_said_yet(book: AnswerBook) -> None:
    assert in_short([], {}, book, ALMERE) == Summary(
        "een medewerker spreken", "nog niets", "geen vraag die de computer niet begreep"
    )


def test_the_wish_is_the_last_subject_in_own_words(book: AnswerBook) -> None:
    turns = [
        turn("wat is beschut werk", "beschut_werk/wat_is_het"),
        turn("en wat verdien ik dan", "loon/hoeveel"),
        turn("dank je", "bedanken"),
        turn("ik wil een mens", "mens_spreken", outcome="mens"),
    ]
    found = in_short(turns, {}, book, ALMERE)
    assert found.wish == "‘en wat verdien ik dan’"
    titles = [book.title(key).rstrip("?") for key in ("beschut_werk/wat_is_het", "loon/hoeveel")]
    assert found.tried == f"gelezen: {', '.join(titles)}"


def test_what_was_not_understood_is_the_wish_and_open(book: AnswerBook) -> None:
    lost = turn("mag mijn hond mee", "twijfel/geen_idee", outcome="niet_begrepen")
    found = in_short([turn("wat verdien ik", "loon/hoeveel"), lost], {}, book, ALMERE)
    assert (found.wish, found.open) == ("‘mag mijn hond mee’", "‘mag mijn hond mee’")


def test_buttons_count_by_their_title_and_hidden_turns_not_at_all(book: AnswerBook) -> None:
    turns = [turn("/loon/hoeveel", "loon/hoeveel"), turn("[orientatie]"), turn("[veiligheid_crisis]", outcome="gevaar")]
    found = in_short(turns, {}, book, ALMERE)
    assert found.wish == book.title("loon/hoeveel").rstrip("?")
    assert "orientatie" not in str(found) and "veiligheid" not in str(found)


def test_values_are_of_the_search_and_never_of_the_person(book: AnswerBook) -> None:
    slots = {
        "zoekvraag": {"work_kind": "groen", "place": "Steenwijk", "hours": [20, 20]},
        "naam": "Fatima",
        "contact": "0612345678",
        "nodig_op_werk": ["rust"],
    }
    found = in_short([], slots, book, ALMERE)
    assert found.tried == "gezocht: werk in het groen, Steenwijk, 20 uur per week"
    assert not any(word in str(found) for word in ("Fatima", "0612345678", "rust"))


def test_a_long_story_is_cut_at_a_word(book: AnswerBook) -> None:
    found = in_short([turn("woord " * 100, "twijfel/geen_idee", outcome="niet_begrepen")], {}, book, ALMERE)
    assert len(found.open) < 170
    assert found.open.endswith("woord …’")


def test_the_question_that_stands_is_the_one_before_the_take_over() -> None:
    before = turn("ik wil me aanmelden", "vraag/naam", replies=True)
    between = [
        turn("mens", "mens/samenvatting", intent="mens_spreken", replies=True),
        turn("/mens/stuur", "mens/stuur", intent="mens/stuur", replies=True),
        turn("hallo", intent=WITH_STAFF),
    ]
    found = asked_last([before, *between])
    assert found and found.answer == "vraag/naam"
    assert asked_last([before, turn("stop", "stoppen", replies=True), *between]) is None
    assert asked_last([]) is None
