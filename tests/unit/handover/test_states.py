"""The table of states, and the desk against it: anything in any order, with restarts, by a person and two of staff."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from assistant.database import Database, upgrade
from assistant.handover import Action, Actor, HandoverDesk, HandoverNotPossible, LocalSignals, State, Summary
from assistant.handover.states import ENDED, RULES, WITH_STAFF, may
from assistant.review import ConversationLog, NewConversation
from tests.unit.handover.conftest import NOW

CONVERSATION, SCOPE, SILENT = "c" * 32, frozenset({"almere"}), timedelta(minutes=5)
STAFF = st.sampled_from([1, 2])


def test_every_state_can_be_reached_and_every_running_one_can_be_left() -> None:
    assert {one.to for one in RULES.values()} == set(State)
    for state in set(State) - ENDED:
        assert any(state in one.at and one.to in ENDED | {State.WACHT} for one in RULES.values()), state


def test_nothing_leaves_an_end() -> None:
    assert not any(one.at & ENDED for one in RULES.values())


def test_the_person_can_always_go_back_to_the_assistant() -> None:
    for state in set(State) - ENDED:
        assert may(state, Action.STOPPEN, Actor.PERSOON)


def test_only_the_system_or_the_one_who_has_it_takes_a_talk_from_staff() -> None:
    leaving = {action for action, one in RULES.items() if one.at & WITH_STAFF and one.to == State.WACHT}
    assert {actor for action in leaving for actor in RULES[action].by} == {Actor.BEHANDELAAR, Actor.SYSTEEM}


class TalkMachine(RuleBasedStateMachine):
    """A small model beside the real desk: whatever the table allows must succeed, and nothing else may."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.url = f"sqlite:///{Path(self.folder.name) / 'meedoen.db'}"
        upgrade(self.url)
        self.open()
        ConversationLog(self.database).start(NewConversation(CONVERSATION, "0" * 64, "almere", None, "web", NOW))
        self.now, self.state, self.staff, self.id = NOW, None, None, 0
        self.said: list[str] = []
        self.seen_at = NOW
        self.lines: list[str] = []

    def open(self) -> None:
        self.database = Database(self.url)
        self.desk = HandoverDesk(self.database, LocalSignals())

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.database.dispose()
            self.folder.cleanup()

    def does(self, action: Action, actor: Actor, step: Any, *, mine: bool = True) -> bool:
        """Do a step; it succeeds exactly when the table says so (and, for staff, when the talk is theirs)."""
        allowed = may(self.state, action, actor) and mine
        try:
            step()
            done = True
        except HandoverNotPossible:
            done = False
        assert done == allowed, (action, actor, self.state)
        if done:
            self.state = RULES[action].to
            if self.state not in WITH_STAFF:
                self.staff = None
            if self.state in ENDED:
                self.state, self.said, self.lines = None, [], []
        return done

    # the person

    @rule()
    def asks(self) -> None:
        def step() -> None:
            self.id = self.desk.ask(CONVERSATION, "almere", Summary("a", "b", "c"), self.now).id

        self.does(Action.VRAGEN, Actor.PERSOON, step)

    @rule(share=st.booleans())
    def sends(self, share: bool) -> None:
        self.does(Action.STUREN, Actor.PERSOON, lambda: self.desk.send(CONVERSATION, share=share, now=self.now))

    @rule()
    def stops(self) -> None:
        self.does(Action.STOPPEN, Actor.PERSOON, lambda: self.desk.stop(CONVERSATION, self.now))

    @rule()
    def consents(self) -> None:
        step = lambda: self.desk.consent(CONVERSATION, f"D-{self.id}", self.now, ())  # noqa: E731
        self.does(Action.TOESTAAN, Actor.PERSOON, step)

    @rule()
    def refuses(self) -> None:
        self.does(Action.WEIGEREN, Actor.PERSOON, lambda: self.desk.refuse(CONVERSATION, self.now))

    @precondition(lambda self: self.state == State.WACHT)
    @rule()
    def asks_a_call(self) -> None:
        self.does(Action.TERUGBELLEN, Actor.PERSOON, lambda: self.desk.rings_back(CONVERSATION, self.now))

    @rule(text=st.text("abc ", min_size=1, max_size=5))
    def says(self, text: str) -> None:
        heard = self.desk.person_says(CONVERSATION, text, text, None, self.now)
        assert heard == (self.state in WITH_STAFF)
        if heard:
            self.said.append(text)

    # staff

    @rule(staff=STAFF)
    def claims(self, staff: int) -> None:
        step = lambda: self.desk.claim(self.id, staff, f"M{staff}", SCOPE, self.now)  # noqa: E731
        if self.does(Action.CLAIMEN, Actor.COLLEGA, step):
            self.staff, self.seen_at = staff, self.now

    @rule(staff=STAFF)
    def finishes(self, staff: int) -> None:
        step = lambda: self.desk.finish(self.id, staff, self.now, ())  # noqa: E731
        self.does(Action.AFRONDEN, Actor.BEHANDELAAR, step, mine=staff == self.staff)

    @rule(staff=STAFF)
    def puts_back(self, staff: int) -> None:
        step = lambda: self.desk.put_back(self.id, staff, self.now, ())  # noqa: E731
        self.does(Action.TERUGLEGGEN, Actor.BEHANDELAAR, step, mine=staff == self.staff)

    @rule(staff=STAFF)
    def wants_to_forward(self, staff: int) -> None:
        step = lambda: self.desk.ask_forward(self.id, staff, {"to": "uwv"}, self.now, {})  # noqa: E731
        self.does(Action.DOORSTUREN, Actor.BEHANDELAAR, step, mine=staff == self.staff)

    @rule(staff=STAFF)
    def takes_the_question_back(self, staff: int) -> None:
        step = lambda: self.desk.withdraw_forward(self.id, staff, self.now, ())  # noqa: E731
        self.does(Action.WEIGEREN, Actor.BEHANDELAAR, step, mine=staff == self.staff)

    @precondition(lambda self: self.state != State.WACHT)
    @rule(staff=STAFF)
    def agrees_on_a_call(self, staff: int) -> None:
        step = lambda: self.desk.will_call(self.id, staff, self.now, ())  # noqa: E731
        self.does(Action.TERUGBELLEN, Actor.BEHANDELAAR, step, mine=staff == self.staff)

    @rule(staff=STAFF)
    def looks(self, staff: int) -> None:
        mine = self.desk.seen(self.id, staff, self.now)
        assert mine == (staff == self.staff)
        if mine:
            self.seen_at = self.now

    # time, and what it brings

    @rule(minutes=st.integers(1, 7))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def somebody_looks_who_vanished(self) -> None:
        since = self.now - SILENT
        gone = [one.id for one in self.desk.queue.unseen(since)]
        assert gone == ([self.id] if self.staff and self.seen_at < since else [])
        for each in gone:
            assert self.desk.vanish(each, since, self.now, ())
            self.state, self.staff = State.WACHT, None

    @rule()
    def nobody_comes(self) -> None:
        done = self.desk.give_up(self.id, self.now, ())
        assert done == may(self.state, Action.OPGEVEN, Actor.SYSTEEM)
        if done:
            self.state, self.staff, self.said, self.lines = None, None, [], []

    @rule()
    def the_server_restarts(self) -> None:
        self.database.dispose()
        self.open()

    # what must always be true

    @invariant()
    def the_rows_say_what_the_model_says(self) -> None:
        if not hasattr(self, "desk"):
            return
        running = self.desk.running(CONVERSATION)
        assert (running.state if running else None) == self.state
        assert (running.staff_id if running else None) == self.staff

    @invariant()
    def nothing_said_is_lost_or_moved(self) -> None:
        if not hasattr(self, "desk") or self.state is None:
            return
        lines = [line for line in self.desk.lines_after(CONVERSATION, f"{self.id}.0") if line.handover_id == self.id]
        assert [line.number for line in lines] == list(range(1, len(lines) + 1))
        heard = [line.text for line in lines if line.who == "persoon" and line.text != "[niet doorsturen]"]
        assert heard == self.said
        assert [line.id for line in lines][: len(self.lines)] == self.lines
        self.lines = [line.id for line in lines]

    @invariant()
    def the_last_change_says_who_has_the_talk(self) -> None:
        if not hasattr(self, "desk") or self.state in (None, State.SAMENVATTING):
            return
        changes = [line.human for line in self.desk.lines_after(CONVERSATION, f"{self.id}.0") if line.human]
        assert changes[-1]["state"] == ("waiting" if self.state == State.WACHT else "here")


TestTalkMachine = TalkMachine.TestCase
TestTalkMachine.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
