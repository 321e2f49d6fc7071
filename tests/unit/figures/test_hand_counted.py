"""A tiny log that was counted by hand, and every metric against that count.

==== ============ =============== ======= ========================================================== ==========
talk begins (UTC) municipality    channel messages                                                   and then
==== ============ =============== ======= ========================================================== ==========
a    2 Nov 09:00  almere          web     answered, button, answered ([telefoon])                    goed, goed
b    2 Nov 10:00  almere          web     not understood                                             lost, slecht
c    3 Nov 09:00  almere          phone   asked back, person                                         came after 60 s
d    3 Nov 10:00  none            web     not understood, not understood (a person is offered)       lost
e    3 Nov 11:00  steenwijkerland web     danger
f    3 Nov 12:00  almere          web     (nothing was said)                                         no talk
g    9 Nov 09:00  almere          web     answered, button (call me back)                            gaat_wel
h    2 Nov 23:30  almere          voice   failure          (3 November in the Netherlands)           lost
i    3 Nov 13:00  almere          web     asked back, private step                                   not lost
j    9 Nov 10:00  almere          web     person, not understood; asked twice, came after 120, 300 s  not lost
k    1 Dec 09:00  almere          web     answered                                                   next month
==== ============ =============== ======= ========================================================== ==========

November, everywhere: 9 talks (a b c d e g h i j). Messages: a3 b1 c2 d2 e1 g2 h1 i2 j2 = 16. Buttons: a g i = 3.
Danger: e = 1. In own words: 16 - 3 - 1 = 12. Answered: a2 g1 = 3. Person: c1 j1 = 2. Asked back: c1 i1 = 2.
Not understood: b1 d2 j1 = 4. Failure: h1. 3 + 2 + 2 + 4 + 1 = 12. Lost: b d h = 3.
Asked for a person: c g j = 3; came: c j = 2. Waits: 60, 120, 300. Faces: 2 goed, 1 gaat_wel, 1 slecht.
j ends with a message that was not understood, but asked for a person; i ends with a button.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from assistant.core.scope import scope_of
from assistant.database import Database
from assistant.figures import METRICS, Asked, Figures, Period, Tally, definitions, month, roll_up

from .conftest import (
    BROKEN,
    BUTTON,
    CALL_ME,
    CHOICE,
    DANGER,
    NAMED,
    NO_IDEA,
    OFFERED,
    PAY,
    PERSON,
    PRIVATE,
    Talks,
)

NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
EVERYWHERE = scope_of("almere", "steenwijkerland", "landelijk")
BY_HAND = {
    "gesprekken": 9,
    "berichten": 16,
    "berichten_per_gesprek": 1.8,  # 16 / 9
    "eigen_woorden": 12,
    "begrepen": 41.7,  # 5 / 12
    "teruggevraagd": 16.7,  # 2 / 12
    "niet_begrepen": 33.3,  # 4 / 12
    "storing": 8.3,  # 1 / 12
    "gevaar": 1,
    "verloren": 3,
    "verloren_aandeel": 33.3,  # 3 / 9
    "mens_gevraagd": 3,
    "mens_bereikt": 2,
    "mens_bereikt_aandeel": 66.7,
    "tijd_tot_mens_mediaan": 120,
    "tijd_tot_mens_p90": 300,
    "gezichten": 4,
    "gezicht_goed": 50.0,
    "gezicht_gaat_wel": 25.0,
    "gezicht_slecht": 25.0,
}


@pytest.fixture
def log(talks: Talks) -> None:
    talks.add("a", "11-02 09:00", "almere", "web", PAY, BUTTON, NAMED, faces=("goed", "goed"))
    talks.add("b", "11-02 10:00", "almere", "web", NO_IDEA, faces=("slecht",))
    talks.add("c", "11-03 09:00", "almere", "phone", CHOICE, PERSON, waits=(60,))
    talks.add("d", "11-03 10:00", None, "web", NO_IDEA, OFFERED)
    talks.add("e", "11-03 11:00", "steenwijkerland", "web", DANGER, danger="veiligheid/nood")
    talks.add("f", "11-03 12:00", "almere", "web")
    talks.add("g", "11-09 09:00", "almere", "web", PAY, CALL_ME, faces=("gaat_wel",))
    talks.add("h", "11-02 23:30", "almere", "voice", BROKEN)
    talks.add("i", "11-03 13:00", "almere", "web", CHOICE, PRIVATE)
    talks.add("j", "11-09 10:00", "almere", "web", PERSON, NO_IDEA, waits=(120, 300))
    talks.add("k", "12-01 09:00", "almere", "web", PAY)


def test_every_metric_has_a_definition_and_the_other_way_round() -> None:
    assert set(METRICS) == set(definitions()) == set(BY_HAND)


@pytest.mark.parametrize("kept", [False, True], ids=["counted on the spot", "kept at night"])
def test_every_metric_is_what_a_hand_counts(database: Database, log: None, kept: bool) -> None:
    with database.session() as session:
        if kept:
            assert roll_up(session, now=NOW) == 48  # 2 November to 19 December
        figures = Tally(session, Asked(month("2026-11"), EVERYWHERE), now=NOW).all()
        assert {name: metric(figures) for name, metric in METRICS.items()} == BY_HAND


@pytest.mark.parametrize("kept", [False, True], ids=["counted on the spot", "kept at night"])
def test_per_channel_municipality_group_week_and_day(database: Database, log: None, kept: bool) -> None:
    def talks(found: dict[object, Figures]) -> dict[object, int]:
        return {key: figures.count("gesprek") for key, figures in found.items()}

    with database.session() as session:
        if kept:
            roll_up(session, now=NOW)
        tally = Tally(session, Asked(month("2026-11"), EVERYWHERE), now=NOW)
        assert talks(tally.per("channel")) == {"phone": 1, "voice": 1, "web": 7}
        assert talks(tally.per("municipality")) == {"almere": 7, "landelijk": 1, "steenwijkerland": 1}
        assert talks(tally.per("day")) == {date(2026, 11, 2): 2, date(2026, 11, 3): 5, date(2026, 11, 9): 2}
        weeks = tally.per_span(list(month("2026-11").weeks()))
        assert [(name, found.count("gesprek")) for name, found in weeks] == [
            ("2026-W44", 0), ("2026-W45", 7), ("2026-W46", 2), ("2026-W47", 0), ("2026-W48", 0), ("2026-W49", 0),
        ]  # fmt: skip
        assert [found.count("verloren") for _, found in weeks][1] == 3
        groups = {name: figures.messages() for name, figures in tally.groups().items()}
        # loon: a2 c1 g1 i1; buiten_bereik: b1 d2 j1; gesprek (a person): c1 j1; formulieren: a1 g1; h has no intent
        assert groups == {
            "loon": 5, "buiten_bereik": 4, "formulieren": 2, "gesprek": 2, "onbekend": 1, "orientatie": 1,
            "veiligheid": 1,
        }  # fmt: skip
        assert sum(groups.values()) == 16


@pytest.mark.parametrize("kept", [False, True], ids=["counted on the spot", "kept at night"])
def test_a_scope_a_municipality_and_a_channel_leave_out_the_rest(database: Database, log: None, kept: bool) -> None:
    def talks(**asked: str) -> int:
        return Tally(session, Asked(month("2026-11"), scope, **asked), now=NOW).all().count("gesprek")

    with database.session() as session:
        if kept:
            roll_up(session, now=NOW)
        scope = scope_of("steenwijkerland")
        assert (talks(), talks(municipality="almere")) == (1, 0)
        scope = EVERYWHERE
        assert (talks(municipality="almere"), talks(channel="phone"), talks(municipality="landelijk")) == (7, 1, 1)
        scope = scope_of()
        assert talks() == 0


def test_what_is_kept_stays_when_the_talks_are_gone(database: Database, log: None) -> None:
    from sqlalchemy import delete

    from assistant.review.models import Conversation

    with database.session() as session:
        roll_up(session, now=NOW)
        session.execute(delete(Conversation).where(Conversation.id != "k"))
    with database.session() as session:
        assert roll_up(session, now=NOW) == 7  # only the last week is counted again
        figures = Tally(session, Asked(month("2026-11"), EVERYWHERE), now=NOW).all()
        assert {name: metric(figures) for name, metric in METRICS.items()} == BY_HAND


def test_a_face_that_comes_later_still_counts(database: Database, talks: Talks) -> None:
    evening = datetime(2026, 11, 4, 12, tzinfo=UTC)
    talks.add("a", "11-03 09:00", "almere", "web", PAY)
    asked = Asked(Period(date(2026, 11, 3), date(2026, 11, 4)), EVERYWHERE)
    with database.session() as session:
        roll_up(session, now=evening)
        assert METRICS["gezichten"](Tally(session, asked, now=evening).all()) == 0
    talks._log.rate("a", 1, "goed", evening)
    with database.session() as session:
        assert METRICS["gezichten"](Tally(session, asked, now=evening).all()) == 0  # not before the next night
        roll_up(session, now=evening)
        assert METRICS["gezichten"](Tally(session, asked, now=evening).all()) == 1


def test_nothing_gives_no_share_and_no_time(database: Database) -> None:
    with database.session() as session:
        assert roll_up(session, now=NOW) == 0
        figures = Tally(session, Asked(month("2026-11"), EVERYWHERE), now=NOW).all()
    empty = {name: metric(figures) for name, metric in METRICS.items()}
    assert {name for name, value in empty.items() if value is None} == {
        "berichten_per_gesprek", "begrepen", "teruggevraagd", "niet_begrepen", "storing", "verloren_aandeel",
        "mens_bereikt_aandeel", "tijd_tot_mens_mediaan", "tijd_tot_mens_p90", "gezicht_goed", "gezicht_gaat_wel",
        "gezicht_slecht",
    }  # fmt: skip
    assert {value for value in empty.values() if value is not None} == {0}


def test_a_year_of_months_is_the_same_as_its_days(database: Database, log: None) -> None:
    """A long period is added up from whole months: 16 October to 19 December takes November as one."""
    later = datetime(2027, 3, 20, 12, tzinfo=UTC)
    long, months = Asked(Period(date(2026, 10, 16), date(2027, 3, 19)), EVERYWHERE), ["2026-11", "2026-12"]
    with database.session() as session:
        before = Tally(session, long, now=later)
        spans = list(long.period.months())
        counted = before.all().counts, {name: found.counts for name, found in before.per_span(spans)}
        roll_up(session, now=later)
        tally = Tally(session, long, now=later)
        assert [f"{day:%Y-%m}" for day in sorted(tally._months)] == months
        assert (tally.all().counts, {name: found.counts for name, found in tally.per_span(spans)}) == counted
        assert tally.all().count("gesprek") == 10
        one = Asked(long.period, scope_of("almere"), channel="phone")
        assert Tally(session, one, now=later).all().count("gesprek") == 1
