"""The talk as the page without JavaScript shows it: cards in the place of their list, each message once, and again."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answers import AnswerBook
from assistant.core.context import TalkContext
from assistant.core.reply import Card, Reply
from assistant.gateway.around_cards import around_cards
from assistant.gateway.plain_talk import PlainTalk
from assistant.review import KeptTurn

CARDS = (Card("Groen onderhouden", "Voorbeeld", ()), Card("Inpakken", "Voorbeeld", ()))


@pytest.fixture(scope="module")
def book() -> AnswerBook:
    return AnswerBook.read(Path(__file__).parents[3] / "data")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Dit vond ik.\n1. Groen onderhouden bij A\n2. Inpakken bij B\n\nMeer weten?", ("Dit vond ik.", "Meer weten?")),
        ("1. Groen onderhouden bij A", ("", "")),
        ("Doe dit:\n1. Bel\n2. Vraag", ("Doe dit:\n1. Bel\n2. Vraag", "")),
        ("Groen onderhouden, bij A", ("Groen onderhouden, bij A", "")),
    ],
)
def test_cards_stand_where_their_list_was(text: str, shown: tuple[str, str]) -> None:
    assert around_cards(Reply(text, cards=CARDS)) == shown


def test_without_cards_a_list_stays() -> None:
    assert around_cards(Reply("1. Groen onderhouden bij A")) == ("1. Groen onderhouden bij A", "")


def test_a_message_that_comes_twice_is_shown_once_and_counted_once(book: AnswerBook) -> None:
    talk = PlainTalk.new(book, "almere", "")
    talk.begin()
    for _ in range(2):
        talk.hear("hallo", "", [Reply("Dag", source="bron")], "id-1")
    assert [said for said, _ in talk.turns] == ["", "hallo"]
    assert (talk.judged, talk.count) == (1, 2)


def test_a_talk_from_the_log_goes_on_as_it_was(book: AnswerBook) -> None:
    turns = [
        KeptTurn("/beschut_werk/wat_is_het", "1", [Reply("Een baan.", source="bron").to_dict()], 1),
        KeptTurn("makkelijker", "2", [Reply("Goed.").to_dict(), Reply("Een baan.", source="bron").to_dict()], 2),
    ]
    talk = PlainTalk.again(book, TalkContext("almere", None), 1, turns)
    assert [said for said, _ in talk.turns] == ["", book.title("beschut_werk/wat_is_het"), "makkelijker"]
    assert (talk.judged, talk.count, talk.easy) == (3, 4, True)
    talk.hear("makkelijker", "", [Reply("Goed.")], "2")
    assert len(talk.turns) == 3


def test_where_the_count_is_not_known_nothing_is_judged(book: AnswerBook) -> None:
    talk = PlainTalk.new(book, "almere", "")
    talk.hear("hallo", "", [Reply("Dag", source="bron")], "id-1")
    assert talk.judged is None
