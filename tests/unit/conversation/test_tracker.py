"""What is known of a talk comes from the tracker that Rasa sends along."""

from __future__ import annotations

import pytest

from assistant.conversation.tracker import TrackerView
from assistant.core.context import TalkContext
from tests.unit.conversation.trackers import bot, tracker, user

PAGE = {"municipality": "almere", "role": "werkzoekende", "channel": "web"}


def test_an_empty_tracker_knows_nothing_and_breaks_nothing() -> None:
    view = TrackerView({})
    assert (view.intent, view.ranking, view.last_replies(), view.misses()) == ("", [], [], 0)
    assert view.context() == TalkContext()
    assert view.slot("gemeente") is None


def test_a_tracker_full_of_nulls_is_an_empty_one() -> None:
    view = TrackerView({"latest_message": None, "slots": None, "events": None})
    assert (view.intent, view.last_replies(), view.context()) == ("", [], TalkContext())


@pytest.mark.parametrize(
    ("slots", "page", "expected"),
    [
        ({}, PAGE, ("almere", "werkzoekende", "b1")),
        ({"gemeente": "steenwijkerland"}, PAGE, ("steenwijkerland", "werkzoekende", "b1")),
        ({"gemeente": "anders"}, PAGE, ("almere", "werkzoekende", "b1")),
        ({"gemeente": "anders"}, {}, (None, None, "b1")),
        ({"rol": "werkgever"}, PAGE, ("almere", "werkgever", "b1")),
        ({"leesniveau": "eenvoudig"}, PAGE, ("almere", "werkzoekende", "a2")),
        ({}, PAGE | {"level": "a2"}, ("almere", "werkzoekende", "a2")),
    ],
)
def test_what_was_learnt_goes_before_what_the_page_says(
    slots: dict[str, str], page: dict[str, str], expected: tuple[str | None, str | None, str]
) -> None:
    context = tracker(slots=slots, page=page).context()
    assert (context.municipality, context.role, context.level) == expected


@pytest.mark.parametrize("channel", ["web", "voice", "phone"])
def test_the_channel_is_the_one_of_the_page(channel: str) -> None:
    assert tracker(page={"channel": channel}).context().channel == channel


def test_the_last_turn_is_the_last_one_with_words() -> None:
    events = [user(), bot("loon/hoeveel"), user(), bot("vraag/naam"), bot("vraag/contact"), user("nog eens")]
    said = [reply["answer"] for reply in tracker(events=events).last_replies()]
    assert said == ["vraag/naam", "vraag/contact"]


def test_a_turn_without_words_is_passed_over() -> None:
    events = [user(), bot("loon/hoeveel"), user(), {"event": "bot", "data": None}, user()]
    assert [reply["answer"] for reply in tracker(events=events).last_replies()] == ["loon/hoeveel"]


@pytest.mark.parametrize(
    ("answers", "misses"),
    [
        ([], 0),
        (["loon/hoeveel"], 0),
        (["twijfel/keuze"], 1),
        (["twijfel/keuze", "twijfel/nog_een_keer"], 2),
        (["twijfel/keuze", "loon/hoeveel"], 0),
        (["twijfel/keuze", "loon/hoeveel", "twijfel/geen_idee"], 1),
    ],
)
def test_misses_are_counted_up_to_the_last_turn_that_went_well(answers: list[str], misses: int) -> None:
    events = [event for answer in answers for event in (user(), bot(answer))]
    assert tracker(events=[*events, user("blauw")]).misses() == misses


def test_the_ranking_is_best_first_as_rasa_gives_it() -> None:
    assert tracker(ranking=[("hulp", 0.6), ("klacht", 0.1)]).ranking == [("hulp", 0.6), ("klacht", 0.1)]
