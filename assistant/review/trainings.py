"""Trainings as rows: asked for on a page, done by a process of its own, seen by whoever looks.

The state lives here and not in the console, so a console that restarts shows what is going on. At most one waits or
runs: the column `active` is unique. A process that died is noticed because it stops saying that it lives.

    wacht → traint → meet → klaar → in_gebruik
                 ↘      ↘ geweigerd
                  mislukt
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.review.errors import TrainingRuns
from assistant.review.learning_models import Training

STATES = {
    "wacht": "wacht op het proces",
    "traint": "is aan het trainen",
    "meet": "wordt gemeten",
    "geweigerd": "geweigerd: ergens slechter",
    "klaar": "klaar om in gebruik te nemen",
    "in_gebruik": "in gebruik genomen",
    "mislukt": "mislukt",
}
"""Code → words for staff."""
DEAD_AFTER = timedelta(minutes=2)
"""Without a word for this long, the process is gone."""
LOG_LINES = 60


def ask_training(session: Session, by: str, now: datetime) -> Training:
    """Put a training in the queue. Raises TrainingRuns when one waits or runs."""
    bury_dead(session, now)
    row = Training(state="wacht", active=1, asked_by=by, asked_at=now, heard_at=now, sentences=0, log="")
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError as error:
        raise TrainingRuns("one waits or runs") from error
    return row


def begin(session: Session, now: datetime) -> int | None:
    """Take the training that waits, and return its id; None when there is none or another process was first."""
    waiting = session.scalar(select(Training.id).where(Training.state == "wacht"))
    taken = session.execute(
        update(Training)
        .where(Training.id == waiting, Training.state == "wacht")
        .values(state="traint", started_at=now, heard_at=now)
    )
    return waiting if taken.rowcount == 1 else None  # type: ignore[attr-defined]  # an update has it


def tell(session: Session, training_id: int, now: datetime, lines: Iterable[str] = (), **known: Any) -> None:
    """Say that the process lives, add lines to the log and keep what is known now (columns of Training)."""
    row = session.get_one(Training, training_id)
    row.heard_at = now
    row.log = "\n".join([*row.log.splitlines(), *lines][-LOG_LINES:])
    for name, value in known.items():
        setattr(row, name, value)


def end(session: Session, training_id: int, now: datetime, state: str, **known: Any) -> None:
    """Close a training with its last state and what is known of it."""
    tell(session, training_id, now, **known, state=state, ended_at=now, active=None)


def bury_dead(session: Session, now: datetime) -> None:
    """Close trainings whose process is gone."""
    gone = (Training.active == 1, Training.heard_at < now - DEAD_AFTER)
    for row in session.scalars(select(Training).where(*gone)):
        row.state, row.active, row.ended_at = "mislukt", None, now
        row.problem = "Het proces is gestopt voordat het klaar was. U kunt opnieuw beginnen."


def trainings(session: Session, most: int = 20) -> list[Training]:
    """Return the trainings, newest first."""
    return list(session.scalars(select(Training).order_by(Training.id.desc()).limit(most)))
