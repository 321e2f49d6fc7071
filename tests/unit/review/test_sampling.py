"""The weekly sample: parts, chances, seed, and the estimate by hand."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.core.scope import scope_of
from assistant.database import Database
from assistant.review.errors import AlreadyDrawn
from assistant.review.judging import Opinion, judge
from assistant.review.models import Turn
from assistant.review.sampling import Draw, days_of, draw_sample, pick, samples, shares, week_of
from assistant.review.work_models import SampleTalk
from tests.unit.review.conftest import ALMERE, ANNA, GOOD, LOST, NOW, Talk

WEEK = "2026-W47"


def test_weeks_begin_on_monday_and_know_the_turn_of_the_year() -> None:
    assert days_of(WEEK) == (datetime(2026, 11, 16, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC))
    assert week_of(date(2027, 1, 1)) == "2026-W53"
    with pytest.raises(ValueError):
        days_of("2026-W60")


def test_every_talk_has_the_same_chance() -> None:
    """2,000 draws of 2 from 5: each is drawn 800 times, give or take; 5 sigma is 110."""
    drawn = Counter(talk for seed in range(2000) for talk in pick("abcde", 2, str(seed)))
    assert all(abs(count - 800) < 110 for count in drawn.values())


def test_both_parts_with_their_chance(database: Database, talk: Talk) -> None:
    risky, ordinary = {talk(LOST) for _ in range(4)}, {talk(GOOD) for _ in range(10)}
    talk(LOST, at=NOW - timedelta(days=7))
    talk(LOST, place="steenwijkerland")
    with database.session() as session:
        sample = draw_sample(session, Draw(WEEK, "almere", risky=2, ordinary=5, seed=3), "Anna", NOW)
        rows = session.query(SampleTalk).filter_by(sample_id=sample.id).all()
    assert (sample.risky, sample.ordinary, sample.risky_drawn, sample.ordinary_drawn, sample.seed) == (4, 10, 2, 5, 3)
    assert {(row.part, row.chance) for row in rows} == {("risico", 0.5), ("gewoon", 0.5)}
    assert all(row.conversation_id in (risky if row.part == "risico" else ordinary) for row in rows)


def test_the_seed_draws_the_same_again_and_a_week_is_drawn_once(database: Database, talk: Talk) -> None:
    for _ in range(12):
        talk(GOOD)
    with database.session() as session:
        first = draw_sample(session, Draw(WEEK, "almere", ordinary=4), "Anna", NOW)
        drawn = {row.conversation_id for row in session.query(SampleTalk).filter_by(sample_id=first.id)}
        with pytest.raises(AlreadyDrawn):
            draw_sample(session, Draw(WEEK, "almere"), "Anna", NOW)
        session.delete(first)
        session.flush()
        again = draw_sample(session, Draw(WEEK, "almere", ordinary=4, seed=first.seed), "Bram", NOW)
        assert {row.conversation_id for row in session.query(SampleTalk).filter_by(sample_id=again.id)} == drawn


def test_the_estimate_by_hand(database: Database, talk: Talk) -> None:
    """Two risky talks, both drawn, both wrong; four ordinary ones of which one is drawn, and it is right.

    The ordinary one stands for four: wrong 2 / (2 + 4), right 4 / (2 + 4).
    """
    for _ in range(2):
        talk(LOST)
    for _ in range(4):
        talk(GOOD)
    with database.session() as session:
        sample = draw_sample(session, Draw(WEEK, "almere", risky=5, ordinary=1), "Anna", NOW)
        for row in session.query(SampleTalk).filter_by(sample_id=sample.id):
            turn = session.query(Turn).filter_by(conversation_id=row.conversation_id).one()
            verdict = "antwoord_fout" if row.part == "risico" else "goed"
            judge(session, turn.id, Opinion(verdict), ANNA, NOW, scope=ALMERE)
        assert shares(session, sample.id, scope=ALMERE) == pytest.approx({"antwoord_fout": 1 / 3, "goed": 2 / 3})
        assert shares(session, sample.id, scope=scope_of("steenwijkerland")) == {}
        assert [(one.id, judged) for one, judged in samples(session, scope=ALMERE)] == [(sample.id, 3)]
        assert samples(session, scope=scope_of("steenwijkerland")) == []
