"""Carrying out the table of `states`: each step is one conditional update, so of two who try the same, one wins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.core.masking import mask, refuse_bsn
from assistant.core.scope import Scope
from assistant.database import Database
from assistant.database.scope import within
from assistant.handover import lines as talk
from assistant.handover.errors import HandoverNotFound, HandoverNotPossible
from assistant.handover.lines import ASSISTANT, PERSON, STAFF, LineView, NewLine
from assistant.handover.models import Handover
from assistant.handover.queue import Queue
from assistant.handover.signals import Signals
from assistant.handover.states import ENDED, RULES, WITH_STAFF, Action, Actor, State
from assistant.handover.view import HandoverView, Summary

Messages = Sequence[dict[str, Any]]
"""What the assistant says at a change, as replies in the form of the chat API."""
MAX_TEXT = 2000


class HandoverDesk:
    """Every step of a hand-over. Raises HandoverNotPossible when the table or somebody else forbids it."""

    def __init__(self, database: Database, signals: Signals) -> None:
        self._database, self._signals = database, signals
        self.queue = Queue(database, signals)

    # what the person does

    def running(self, conversation_id: str) -> HandoverView | None:
        """Return the hand-over of a conversation that has not ended, or None."""
        with self._database.session(write=False) as session:
            return running_in(session, conversation_id)

    def ask(self, conversation_id: str, municipality: str, summary: Summary, now: datetime) -> HandoverView:
        """Begin a hand-over; asked again before choosing, the summary is the new one."""
        new = Handover(
            conversation_id=conversation_id,
            municipality=municipality,
            state=State.SAMENVATTING,
            asked_at=now,
            changed_at=now,
            summary=summary.to_dict(),
        )
        try:
            with self._database.session() as session:
                row = session.scalar(_running(conversation_id)) or new
                if row.state != State.SAMENVATTING:
                    raise HandoverNotPossible("already asked")
                row.summary, row.changed_at = summary.to_dict(), now
                session.add(row)
                session.flush()
                return HandoverView.of(row)
        except IntegrityError:  # asked twice at the same moment: the other one made the row
            raise HandoverNotPossible("asked at the same moment") from None

    def send(self, conversation_id: str, *, share: bool, now: datetime) -> HandoverView:
        """Put the person in the queue; `share` is what they chose about the summary."""
        values = {"shares_summary": share, "consented_at": now, "queued_at": now, "waits_since": now}
        with self._person_step(conversation_id, Action.STUREN, now, **values) as (session, row):
            if not share:
                row.summary = {}
            row.place = self.queue.place(session, row)
            talk.write(session, row, now, NewLine(ASSISTANT, human={"state": "waiting", "place": row.place}))
        return HandoverView.of(row)

    def stop(self, conversation_id: str, now: datetime, messages: Messages = ()) -> HandoverView:
        """The person wants no member of staff (any more)."""
        with self._person_step(conversation_id, Action.STOPPEN, now) as (session, row):
            self._end(session, row, now, messages)
        self.queue.tell_places(row.municipality, now)
        return HandoverView.of(row)

    def consent(self, conversation_id: str, reference: str, now: datetime, messages: Messages) -> HandoverView:
        """The person agrees that the talk goes to another organisation."""
        with self._person_step(conversation_id, Action.TOESTAAN, now, reference=reference) as (session, row):
            self._end(session, row, now, messages)
        return HandoverView.of(row)

    def refuse(self, conversation_id: str, now: datetime) -> HandoverView:
        """The person wants to stay with this member of staff."""
        with self._person_step(conversation_id, Action.WEIGEREN, now, forward=None) as (session, row):
            talk.write(session, row, now, NewLine(PERSON, "[niet doorsturen]", "[niet doorsturen]"))
        return HandoverView.of(row)

    def rings_back(self, conversation_id: str, now: datetime) -> None:
        """The person who waits has asked to be called instead."""
        with self._person_step(conversation_id, Action.TERUGBELLEN, now) as (session, row):
            self._end(session, row, now, ())
        self.queue.tell_places(row.municipality, now)

    def person_says(
        self, conversation_id: str, text: str, masked: str, message_id: str | None, now: datetime, answer: str = ""
    ) -> bool:
        """Deliver a message to the member of staff; False when nobody has the talk (any more).

        The same message id is delivered once. `answer` is what the assistant said to it: a safety text, or nothing.
        """
        try:
            with self._database.session() as session:
                row = session.scalar(_running(conversation_id))
                held = row and talk.lock(session, row.id, Handover.state.in_(WITH_STAFF))
                if not held:
                    return False
                said = [NewLine(PERSON, text, masked, client_message_id=message_id)]
                said += [NewLine(ASSISTANT, answer, answer)] if answer else []
                talk.write(session, held, now, *said)
        except IntegrityError:
            if message_id is None:
                raise
        self._signals.changed(conversation_id)
        return True

    # what staff does

    def find(self, handover_id: int, scope: Scope) -> HandoverView:
        """Return a hand-over within this scope. Raises HandoverNotFound."""
        with self._database.session(write=False) as session:
            row = session.scalar(
                select(Handover).where(Handover.id == handover_id, within(Handover.municipality, scope))
            )
            if row is None:
                raise HandoverNotFound("id or scope")
            return HandoverView.of(row)

    def claim(self, handover_id: int, staff_id: int, name: str, scope: Scope, now: datetime) -> HandoverView:
        """Take a talk out of the queue. Of two who try, one gets it; the other gets HandoverNotPossible."""
        here = {"state": "here", "name": name}
        values = {"staff_id": staff_id, "staff_name": name, "staff_seen_at": now, "place": None}
        in_scope = within(Handover.municipality, scope)
        with self._step(handover_id, Action.CLAIMEN, Actor.COLLEGA, now, in_scope, **values) as (session, row):
            row.claimed_at = row.claimed_at or now
            talk.write(session, row, now, NewLine(STAFF, human=here, name=name))
        self.queue.tell_places(row.municipality, now)
        return HandoverView.of(row)

    def staff_says(
        self, handover_id: int, staff_id: int, text: str, now: datetime, message_id: str | None = None
    ) -> None:
        """Deliver a message to the person, without a BSN; the same message id is delivered once."""
        safe, _ = refuse_bsn(text.strip()[:MAX_TEXT])
        mine = (Handover.staff_id == staff_id, Handover.state.in_(WITH_STAFF))
        try:
            with self._database.session() as session:
                row = talk.lock(session, handover_id, *mine, staff_seen_at=now)
                if row is None:
                    raise HandoverNotPossible("not yours (any more)")
                said = NewLine(STAFF, safe, mask(safe), client_message_id=message_id, name=row.staff_name)
                talk.write(session, row, now, said)
        except IntegrityError:
            if message_id is None:
                raise
            return
        self._signals.changed(row.conversation_id)

    def seen(self, handover_id: int, staff_id: int, now: datetime) -> bool:
        """Say that this member of staff still looks at the talk; False when it is not theirs (any more)."""
        mine = (Handover.staff_id == staff_id, Handover.state.in_(WITH_STAFF))
        with self._database.session() as session:
            return talk.lock(session, handover_id, *mine, staff_seen_at=now) is not None

    def finish(self, handover_id: int, staff_id: int, now: datetime, messages: Messages) -> HandoverView:
        """The member of staff is ready: the assistant has the talk again."""
        with self._own_step(handover_id, Action.AFRONDEN, staff_id, now) as (session, row):
            self._end(session, row, now, messages)
        return HandoverView.of(row)

    def put_back(self, handover_id: int, staff_id: int, now: datetime, messages: Messages) -> HandoverView:
        """Leave the talk to a colleague: back in the queue, at the place it had."""
        with self._own_step(handover_id, Action.TERUGLEGGEN, staff_id, now, **_waiting(now)) as (session, row):
            self._wait_again(session, row, now, messages)
        self.queue.tell_places(row.municipality, now)
        return HandoverView.of(row)

    def ask_forward(
        self, handover_id: int, staff_id: int, forward: dict[str, Any], now: datetime, question: dict[str, Any]
    ) -> HandoverView:
        """Ask the person whether the talk may go to another organisation."""
        with self._own_step(handover_id, Action.DOORSTUREN, staff_id, now, forward=forward) as (session, row):
            here = {"state": "here", "name": row.staff_name, "messages": [question]}
            talk.write(session, row, now, NewLine(ASSISTANT, human=here))
        return HandoverView.of(row)

    def withdraw_forward(self, handover_id: int, staff_id: int, now: datetime, messages: Messages) -> HandoverView:
        """The member of staff takes the question back."""
        with self._own_step(handover_id, Action.WEIGEREN, staff_id, now, forward=None) as (session, row):
            here = {"state": "here", "name": row.staff_name, "messages": list(messages)}
            talk.write(session, row, now, NewLine(ASSISTANT, human=here))
        return HandoverView.of(row)

    def will_call(self, handover_id: int, staff_id: int, now: datetime, messages: Messages) -> HandoverView:
        """A call was agreed on, and the talk ends."""
        with self._own_step(handover_id, Action.TERUGBELLEN, staff_id, now) as (session, row):
            self._end(session, row, now, messages)
        return HandoverView.of(row)

    # what nobody does

    def vanish(self, handover_id: int, not_seen_since: datetime, now: datetime, messages: Messages) -> bool:
        """Put a talk back whose member of staff has not been seen; False when they came back in time."""
        gone = Handover.staff_seen_at < not_seen_since
        try:
            with self._step(handover_id, Action.VERDWIJNEN, Actor.SYSTEEM, now, gone, **_waiting(now)) as (
                session,
                row,
            ):
                self._wait_again(session, row, now, messages)
        except HandoverNotPossible:
            return False
        self.queue.tell_places(row.municipality, now)
        return True

    def give_up(self, handover_id: int, now: datetime, messages: Messages) -> bool:
        """Nobody comes: the assistant has the talk again; False when somebody came after all."""
        try:
            with self._step(handover_id, Action.OPGEVEN, Actor.SYSTEEM, now) as (session, row):
                self._end(session, row, now, messages)
        except HandoverNotPossible:
            return False
        self.queue.tell_places(row.municipality, now)
        return True

    # reading

    def lines_after(self, conversation_id: str, last: str) -> list[LineView]:
        """Return what came after a line id in a conversation."""
        with self._database.session(write=False) as session:
            return talk.after(session, conversation_id, last)

    # machinery

    @contextmanager
    def _person_step(
        self, conversation_id: str, action: Action, now: datetime, **values: Any
    ) -> Iterator[tuple[Session, Handover]]:
        running = self.running(conversation_id)
        if running is None:
            raise HandoverNotPossible("nothing asked")
        with self._step(running.id, action, Actor.PERSOON, now, **values) as step:
            yield step

    @contextmanager
    def _own_step(
        self, handover_id: int, action: Action, who: int, now: datetime, **values: Any
    ) -> Iterator[tuple[Session, Handover]]:
        mine = Handover.staff_id == who
        with self._step(handover_id, action, Actor.BEHANDELAAR, now, mine, **values) as step:
            yield step

    @contextmanager
    def _step(
        self, handover_id: int, action: Action, actor: Actor, now: datetime, *conditions: Any, **values: Any
    ) -> Iterator[tuple[Session, Handover]]:
        rule = RULES[action]
        if actor not in rule.by:
            raise HandoverNotPossible(f"{action} by {actor}")
        at = Handover.state.in_([state for state in rule.at if state])
        with self._database.session() as session:
            row = talk.lock(session, handover_id, at, *conditions, state=rule.to, changed_at=now, **values)
            if row is None:
                raise HandoverNotPossible(f"{action} not from here")
            yield session, row
        self._signals.changed(row.conversation_id)

    def _end(self, session: Session, row: Handover, now: datetime, messages: Messages) -> None:
        assert row.state in ENDED
        row.ended_at, row.place = now, None
        human = {"state": "none", "messages": list(messages)}
        talk.write(session, row, now, NewLine(ASSISTANT, human=human))
        talk.mask_all(session, row.id)

    def _wait_again(self, session: Session, row: Handover, now: datetime, messages: Messages) -> None:
        row.place = self.queue.place(session, row)
        human = {"state": "waiting", "place": row.place, "messages": list(messages)}
        talk.write(session, row, now, NewLine(ASSISTANT, human=human))


def running_in(session: Session, conversation_id: str) -> HandoverView | None:
    """As `HandoverDesk.running`, for who looks at the database already."""
    if session.execute(_any_running(conversation_id)).first() is None:  # as in nearly every talk, at every message
        return None
    row = session.scalar(_running(conversation_id))
    return HandoverView.of(row) if row else None


def _any_running(conversation_id: str) -> Any:
    columns = Handover.__table__.c
    return select(columns.id).where(columns.conversation_id == conversation_id, columns.ended_at.is_(None))


def _running(conversation_id: str) -> Any:
    return select(Handover).where(Handover.conversation_id == conversation_id, Handover.ended_at.is_(None))


def _waiting(now: datetime) -> dict[str, Any]:
    return {"waits_since": now, "staff_id": None, "staff_name": None, "staff_seen_at": None, "forward": None}
