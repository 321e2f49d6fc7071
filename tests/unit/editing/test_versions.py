"""An editor proposes, another approves, and every gateway says it; nothing that fails the gate is ever said."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from assistant.answers import AnswerBook, Library
from assistant.answers.judge_version import differences, judge
from assistant.answers.versions import Version, with_versions
from assistant.answers.write_back import write_back
from assistant.core.context import TalkContext
from assistant.database import Database
from assistant.editing import versions as editing
from assistant.editing.errors import NotPublishable, NotWaiting, Overtaken, SameEditor, VersionNotFound
from assistant.editing.models import AnswerVersion
from assistant.editing.published import PublishedVersions, in_force
from assistant.editing.versions import Editor, as_version
from assistant.staff.audit import all_lines
from tests.unit.editing.conftest import ANNA, BERT, DATA, DAY, NEW, NOW, SCOPE, Desk, proposal, small_talk


def test_what_one_proposes_and_another_approves_is_said(desk: Desk) -> None:
    version = desk.propose()
    key = small_talk(desk.plain)
    assert NEW not in desk.says(key)
    desk.publish(version)
    assert desk.says(key).startswith(NEW)
    assert NEW not in desk.plain.word(key, TalkContext(None, None, "web")).text, "the book of the files is another one"
    with desk.database.session(write=False) as session:
        assert [line.action for line in all_lines(session)] == ["antwoord.aangeboden", "antwoord.gepubliceerd"]


def test_nobody_approves_or_rejects_an_own_text(desk: Desk) -> None:
    version = desk.propose()
    with desk.database.session() as session:
        for act in (
            lambda: editing.publish(session, version, ANNA, desk.plain, DATA, NOW),
            lambda: editing.reject(session, version, ANNA, NOW, "niet goed"),
        ):
            with pytest.raises(SameEditor):
                act()
    with desk.database.session() as session, pytest.raises(IntegrityError):
        row = session.get_one(AnswerVersion, version)
        row.state, row.decided_by, row.decided_at = "gepubliceerd", 1, NOW
        session.flush()


@pytest.mark.parametrize(
    "text",
    [
        "Vraag {bestaatniet}.",
        "Dit is een zin die veel te lang is omdat er maar geen einde aan komt en iedereen al lang sliep.",
        "De arbeidsdeskundigenbeoordelingsprocedure begint.",
        "[[Vanaf dat moment niet meer.",
    ],
)
def test_a_text_that_fails_the_gate_is_never_said(desk: Desk, text: str) -> None:
    version = desk.propose(text=text)
    with pytest.raises(NotPublishable) as refused:
        desk.publish(version)
    assert refused.value.findings
    assert text[:20] not in desk.says(small_talk(desk.plain))


def test_a_text_without_its_easy_form_is_refused_where_facts_are_told(desk: Desk) -> None:
    version = desk.propose(
        key="loon/hoeveel", text="U krijgt loon voor uw werk. Vraag uw werkgever wat u gaat verdienen."
    )
    with pytest.raises(NotPublishable):
        desk.publish(version)


def test_a_day_of_revision_that_is_over_is_refused(desk: Desk) -> None:
    with pytest.raises(NotPublishable):
        desk.publish(desk.propose(review_before=DAY - dt.timedelta(days=1)))


def test_what_was_decided_on_stays_decided(desk: Desk) -> None:
    version = desk.propose()
    with desk.database.session() as session:
        editing.reject(session, version, BERT, NOW, "te kort")
    with pytest.raises(NotWaiting):
        desk.publish(version)


def test_a_text_that_was_overtaken_must_be_offered_again(desk: Desk) -> None:
    first, second = desk.propose(), desk.propose(Editor(3, SCOPE), text="Graag gedaan hoor. Tot ziens.")
    desk.publish(first)
    with pytest.raises(Overtaken):
        desk.publish(second)


def test_a_newer_proposal_of_the_same_editor_replaces_the_older(desk: Desk) -> None:
    first, second = desk.propose(), desk.propose(text="Graag gedaan hoor. Tot ziens.")
    with desk.database.session(write=False) as session:
        assert [row.id for row in editing.waiting(session, SCOPE)] == [second]
        assert session.get_one(AnswerVersion, first).state == "ingetrokken"


def test_an_earlier_version_comes_back_by_four_eyes(desk: Desk) -> None:
    first = desk.propose()
    desk.publish(first)
    desk.publish(desk.propose(text="Graag gedaan hoor. Tot ziens."), now=NOW + dt.timedelta(hours=1))
    key = small_talk(desk.plain)
    assert desk.says(key).startswith("Graag gedaan hoor.")
    with desk.database.session() as session:
        again = editing.restore(session, first, BERT, desk.book, NOW).id
    with pytest.raises(SameEditor):
        desk.publish(again, BERT)
    desk.publish(again, ANNA, NOW + dt.timedelta(hours=2))
    assert desk.says(key).startswith(NEW)


def test_a_municipality_says_its_own_and_the_others_do_not(desk: Desk) -> None:
    desk.publish(desk.propose(municipality="almere"))
    key = small_talk(desk.plain)
    assert desk.says(key, "almere").startswith(NEW)
    assert NEW not in desk.says(key, "steenwijkerland")
    assert NEW not in desk.says(key)


def test_outside_the_scope_nothing_can_be_proposed_or_found(desk: Desk) -> None:
    with pytest.raises(VersionNotFound):
        desk.propose(municipality="steenwijkerland")
    version = desk.propose(municipality="almere")
    with desk.database.session() as session:
        for stranger in (Editor(9, frozenset({"landelijk"})), Editor(9, frozenset())):
            with pytest.raises(VersionNotFound):
                editing.publish(session, version, stranger, desk.plain, DATA, NOW)
        assert editing.waiting(session, frozenset({"landelijk"})) == []
        assert editing.history(session, small_talk(desk.plain), "almere", frozenset({"landelijk"})) == []


def test_another_gateway_follows_within_two_seconds_and_keeps_its_book_without_a_database(desk: Desk) -> None:
    clock = [0.0]
    other = Library(DATA, 0.5, lambda: clock[0], PublishedVersions(desk.database))
    key = small_talk(desk.plain)
    desk.publish(desk.propose())

    def says(at: float) -> str:
        clock[0] = at
        return other.book.word(key, TalkContext(None, None, "web")).text

    assert NEW not in says(1.0)
    assert says(2.1).startswith(NEW)
    away = PublishedVersions(Database("postgresql://nobody@127.0.0.1:1/none"))
    other._source = away
    assert says(9.0).startswith(NEW)
    assert Library(DATA, 0.5, lambda: clock[0], away).book.standard[key].words.text != NEW


def test_approved_texts_are_written_into_the_files_and_read_back_the_same(desk: Desk, tmp_path: Path) -> None:
    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    key = small_talk(desk.plain)
    desk.publish(desk.propose())
    desk.publish(desk.propose(municipality="almere", text="Graag gedaan hoor. Tot ziens in Almere."))
    with desk.database.session(write=False) as session:
        files = write_back(data, in_force(session), desk.plain)
    assert len(files) == 2
    again = AnswerBook.read(data)
    assert again.standard[key].words == desk.book.standard[key].words
    assert again.standard[key].next == desk.plain.standard[key].next
    assert again.local["almere"][key].words == desk.book.local["almere"][key].words
    others = {name: each for name, each in again.standard.items() if name != key}
    kept = {name: each for name, each in desk.plain.standard.items() if name != key}
    assert {name: each.words for name, each in others.items()} == {name: each.words for name, each in kept.items()}


def test_an_edition_of_a_later_day_goes_over_a_version_only_where_it_says_something_else(plain: AnswerBook) -> None:
    key, other = small_talk(plain), "loon/hoeveel"
    first = plain.shelf.editions[0]
    later = replace(
        first,
        valid_from=dt.date(2027, 1, 1),
        standard={**first.standard, other: replace(first.standard[other], title="nieuw jaar")},
    )
    book = plain.changed((first, later))
    versions = [Version(each, "landelijk", NEW, "", "", DAY, None, DAY) for each in (key, other)]
    now, next_year = with_versions(book, versions).shelf.editions
    assert now.standard[key].words.text == next_year.standard[key].words.text == NEW
    assert now.standard[other].words.text == NEW
    assert next_year.standard[other].title == "nieuw jaar"
    assert next_year.standard[other].words.text != NEW


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=300), st.text(max_size=100))
def test_any_text_is_judged_and_what_passes_can_be_worded(plain: AnswerBook, text: str, simple: str) -> None:
    version = as_version(replace(proposal(plain), text=text, simple=simple), DAY)
    judged = judge(DATA, plain, version)
    if judged.may_be_published:
        assert text.strip()
        judged.book.word(version.key, TalkContext("almere", None, "voice", level="a2"))


@given(st.text(max_size=80), st.text(max_size=80))
def test_differences_give_both_texts_back(before: str, after: str) -> None:
    pieces = list(differences(before, after))
    assert "".join(words for kind, words in pieces if kind != "new") == before
    assert "".join(words for kind, words in pieces if kind != "gone") == after
