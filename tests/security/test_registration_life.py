"""The life of a registration in any order: a small model beside the real tables.

Whatever the table of states allows must succeed and nothing else may; and however people and staff mix their steps, an
opening never has more free places than it has, nor fewer than none.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from assistant.database import Database, upgrade
from assistant.placement import STATES, InterestWish, MoveNotAllowed, OpeningFull, move, register_interest, seed
from assistant.placement.models import Opening, Registration

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PLACES = 2
_template = Path(tempfile.mkdtemp(prefix="meedoen-life-")) / "meedoen.db"


def template() -> Path:
    """A migrated database with openings, made once; one opening has two places."""
    if not _template.exists():
        url = f"sqlite:///{_template}"
        upgrade(url)
        database = Database(url)
        with database.session() as session:
            seed(session)
            first = session.scalars(select(Opening).where(Opening.municipality_id == "steenwijkerland")).first()
            assert first is not None
            first.places_total = first.places_free = PLACES
        database.dispose()
    return _template


class Life(RuleBasedStateMachine):
    """Three people and a desk."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "meedoen.db"
        shutil.copy(template(), path)
        self.database, self.now, self.count = Database(f"sqlite:///{path}"), NOW, 0
        self.state: dict[str, str] = {}
        self.holds: dict[str, bool] = {}
        with self.database.session(write=False) as session:
            where = (Opening.municipality_id == "steenwijkerland", Opening.places_total == PLACES)
            opening = session.scalars(select(Opening).where(*where)).first()
            assert opening is not None
            self.opening = opening.number

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.database.dispose()
            self.folder.cleanup()

    @property
    def free(self) -> int:
        return PLACES - sum(self.holds.values())

    @precondition(lambda self: self.count < 6)
    @rule(wants=st.booleans())
    def registers(self, wants: bool) -> None:
        self.count += 1
        wish = InterestWish(
            municipality="steenwijkerland", name=f"Persoon {self.count}", phone=f"061234567{self.count}",
            work_kind="groen", hours=(16, 24), consent_text_version="2026-11", consented_at=NOW,
            opening=self.opening if wants else None,
        )  # fmt: skip
        try:
            with self.database.session() as session:
                number = register_interest(session, wish, now=self.now).number
        except OpeningFull:
            assert wants and self.free == 0
            return
        assert not wants or self.free > 0
        self.state[number], self.holds[number] = "nieuw", wants

    @precondition(lambda self: self.state)
    @rule(data=st.data(), to=st.sampled_from(sorted(STATES)), by=st.sampled_from(["persoon", "m.bakker", "systeem"]))
    def goes_on(self, data: st.DataObject, to: str, by: str) -> None:
        number = data.draw(st.sampled_from(sorted(self.state)))
        allowed = to in STATES[self.state[number]].moves
        try:
            with self.database.session() as session:
                row = session.scalars(select(Registration).where(Registration.number == number)).one()
                move(session, row, to, by, "reden", self.now)
            done = True
        except MoveNotAllowed:
            done = False
        assert done == allowed, (self.state[number], to)
        if done:
            if STATES[to].final and self.state[number] != "geplaatst":
                self.holds[number] = False
            self.state[number] = to

    @rule(hours=st.integers(1, 100))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def the_app_starts_again(self) -> None:
        self.database.dispose()
        self.database = Database(f"sqlite:///{Path(self.folder.name) / 'meedoen.db'}")

    @invariant()
    def tables_agree(self) -> None:
        if not hasattr(self, "database"):
            return
        with self.database.session(write=False) as session:
            opening = session.scalars(select(Opening).where(Opening.number == self.opening)).one()
            rows = session.scalars(select(Registration)).all()
            assert opening.places_free == self.free and 0 <= opening.places_free <= opening.places_total
            assert {row.number: row.state for row in rows} == self.state
            for row in rows:
                assert row.events[-1].to_state == row.state and (row.next_action is None) == STATES[row.state].final


def test_any_order_of_steps_keeps_to_the_table() -> None:
    quick = settings(max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Life, settings=quick)
