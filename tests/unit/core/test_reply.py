"""A reply survives the way to Rasa and back without losing anything."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.core.context import TalkContext
from assistant.core.reply import Button, Card, Reply

TEXT = st.text(max_size=40)
BUTTONS = st.builds(Button, TEXT, TEXT)
CARDS = st.builds(
    Card,
    title=TEXT,
    subtitle=TEXT,
    lines=st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple),
    note=TEXT,
    button=st.none() | BUTTONS,
)
REPLIES = st.builds(
    Reply,
    text=TEXT,
    spoken=TEXT.filter(bool),
    buttons=st.lists(BUTTONS, max_size=3).map(tuple),
    cards=st.lists(CARDS, max_size=3).map(tuple),
    answer=st.none() | TEXT,
    source=TEXT,
)


@given(REPLIES)
def test_a_reply_comes_back_from_json_as_it_went(reply: Reply) -> None:
    assert Reply.from_dict(json.loads(json.dumps(reply.to_dict()))) == reply


def test_what_is_not_given_apart_is_spoken_as_it_is_written() -> None:
    assert Reply("Beschut werk is een echte baan.").to_dict()["spoken"] == "Beschut werk is een echte baan."


def test_a_reply_with_words_only_has_empty_lists() -> None:
    raw = Reply("Hallo").to_dict()
    assert (list(raw["buttons"]), list(raw["cards"]), raw["answer"]) == ([], [], None)


def test_a_card_without_a_button_stays_without() -> None:
    card = Card("Groen onderhouden", "NoordWestGroep", (("Plaats", "Steenwijk"),))
    assert Reply.from_dict(Reply("", cards=(card,)).to_dict()).cards == (card,)


def test_a_field_that_nobody_knows_is_refused() -> None:
    with pytest.raises(TypeError):
        Reply.from_dict({"text": "Hallo", "html": "<b>Hallo</b>"})


@pytest.mark.parametrize(("channel", "spoken"), [("web", False), ("voice", True), ("phone", True)])
def test_only_voice_and_telephone_are_heard(channel: str, spoken: bool) -> None:
    assert TalkContext(channel=channel).is_spoken is spoken  # type: ignore[arg-type]
