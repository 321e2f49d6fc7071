"""The inbox: the summary follows the log, every filter narrows, pages join without a gap, scope is a wall."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from assistant.core.scope import scope_of
from assistant.database import Database
from assistant.review.filters import Filters
from assistant.review.inbox import inbox, next_talk
from assistant.review.judging import Opinion, judge
from assistant.review.log import ConversationLog
from assistant.review.models import Turn
from assistant.review.transcript import assign
from assistant.review.views import forget_view, save_view, saved_views
from tests.unit.review.conftest import ALMERE, ANNA, ASKED, GOOD, LOST, NOW, Talk


def found(database: Database, filters: Filters | None = None, **how: Any) -> list[str]:
    how = {"scope": ALMERE, "account_id": 1} | how
    with database.session(write=False) as session:
        return [line.conversation_id for line in inbox(session, filters or Filters(), **how).talks]


def test_a_widget_that_was_only_opened_is_no_talk(database: Database, talk: Talk) -> None:
    talk()
    said = talk(GOOD)
    assert found(database) == [said]


def test_the_summary_counts_what_happened(database: Database, talk: Talk, log: ConversationLog) -> None:
    mine = talk(GOOD, LOST, ASKED, ("/mens_spreken", "mens_spreken", 1.0, ["mens_spreken"]))
    log.rate(mine, 1, "goed", NOW)
    log.rate(mine, 2, "slecht", NOW)
    with database.session(write=False) as session:
        [line] = inbox(session, Filters(), scope=ALMERE, account_id=1).talks
    assert (line.turns, line.lost, line.asked_back, line.handover, line.danger) == (4, 1, 1, True, False)
    assert (line.lowest, line.face, line.first) == (0.4, "slecht", "wat verdien ik")


def test_a_second_thought_takes_a_bad_face_away(database: Database, talk: Talk, log: ConversationLog) -> None:
    mine = talk(GOOD)
    log.rate(mine, 1, "slecht", NOW)
    log.rate(mine, 1, "goed", NOW)
    assert found(database, Filters(gezicht="goed")) == [mine]
    assert found(database, Filters(gezicht="slecht")) == []


@pytest.mark.parametrize(
    "chosen",
    [
        {"misgelopen": "ja"},
        {"zeker_onder": 50},
        {"berichten_vanaf": 2},
        {"rol": "werkgever"},
        {"kanaal": "phone"},
        {"van": NOW.date() + timedelta(days=1)},
        {"mens": "ja"},
        {"groep": "mens_spreken"},
    ],
    ids=str,
)
def test_each_filter_finds_one_and_leaves_the_other(database: Database, talk: Talk, chosen: dict[str, Any]) -> None:
    talk(GOOD)
    human = ("mens", "mens_spreken", 0.99, ["mens_spreken"])
    other = talk(LOST, human, role="werkgever", channel="phone", at=NOW + timedelta(days=2))
    assert found(database, Filters(**chosen), parts=frozenset({"mens_spreken"})) == [other]


def test_the_day_of_until_is_part_of_the_period(database: Database, talk: Talk) -> None:
    mine = talk(GOOD)
    assert found(database, Filters(van=NOW.date(), tot=NOW.date())) == [mine]
    assert found(database, Filters(tot=NOW.date() - timedelta(days=1))) == []


def test_judged_cause_and_reader(database: Database, talk: Talk) -> None:
    mine, other = talk(LOST), talk(GOOD)
    with database.session() as session:
        turn = session.query(Turn).filter_by(conversation_id=mine).one()
        judge(session, turn.id, Opinion("antwoord_fout", "geen_woord"), ANNA, NOW, scope=ALMERE)
        assign(session, other, first=None, second=7, scope=ALMERE)
    assert found(database, Filters(oorzaak="geen_woord")) == found(database, Filters(beoordeeld="ja")) == [mine]
    assert found(database, Filters(beoordeeld="nee")) == [other]
    assert found(database, Filters(van_mij="ja"), account_id=7) == [other]
    assert found(database, Filters(van_mij="ja"), account_id=8) == []


def test_what_is_not_on_the_list_is_left_out() -> None:
    raw = {"rol": "x' OR 1=1 --", "van": "gisteren", "zeker_onder": "-5", "gemeente": "Almere; DROP", "onbekend": "1"}
    assert Filters.read(raw) == Filters()
    assert Filters.read({"van": "9999-12-31", "tot": "9999-12-31"}) == Filters(), "there is no day after it"
    assert Filters.read({"zeker_onder": "999", "gemeente": "almere"}) == Filters(zeker_onder=100, gemeente="almere")


def test_an_address_reads_back_what_was_chosen() -> None:
    chosen = Filters.read({"van": "2026-11-01", "misgelopen": "ja", "berichten_vanaf": "3", "steekproef": "4"})
    assert Filters.read(chosen.chosen()) == chosen


def test_pages_join_without_gap_or_double(database: Database, talk: Talk) -> None:
    every = [talk(GOOD) for _ in range(7)][::-1]
    with database.session(write=False) as session:
        how: dict[str, Any] = {"scope": ALMERE, "account_id": 1, "size": 3}
        first = inbox(session, Filters(), **how)
        second = inbox(session, Filters(), before=first.older, **how)
        third = inbox(session, Filters(), before=second.older, **how)
        back = inbox(session, Filters(), after=second.newer, **how)
    seen = [line.conversation_id for page in (first, second, third) for line in page.talks]
    assert seen == every
    assert back.talks == first.talks
    assert (first.newer, third.older, back.newer) == (None, None, None)


def test_the_next_talk_is_the_next_older_one_of_the_same_list(database: Database, talk: Talk) -> None:
    oldest, _between, newest = talk(LOST), talk(GOOD), talk(LOST)
    with database.session(write=False) as session:
        how: dict[str, Any] = {"scope": ALMERE, "account_id": 1, "parts": frozenset()}
        here = inbox(session, Filters(), scope=ALMERE, account_id=1).talks[0]
        assert here.conversation_id == newest
        assert next_talk(session, Filters(misgelopen="ja"), here.id, **how) == oldest


def test_scope_is_a_wall(database: Database, talk: Talk) -> None:
    here, there, nowhere = talk(GOOD), talk(GOOD, place="steenwijkerland"), talk(GOOD, place=None)
    assert found(database) == [here]
    assert found(database, scope=scope_of("steenwijkerland", "landelijk")) == [nowhere, there]
    assert found(database, scope=scope_of()) == []


def test_views_are_ones_own(database: Database) -> None:
    with database.session() as session:
        save_view(session, 1, "Slecht", Filters(gezicht="slecht"), NOW)
        save_view(session, 1, "Slecht", Filters(gezicht="slecht", rol="werkgever"), NOW)
        [mine] = saved_views(session, 1)
        assert Filters.read(mine.filters) == Filters(gezicht="slecht", rol="werkgever")
        assert saved_views(session, 2) == []
        assert not forget_view(session, 2, mine.id)
        assert forget_view(session, 1, mine.id)
