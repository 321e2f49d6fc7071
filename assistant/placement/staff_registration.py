"""One registration at the desk: its file, and what a member of staff can do with it.

Every function takes the scope of who asks. A number outside of it is RegistrationNotFound, like one that is not there.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.core.scope import Scope
from assistant.database.scope import within
from assistant.placement.claim import release_place, take_place
from assistant.placement.errors import MoveNotAllowed, PlaceDataInvalid, RegistrationNotFound
from assistant.placement.models import Opening, Placement, Registration, RegistrationNote
from assistant.placement.placing import Contract, end_placement, record_placement
from assistant.placement.wishes import RegistrationView, view
from assistant.placement.workflow import STATES, move

LONGEST_NOTE, LONGEST_REASON = 1000, 300
PLACED = "geplaatst"


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the history: a step (from_state is not to_state), a change by the person, or a note."""

    at: datetime
    by: str
    from_state: str | None
    to_state: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class PlacementView:
    """Work that came of it. ended_on None: still going on. contract_months None: without an end."""

    kind: str
    hours: int
    contract_months: int | None
    from_daycare: bool | None
    started_on: date
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class RegistrationFile:
    """All that the desk keeps about a registration. For who works with registrations, nobody else."""

    wish: RegistrationView
    phone: str | None
    email: str | None
    assigned_to: int | None
    consent_text_version: str
    consented_at: datetime
    history: tuple[Happened, ...]
    placements: tuple[PlacementView, ...]
    opening_kind: str | None

    @property
    def moves(self) -> tuple[str, ...]:
        """The states that may follow, without the one that needs a contract (`place`) and without the person's own."""
        return tuple(to for to in STATES[self.wish.state].moves if to not in (PLACED, "ingetrokken"))

    @property
    def can_be_placed(self) -> bool:
        """True when a contract can be recorded now."""
        return PLACED in STATES[self.wish.state].moves

    @property
    def can_be_withdrawn(self) -> bool:
        """True when the person can still say that it is no longer needed."""
        return "ingetrokken" in STATES[self.wish.state].moves

    @property
    def running(self) -> PlacementView | None:
        """The placement that goes on, if any."""
        return next((each for each in self.placements if each.ended_on is None), None)


def registration_file(session: Session, scope: Scope, number: str) -> RegistrationFile:
    """The file of one registration. Raises RegistrationNotFound."""
    row = _find(session, scope, number)
    placed = session.scalars(
        select(Placement).where(Placement.registration_id == row.id).order_by(Placement.started_on, Placement.id)
    )
    return RegistrationFile(
        view(row), row.phone, row.email, row.assigned_to, row.consent_text_version, row.consented_at, _history(row),
        tuple(map(_placement, placed)),
        row.opening.kind if row.opening else None,
    )  # fmt: skip


def move_registration(
    session: Session, scope: Scope, number: str, to: str, *, by: str, reason: str | None, now: datetime
) -> None:
    """Take a step of the table. Ending one needs a reason, and so does going back.

    Raises RegistrationNotFound, MoveNotAllowed, or PlaceDataInvalid: no reason, or "geplaatst", which needs a contract.
    """
    row = _find(session, scope, number)
    reason = _short(reason, LONGEST_REASON)
    if to == PLACED or (needs_reason(row.state, to) and not reason):
        raise PlaceDataInvalid("reason")
    if _running(session, row):  # that ends with its last day: `end_work`
        raise MoveNotAllowed("placement still running")
    move(session, row, to, by[:60], reason, now)


def needs_reason(state: str, to: str) -> bool:
    """Whether somebody will want to read why: an end, or a step back."""
    order = list(STATES)
    return to in STATES and (STATES[to].final or order.index(to) < order.index(state))


def assign_registration(session: Session, scope: Scope, number: str, account: int | None) -> None:
    """Give a registration to a member of staff, or back to everybody. Raises RegistrationNotFound."""
    _find(session, scope, number).assigned_to = account
    session.flush()


def add_note(session: Session, scope: Scope, number: str, text: str, *, by: str, now: datetime) -> None:
    """Keep a note in the history. Raises RegistrationNotFound, or PlaceDataInvalid for an empty or a too long one."""
    row = _find(session, scope, number)
    text = text.strip()
    if not text or len(text) > LONGEST_NOTE:
        raise PlaceDataInvalid("note")
    row.notes.append(RegistrationNote(at=now, by=by[:60], text=text))
    session.flush()


def propose_opening(session: Session, scope: Scope, number: str, opening: str | None) -> None:
    """Propose an opening (None: none any more): one of its places is kept free, the place of an earlier one comes back.

    Raises RegistrationNotFound, OpeningFull, or PlaceDataInvalid: no such opening here, or too late to propose one.
    """
    row = _find(session, scope, number)
    found = None
    if opening:
        query = select(Opening).where(Opening.number == opening.strip().upper(), within(Opening.municipality_id, scope))
        found = session.scalar(query)
        if found is None:
            raise PlaceDataInvalid("opening")
    if STATES[row.state].final or row.state == PLACED:
        raise PlaceDataInvalid("state")
    if found is not None and found.id == row.opening_id:
        return
    if row.opening_id is not None:
        release_place(session, row)
    if found is not None:
        take_place(session, found)
    row.opening = found
    session.flush()


def place(session: Session, scope: Scope, number: str, contract: Contract, *, by: str, now: datetime) -> None:
    """Record a contract. Raises as `record_placement`."""
    _find(session, scope, number)
    record_placement(session, number, contract, by=by[:60], now=now)


def end_work(
    session: Session, scope: Scope, number: str, *, ended_on: date, by: str, reason: str | None, now: datetime
) -> None:
    """The work has ended. Raises as `end_placement`."""
    _find(session, scope, number)
    end_placement(session, number, ended_on=ended_on, by=by[:60], reason=_short(reason, LONGEST_REASON), now=now)


def _find(session: Session, scope: Scope, number: str) -> Registration:
    query = select(Registration).where(Registration.number == number, within(Registration.municipality_id, scope))
    row = session.scalar(query)
    if row is None:
        raise RegistrationNotFound("number")
    return row


def _running(session: Session, row: Registration) -> bool:
    running = select(Placement.id).where(Placement.registration_id == row.id, Placement.ended_on.is_(None))
    return session.scalar(running) is not None


def _placement(row: Placement) -> PlacementView:
    return PlacementView(
        row.kind, row.hours, row.contract_months, row.from_daycare, row.started_on, row.ended_on
    )  # fmt: skip


def _history(row: Registration) -> tuple[Happened, ...]:
    """Steps and notes in order of time, the last one first."""
    steps = [Happened(e.at, e.by, e.from_state, e.to_state, e.reason) for e in row.events]
    notes = [Happened(n.at, n.by, None, None, n.text) for n in row.notes]
    return tuple(sorted([*steps, *notes], key=lambda line: line.at, reverse=True))


def _short(text: str | None, most: int) -> str | None:
    return (text or "").strip()[:most] or None
