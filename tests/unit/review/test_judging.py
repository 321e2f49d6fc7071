"""Judgements, agreement between readers, the transcript with faces at the right turn, notes and unmasking."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assistant.core.scope import scope_of
from assistant.database import Database
from assistant.review.errors import NotAVerdict
from assistant.review.judging import Opinion, judge, readers_agree
from assistant.review.kappa import agreement
from assistant.review.log import ConversationLog
from assistant.review.transcript import TalkView, add_note, assign, talk_view
from assistant.review.unmasking import unmask, unmasked_until
from tests.unit.review.conftest import ALMERE, ANNA, ASKED, BRAM, GOOD, LOST, NOW, Talk

ELSEWHERE = scope_of("steenwijkerland")


def view(database: Database, name: str) -> TalkView:
    with database.session(write=False) as session:
        seen = talk_view(session, name, scope=ALMERE)
    assert seen is not None
    return seen


def test_kappa_by_hand() -> None:
    """Two readers, 50 turns: both yes 20, both no 15, 5 and 10 apart. By hand: (0.7 - 0.5) / (1 - 0.5) = 0.4."""
    pairs = [("ja", "ja")] * 20 + [("ja", "nee")] * 5 + [("nee", "ja")] * 10 + [("nee", "nee")] * 15
    found = agreement(pairs)
    assert (found.pairs, found.same, found.words) == (50, 35, "matig")
    assert found.kappa == pytest.approx(0.4)


def test_kappa_of_three_verdicts_by_hand() -> None:
    """aa aa ab bb bc cc: same 4/6; by chance (3*2 + 2*2 + 1*2)/36 = 12/36; (24/36 - 12/36) / (24/36) = 0.5."""
    pairs = [tuple(pair) for pair in ("aa", "aa", "ab", "bb", "bc", "cc")]
    assert agreement(pairs).kappa == pytest.approx(0.5)  # type: ignore[arg-type]


def test_kappa_of_nothing_or_of_one_verdict_says_nothing() -> None:
    assert agreement([]).kappa is None
    assert agreement([("goed", "goed")] * 4).kappa is None
    assert agreement([("a", "b"), ("b", "a")]).words == "minder dan toeval"


def test_thinking_again_replaces_ones_own_judgement(database: Database, talk: Talk) -> None:
    name = talk(GOOD)
    turn = view(database, name).turns[0].row.id
    with database.session() as session:
        judge(session, turn, Opinion("goed"), ANNA, NOW, scope=ALMERE)
        judge(session, turn, Opinion("verkeerd_begrepen", None, "loon/contract"), ANNA, NOW, scope=ALMERE)
        judge(session, turn, Opinion("goed"), BRAM, NOW, scope=ALMERE)
    seen = view(database, name)
    assert [(one.by, one.verdict) for one in seen.turns[0].judgements] == [
        ("Anna", "verkeerd_begrepen"),
        ("Bram", "goed"),
    ]
    assert seen.summary.judged == 1


def test_two_readers_of_a_turn_are_compared(database: Database, talk: Talk) -> None:
    name = talk(GOOD, LOST)
    first, second = (turn.row.id for turn in view(database, name).turns)
    with database.session() as session:
        for turn, reader, opinion in (
            (first, ANNA, Opinion("goed")),
            (first, BRAM, Opinion("goed")),
            (second, ANNA, Opinion("antwoord_fout", "geen_woord")),
            (second, BRAM, Opinion("antwoord_fout")),
        ):
            judge(session, turn, opinion, reader, NOW, scope=ALMERE)
        on_verdict, on_cause = readers_agree(session, scope=ALMERE, since=NOW - timedelta(days=1))
        nothing, _ = readers_agree(session, scope=ELSEWHERE, since=NOW - timedelta(days=1))
    assert (on_verdict.pairs, on_verdict.same, on_verdict.kappa) == (2, 2, 1.0)
    assert (on_cause.pairs, on_cause.same) == (2, 1)
    assert nothing.pairs == 0


@pytest.mark.parametrize(
    "raw", [("prima",), ("goed", "pech"), ("verkeerd_begrepen",), ("goed", None, "loon/hoeveel")], ids=str
)
def test_a_judgement_that_does_not_exist_is_refused(raw: tuple[str, ...]) -> None:
    with pytest.raises(NotAVerdict):
        Opinion(*raw)


def test_faces_stand_at_the_turn_that_they_were_given_to(database: Database, talk: Talk, log: ConversationLog) -> None:
    """Two messages of welcome (0, 1); the first turn answers with two (2, 3), the second with one (4)."""
    two = ("wat verdien ik", "loon/hoeveel", 0.9, ["loon/hoeveel", "vervolg/zelfde"])
    name = talk(two, LOST, greeting=2)
    for message, face in ((0, "goed"), (3, "gaat_wel"), (4, "slecht")):
        log.rate(name, message, face, NOW)
    assert [turn.faces for turn in view(database, name).turns] == [("gaat_wel",), ("slecht",)]


def test_guesses_and_outcome_are_kept(database: Database, talk: Talk) -> None:
    turn = view(database, talk(ASKED, guesses=[["loon/hoeveel", 0.5], ["loon/contract", 0.3]])).turns[0]
    assert turn.row.guesses == [["loon/hoeveel", 0.5], ["loon/contract", 0.3]]
    assert turn.row.outcome == "teruggevraagd"


def test_nothing_of_another_municipality_can_be_reached(database: Database, talk: Talk) -> None:
    name = talk(GOOD)
    turn = view(database, name).turns[0].row.id
    with database.session() as session:
        assert talk_view(session, name, scope=ELSEWHERE) is None
        assert judge(session, turn, Opinion("goed"), ANNA, NOW, scope=ELSEWHERE) is None
        assert not add_note(session, name, "hallo", (1, "Anna"), NOW, scope=ELSEWHERE)
        assert not assign(session, name, first=1, second=None, scope=ELSEWHERE)
        assert unmask(session, name, 1, "moet terugbellen over de plek", NOW, scope=ELSEWHERE) is None
    assert view(database, name).notes == ()


def test_a_note_is_masked(database: Database, talk: Talk) -> None:
    name = talk(GOOD)
    with database.session() as session:
        assert add_note(session, name, "bel 06 12345678 terug", (1, "Anna"), NOW, scope=ALMERE)
        assert not add_note(session, name, "   ", (1, "Anna"), NOW, scope=ALMERE)
    [note] = view(database, name).notes
    assert "12345678" not in note.text


def test_contact_is_open_for_ten_minutes_for_one_person_with_a_reason(database: Database, talk: Talk) -> None:
    name = talk(GOOD)
    with database.session() as session:
        assert unmask(session, name, 1, "kort", NOW, scope=ALMERE) is None
        assert unmask(session, name, 1, "belt terug over de aanmelding", NOW, scope=ALMERE) == NOW + timedelta(
            minutes=10
        )
        assert unmasked_until(session, name, 1, NOW + timedelta(minutes=9)) is not None
        assert unmasked_until(session, name, 2, NOW) is None
        assert unmasked_until(session, name, 1, NOW + timedelta(minutes=10)) is None
