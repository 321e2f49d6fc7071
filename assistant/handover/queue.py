"""Who waits, at which place, and which colleagues are there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.orm import Session

from assistant.core.scope import Scope
from assistant.database import Database
from assistant.database.scope import within
from assistant.handover import lines as talk
from assistant.handover.lines import ASSISTANT, NewLine
from assistant.handover.models import Handover, StaffPresence
from assistant.handover.signals import Signals
from assistant.handover.states import WITH_STAFF, State
from assistant.handover.view import HandoverView

LONGEST = timedelta(days=1)
"""No hand-over lasts longer; what was asked earlier need not be looked at, and the index on asking finds the rest."""


@dataclass(frozen=True)
class Present:
    """A member of staff who is there to take talks."""

    staff_id: int
    name: str
    scope: Scope
    seen_at: datetime


class Queue:
    """Everybody who waits, per municipality in the order of asking; who was put back keeps their place."""

    def __init__(self, database: Database, signals: Signals) -> None:
        self._database, self._signals = database, signals

    def place(self, session: Session, row: Handover) -> int:
        """Return the place of a waiting hand-over, from 1."""
        before = or_(
            Handover.queued_at < row.queued_at, and_(Handover.queued_at == row.queued_at, Handover.id < row.id)
        )
        waiting = (Handover.state == State.WACHT) & (Handover.municipality == row.municipality)
        return 1 + (session.scalar(select(func.count()).select_from(Handover).where(waiting, before)) or 0)

    def place_of(self, conversation_id: str) -> int:
        """Return the place of who waits in this conversation, 0 when nobody does."""
        mine = (Handover.conversation_id == conversation_id, Handover.state == State.WACHT)
        with self._database.session(write=False) as session:
            row = session.scalar(select(Handover).where(*mine))
            return self.place(session, row) if row else 0

    def tell_places(self, municipality: str, now: datetime) -> None:
        """Tell each person who waits their place, when it is another one than they were told last.

        Each in a transaction of its own: one that locked several rows could wait for another that does the same.
        """
        waiting = (Handover.state == State.WACHT) & (Handover.municipality == municipality)
        with self._database.session(write=False) as session:
            order = select(Handover.id, Handover.place).where(waiting).order_by(Handover.queued_at, Handover.id)
            found = list(session.execute(order))
        for place, (handover_id, told) in enumerate(found, start=1):
            if told != place:
                self._tell(handover_id, place, now)

    def _tell(self, handover_id: int, place: int, now: datetime) -> None:
        with self._database.session() as session:
            row = talk.lock(session, handover_id, Handover.state == State.WACHT, place=place)
            if row is None:
                return
            talk.write(session, row, now, NewLine(ASSISTANT, human={"state": "waiting", "place": place}))
        self._signals.changed(row.conversation_id)

    def waiting(self, scope: Scope) -> list[HandoverView]:
        """Return who waits, oldest first."""
        return self._views(Handover.state == State.WACHT, within(Handover.municipality, scope), limit=200)

    def busy(self, scope: Scope) -> list[HandoverView]:
        """Return the talks that a member of staff has now."""
        return self._views(Handover.state.in_(WITH_STAFF), within(Handover.municipality, scope), limit=200)

    def ended(self, scope: Scope, since: datetime) -> list[HandoverView]:
        """Return what ended since a moment, newest first."""
        lately = (Handover.asked_at >= since - LONGEST, Handover.ended_at >= since, Handover.queued_at.is_not(None))
        return self._views(*lately, within(Handover.municipality, scope), limit=50, newest=True)

    def unseen(self, since: datetime) -> list[HandoverView]:
        """Return the talks whose member of staff was not seen since a moment."""
        return self._views(Handover.state.in_(WITH_STAFF), Handover.staff_seen_at < since, limit=200)

    def undecided(self, since: datetime) -> list[HandoverView]:
        """Return who was shown a summary before a moment and never chose."""
        return self._views(Handover.state == State.SAMENVATTING, Handover.changed_at < since, limit=200)

    def everybody_waiting(self) -> list[HandoverView]:
        """Return who waits anywhere, oldest first."""
        return self._views(Handover.state == State.WACHT, limit=1000)

    def misplaced(self) -> set[str]:
        """Return the municipalities where somebody waits whose place was never told or may have changed."""
        with self._database.session(write=False) as session:
            rows = session.execute(
                select(Handover.municipality, func.max(Handover.place), func.count())
                .where(Handover.state == State.WACHT)
                .group_by(Handover.municipality)
            )
            return {place for place, last, count in rows if last != count}

    def to_mail(self) -> list[HandoverView]:
        """Return the forwarded talks that still have to be mailed."""
        return self._views(Handover.state == State.DOORGESTUURD, Handover.mailed_at.is_(None), limit=50)

    def mailed(self, handover_id: int, now: datetime) -> None:
        """Note that both mails of a forwarding were handed over."""
        with self._database.session() as session:
            talk.lock(session, handover_id, mailed_at=now)

    def changed_since(self, moment: datetime) -> list[tuple[str, int, int]]:
        """Return conversation, hand-over and number of lines of what changed: the one poll of all streams."""
        query = select(Handover.conversation_id, Handover.id, Handover.lines).where(Handover.changed_at >= moment)
        with self._database.session(write=False) as session:
            return [(row[0], row[1], row[2]) for row in session.execute(query)]

    def times_to_human(self, scope: Scope, since: datetime, until: datetime) -> list[float]:
        """Return the seconds that people waited for a member of staff who came, for who began to wait in a period.

        Counted from the choice to wait until the first claim; who was never helped by a person is not in it.
        """
        began = (Handover.queued_at >= since, Handover.queued_at < until, Handover.claimed_at.is_not(None))
        lately = (Handover.asked_at >= since - LONGEST, within(Handover.municipality, scope))
        query = select(Handover.queued_at, Handover.claimed_at).where(*began, *lately)
        with self._database.session(write=False) as session:
            return [(came - asked).total_seconds() for asked, came in session.execute(query) if asked and came]

    # who is there

    def arrive(self, staff_id: int, name: str, scope: Scope, now: datetime) -> None:
        """Say that somebody is there to take talks; again and again while they are."""
        with self._database.session() as session:
            session.merge(StaffPresence(staff_id=staff_id, name=name, scope=sorted(scope), seen_at=now))

    def leave(self, staff_id: int) -> None:
        """Somebody takes no talks any more."""
        with self._database.session() as session:
            session.execute(delete(StaffPresence).where(StaffPresence.staff_id == staff_id))

    def present(self, scope: Scope, seen_since: datetime) -> list[Present]:
        """Return the colleagues who are there for one of these municipalities, by name."""
        query = select(StaffPresence).where(StaffPresence.seen_at >= seen_since).order_by(StaffPresence.name)
        with self._database.session(write=False) as session:
            rows = [
                Present(row.staff_id, row.name, frozenset(row.scope), row.seen_at) for row in session.scalars(query)
            ]
        return [one for one in rows if one.scope & scope]

    def _views(self, *conditions: Any, limit: int, newest: bool = False) -> list[HandoverView]:
        order = (Handover.ended_at.desc(),) if newest else (Handover.queued_at, Handover.id)
        query = select(Handover).where(*conditions).order_by(*order).limit(limit)
        with self._database.session(write=False) as session:
            return [HandoverView.of(row) for row in session.scalars(query)]
