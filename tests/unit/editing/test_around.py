"""Titles, buttons, cards and the words for an employer: proposed, approved, said, and written back as the words are."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.answers import AnswerBook
from assistant.answers.around import around_of
from assistant.answers.judge_version import judge
from assistant.answers.versions import UNKNOWN, said_in, with_versions
from assistant.answers.write_back import write_back
from assistant.core.context import TalkContext
from assistant.editing import versions as editing
from assistant.editing.errors import NotPublishable, Overtaken, VersionNotFound
from assistant.editing.models import AnswerVersion
from assistant.editing.published import in_force
from assistant.editing.versions import Editor, Proposal, as_version
from assistant.staff.audit import all_lines
from tests.unit.editing.conftest import ANNA, BERT, DATA, DAY, NOW, Desk

CARDS = "vergelijk/alle_soorten"


def proposal_of(book: AnswerBook, key: str, place: str = "landelijk", **around: Any) -> Proposal:
    """Propose what the answer says in a place, but with something else around it."""
    answer = said_in(book.edition, key, place) or book.standard[key]
    words = answer.words
    return Proposal(
        key, place, words.text, words.simple, words.spoken, DAY, answer.review_before,
        around={**around_of(answer), **around},
    )  # fmt: skip


def say(desk: Desk, wanted: Proposal, at: dt.datetime = NOW) -> None:
    """Propose as Anna, approve as Bert."""
    with desk.database.session() as session:
        version = editing.propose(session, wanted, ANNA, desk.book, at).id
    desk.publish(version, BERT, at)


def with_employer(book: AnswerBook) -> str:
    own = {key for local in book.local.values() for key in local}
    return next(key for key, each in book.standard.items() if each.employer and key not in own)


def with_buttons(book: AnswerBook) -> str:
    return next(key for key, each in book.standard.items() if each.buttons and not each.facts and not each.private)


def test_an_employer_hears_the_new_words_and_a_jobseeker_the_old(desk: Desk) -> None:
    key = with_employer(desk.plain)
    employer = desk.plain.standard[key].employer
    assert employer
    new = {"text": employer.text + " Bel ons gerust.", "simple": employer.simple, "spoken": employer.spoken}
    before = desk.says(key, "almere")
    say(desk, proposal_of(desk.plain, key, employer=new))
    assert "Bel ons gerust." in desk.book.word(key, TalkContext("almere", "werkgever", "web")).text
    assert desk.says(key, "almere") == before


def test_words_for_an_employer_are_judged_as_every_text(desk: Desk) -> None:
    key = with_employer(desk.plain)
    hard = {"text": "Dit is een zin die " + "maar doorgaat en " * 8 + "stopt.", "simple": "", "spoken": ""}
    with desk.database.session() as session:
        version = editing.propose(session, proposal_of(desk.plain, key, employer=hard), ANNA, desk.book, NOW).id
    with pytest.raises(NotPublishable) as refused:
        desk.publish(version)
    assert any("werkgever" in each.message and "zinslengte" in each.message for each in refused.value.findings)


def test_words_for_an_employer_can_go(desk: Desk) -> None:
    key = with_employer(desk.plain)
    say(desk, proposal_of(desk.plain, key, employer=None))
    contexts = (TalkContext("almere", role, "web") for role in ("werkgever", "werkzoekende"))
    first, second = (desk.book.word(key, context).text for context in contexts)
    assert first == second


def test_a_title_is_on_every_button_also_where_a_municipality_has_a_text_of_its_own(desk: Desk) -> None:
    key = next(key for key, each in desk.plain.local["almere"].items() if each.title)
    say(desk, proposal_of(desk.plain, key, title="Een nieuwe titel"))
    assert desk.book.title(key) == "Een nieuwe titel"
    assert desk.book.local["almere"][key].title == "Een nieuwe titel"
    assert desk.book.local["almere"][key].words == desk.plain.local["almere"][key].words


@pytest.mark.parametrize("title", ["x" * 46, "Met {telefoon}", ""])
def test_a_title_that_cannot_stand_on_a_button_is_refused(desk: Desk, title: str) -> None:
    wanted = proposal_of(desk.plain, "loon/contract", title=title)
    assert not judge(DATA, desk.plain, as_version(wanted, DAY)).may_be_published


def test_titles_of_buttons_change_and_where_they_lead_does_not(desk: Desk) -> None:
    key = with_buttons(desk.plain)
    before = desk.plain.standard[key].buttons
    say(desk, proposal_of(desk.plain, key, buttons=[f"Keuze {at}" for at, _ in enumerate(before)]))
    after = desk.book.standard[key].buttons
    assert [title for title, _ in after] == [f"Keuze {at}" for at, _ in enumerate(before)]
    assert [way for _, way in after] == [way for _, way in before]


def test_cards_change_and_are_as_easy_as_before(desk: Desk) -> None:
    cards = around_of(desk.plain.standard[CARDS])["cards"]
    cards[0]["lines"][0][1] = "Een baan met loon, met veel hulp."
    say(desk, proposal_of(desk.plain, CARDS, cards=cards))
    assert desk.book.word(CARDS, TalkContext()).cards[0].lines[0][1] == "Een baan met loon, met veel hulp."
    cards[0]["lines"][0][1] = "Een baan waarin " + "heel veel en nog veel meer " * 4 + "gebeurt."
    assert not judge(DATA, desk.plain, as_version(proposal_of(desk.plain, CARDS, cards=cards), DAY)).may_be_published


def test_what_is_said_without_a_municipality_has_a_text_of_its_own(desk: Desk) -> None:
    key = "mens_spreken"
    standard, almere = desk.says(key, "steenwijkerland"), desk.says(key, "almere")
    wanted = replace(
        proposal_of(desk.plain, key, UNKNOWN), text="Natuurlijk. Bel uw gemeente. Het nummer staat op de website."
    )
    wanted = replace(wanted, simple="Dat kan. Bel uw gemeente.")
    say(desk, wanted)
    assert desk.says(key).startswith("Natuurlijk. Bel uw gemeente. Het nummer")
    assert (desk.says(key, "steenwijkerland"), desk.says(key, "almere")) == (standard, almere)
    with desk.database.session(write=False) as session:
        assert {line.municipality for line in all_lines(session)} == {"landelijk"}


def test_who_may_not_change_the_standard_text_does_not_change_the_one_without_a_municipality(desk: Desk) -> None:
    local = Editor(7, frozenset({"almere"}))
    with desk.database.session() as session:
        with pytest.raises(VersionNotFound):
            editing.propose(session, proposal_of(desk.plain, "mens_spreken", UNKNOWN), local, desk.plain, NOW)
        version = editing.propose(session, proposal_of(desk.plain, "mens_spreken", UNKNOWN), ANNA, desk.plain, NOW).id
        with pytest.raises(VersionNotFound):
            editing.find(session, version, local.scope)
        assert editing.history(session, "mens_spreken", UNKNOWN, local.scope) == []


def test_another_title_overtakes_a_proposal_as_another_text_does(desk: Desk) -> None:
    key = "loon/contract"
    with desk.database.session() as session:
        waiting = editing.propose(session, proposal_of(desk.plain, key), Editor(3, ANNA.scope), desk.book, NOW).id
    say(desk, proposal_of(desk.plain, key, title="Een andere titel"))
    with pytest.raises(Overtaken):
        desk.publish(waiting)


def test_a_new_text_keeps_the_title_that_was_approved_before(desk: Desk) -> None:
    key = "loon/contract"
    say(desk, proposal_of(desk.plain, key, title="Een andere titel"))
    now = desk.book.standard[key]
    words = Proposal(key, "landelijk", now.words.text + " Vraag het na.", now.words.simple, "", DAY, now.review_before)
    say(desk, words, NOW + dt.timedelta(hours=1))
    assert desk.book.standard[key].title == "Een andere titel"
    assert desk.book.standard[key].words.text.endswith("Vraag het na.")


def test_a_version_from_before_there_was_more_to_change_is_said_and_can_be_approved(desk: Desk) -> None:
    version = desk.propose()
    with desk.database.session() as session:
        row = session.get_one(AnswerVersion, version)
        row.around, row.based_on = None, editing.said_now(desk.plain, row.key, row.municipality, whole=False)
        key = row.key
    desk.publish(version)
    assert around_of(desk.book.standard[key]) == around_of(desk.plain.standard[key])


def test_everything_is_written_into_the_files_and_read_back_the_same(desk: Desk, tmp_path: Path) -> None:
    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    employer, buttons = with_employer(desk.plain), with_buttons(desk.plain)
    cards = around_of(desk.plain.standard[CARDS])["cards"]
    cards[1]["subtitle"] = "een baan bij een gewoon bedrijf"
    now = desk.plain.standard[employer].employer
    assert now
    new = {"text": now.text + "\n\nBel ons gerust.", "simple": now.simple, "spoken": now.spoken}
    say(desk, proposal_of(desk.plain, employer, employer=new, title='Een "titel": met tekens'))
    say(desk, proposal_of(desk.plain, CARDS, cards=cards))
    titles = [f"Keuze {at}" for at, _ in enumerate(desk.plain.standard[buttons].buttons)]
    say(desk, proposal_of(desk.plain, buttons, buttons=titles))
    say(desk, replace(proposal_of(desk.plain, "weet_ik_niet", UNKNOWN), simple="Dat weet ik niet. Bel uw gemeente."))
    say(desk, proposal_of(desk.plain, employer, "almere", employer=None))
    with desk.database.session(write=False) as session:
        files = write_back(data, in_force(session), desk.plain)
    assert data / "answers" / "landelijk" / "gesprek.yml" in files
    again, wanted = AnswerBook.read(data), desk.book
    for key in (employer, CARDS, buttons):
        assert around_of(again.standard[key]) == around_of(wanted.standard[key])
        assert again.standard[key].words == wanted.standard[key].words
    assert again.local["almere"][employer].employer is None
    assert again.local["almere"][employer].title == wanted.standard[employer].title
    assert again.local["landelijk"]["weet_ik_niet"].words == wanted.local["landelijk"]["weet_ik_niet"].words
    assert again.standard["loon/contract"] == replace(
        desk.plain.standard["loon/contract"], file=again.standard["loon/contract"].file
    )


def test_a_version_over_a_book_with_other_buttons_keeps_those(plain: AnswerBook) -> None:
    key = with_buttons(plain)
    wanted = as_version(proposal_of(plain, key, buttons=["Een", "Twee", "Drie", "Vier", "Vijf", "Zes"]), DAY)
    assert with_versions(plain, [wanted]).standard[key].buttons == plain.standard[key].buttons
