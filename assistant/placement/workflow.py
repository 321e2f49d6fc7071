"""The life of a registration as one table: who does what, in how many working days, what may come next.

::

    nieuw → contact → gesprek → meeloopdag ─→ proefplaatsing → geplaatst
                         └────────────────────↗
    each state → gestopt; each state before geplaatst → ingetrokken

The numbers of days are the promise of this service ("reactietermijn: vijf werkdagen" in data/municipalities),
not law.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from assistant.placement.claim import release_place
from assistant.placement.errors import MoveNotAllowed
from assistant.placement.models import Registration, RegistrationEvent
from assistant.placement.working_days import working_days_after


@dataclass(frozen=True, slots=True)
class State:
    """One row: what has to be done, by whom, within how many working days, and which states may follow."""

    code: str
    action: str | None
    actor: str | None
    days: int
    moves: tuple[str, ...]

    @property
    def final(self) -> bool:
        """True when nothing can follow."""
        return not self.moves


PERSON = "persoon"
"""Who acts when the person does it; members of staff act by their account name, timers as "systeem"."""

END = ("gestopt", "ingetrokken")
TABLE = (
    State("nieuw", "contact_opnemen", "medewerker", 5, ("contact", *END)),
    State("contact", "gesprek_plannen", "medewerker", 5, ("gesprek", *END)),
    State("gesprek", "plek_voorstellen", "medewerker", 10, ("meeloopdag", "proefplaatsing", *END)),
    State("meeloopdag", "dag_bespreken", "medewerker", 5, ("gesprek", "proefplaatsing", "geplaatst", *END)),
    State("proefplaatsing", "proef_bespreken", "werkgever", 20, ("gesprek", "geplaatst", *END)),
    State("geplaatst", "nazorg_bellen", "jobcoach", 20, ("gestopt",)),
    State("gestopt", None, None, 0, ()),
    State("ingetrokken", None, None, 0, ()),
)
STATES = {state.code: state for state in TABLE}
FIRST = TABLE[0].code


def enter(session: Session, registration: Registration, to: str, by: str, reason: str | None, now: datetime) -> None:
    """Put a registration into a state: the next action with its last day, and a line of history."""
    state = STATES[to]
    event = RegistrationEvent(at=now, from_state=registration.state, to_state=to, by=by, reason=reason)
    registration.state, registration.next_action, registration.next_actor = to, state.action, state.actor
    registration.next_action_by = _last_day(state, now)
    registration.events.append(event)
    session.flush()


def move(session: Session, registration: Registration, to: str, by: str, reason: str | None, now: datetime) -> None:
    """Take one step of the table.

    by: "persoon", "systeem" or the account name of a member of staff. reason: why, without health data.
    A registration that ends before it is placed gives its place back. Raises MoveNotAllowed for another step.
    """
    # Two members of staff may press a button at the same moment.
    session.refresh(registration, with_for_update=True)
    if to not in STATES[registration.state].moves:
        raise MoveNotAllowed(f"{registration.state} → {to}")
    if STATES[to].final and registration.state != "geplaatst":
        release_place(session, registration)
    if to == "ingetrokken":
        registration.withdrawn_at, registration.idempotency_key = now, None
    enter(session, registration, to, by, reason, now)


def _last_day(state: State, now: datetime) -> date | None:
    return working_days_after(now, state.days) if state.action else None
