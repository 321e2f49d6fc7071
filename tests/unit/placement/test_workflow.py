"""The table of states: every step it has, and none that it does not have."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from assistant.database import Database
from assistant.placement import STATES, MoveNotAllowed, move, register_interest
from assistant.placement.models import Registration
from assistant.placement.workflow import FIRST
from assistant.placement.working_days import working_days_after

from .conftest import NOW, MakeWish

STEPS = [(state.code, to) for state in STATES.values() for to in STATES]


def test_the_states_are_those_of_the_promise() -> None:
    assert list(STATES) == [
        *(
            "nieuw",
            "contact",
            "gesprek",
            "meeloopdag",
            "proefplaatsing",
            "geplaatst",
            "gestopt",
            "ingetrokken",
        )
    ]


def test_every_state_can_be_reached_and_has_an_end() -> None:
    reached, todo = set(), [FIRST]
    while todo:
        code = todo.pop()
        reached.add(code)
        todo += [to for to in STATES[code].moves if to not in reached]
    assert reached == set(STATES)
    for state in STATES.values():
        assert state.final or "gestopt" in state.moves
        assert (state.action is None) == (state.actor is None) == state.final


def test_all_steps_are_allowed_exactly_when_the_table_says_so(database: Database, wish: MakeWish) -> None:
    with database.session() as session:
        register_interest(session, wish(), now=NOW)
        row = session.scalars(select(Registration)).one()
        for state, to in STEPS:
            row.state = state
            session.flush()
            if to in STATES[state].moves:
                move(session, row, to, "j.bakker", "reden", NOW)
                assert row.state == to
                assert (row.next_action is None) == STATES[to].final
            else:
                with pytest.raises(MoveNotAllowed):
                    move(session, row, to, "j.bakker", None, NOW)
        last = row.events[-1]
        assert (last.by, last.reason, last.at) == ("j.bakker", "reden", NOW)


@pytest.mark.parametrize(
    ("moment", "days", "expected"),
    [
        (datetime(2026, 11, 20, 9, tzinfo=UTC), 1, date(2026, 11, 23)),  # Friday → Monday
        (datetime(2026, 11, 20, 23, 30, tzinfo=UTC), 1, date(2026, 11, 23)),  # Saturday in the Netherlands
        (
            datetime(2026, 12, 24, 9, tzinfo=UTC),
            1,
            date(2026, 12, 28),
        ),  # Christmas and the weekend in between
        (datetime(2026, 12, 31, 9, tzinfo=UTC), 1, date(2027, 1, 4)),
        (datetime(2026, 4, 24, 9, tzinfo=UTC), 1, date(2026, 4, 28)),  # King's Day is a Monday
    ],
)
def test_working_days(moment: datetime, days: int, expected: date) -> None:
    assert working_days_after(moment, days) == expected


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)), st.integers(1, 30))
def test_a_promise_is_never_due_in_the_weekend(moment: datetime, days: int) -> None:
    due = working_days_after(moment, days)
    assert due.weekday() < 5
    assert (due - moment.date()).days >= days
