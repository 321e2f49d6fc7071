"""Which model answers people: one line in `var/model-choice`, which the supervisor of Rasa follows.

The supervisor restarts Rasa with that model when its manifest vouches for it, and says in `var/model-state.json` what
runs: {"running": name, "wanted": name, "problem": text or null}.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.review.errors import NotPromotable
from assistant.review.learning_models import ModelChange, Training

CHOICE, STATE = "model-choice", "model-state.json"


@dataclass(frozen=True)
class ModelState:
    """What runs and what is wanted; None = not known."""

    running: str | None
    wanted: str | None
    problem: str | None

    @property
    def is_changing(self) -> bool:
        """Whether the wanted model does not answer yet."""
        return self.wanted is not None and self.problem is None and self.running != self.wanted


def model_state(var: Path) -> ModelState:
    """Read both files; a file that is not there or half written says nothing."""
    try:
        raw = json.loads((var / STATE).read_text(encoding="utf-8"))
        said = raw if isinstance(raw, dict) else {}
    except (OSError, ValueError):
        said = {}
    wanted = chosen_model(var) or said.get("wanted") or None
    return ModelState(said.get("running") or None, wanted, said.get("problem"))


def chosen_model(var: Path) -> str | None:
    """Return the name in `var/model-choice`, or None."""
    try:
        return (var / CHOICE).read_text(encoding="utf-8").strip() or None
    except OSError:
        return None


def write_choice(var: Path, name: str) -> None:
    """Write the name in one go: a reader sees the former name or the new one, never a half."""
    var.mkdir(parents=True, exist_ok=True)
    fresh = var / f"{CHOICE}.{os.getpid()}"
    fresh.write_text(f"{name}\n", encoding="utf-8")
    fresh.replace(var / CHOICE)


def promote(session: Session, training_id: int, var: Path, by: str, now: datetime) -> str:
    """Choose the model of a training that the gate let through, and return its name. Raises NotPromotable."""
    training = session.get(Training, training_id)
    if training is None or training.state != "klaar" or not training.model:
        raise NotPromotable(str(training_id))
    state = model_state(var)
    former = state.running or state.wanted or training.live
    session.add(ModelChange(at=now, by=by, former=former, chosen=training.model, is_return=False))
    training.state = "in_gebruik"
    session.flush()
    write_choice(var, training.model)
    return training.model


def go_back(session: Session, var: Path, by: str, now: datetime) -> str:
    """Choose the model that was there before the last change, and return its name. Raises NotPromotable."""
    last = last_change(session)
    if last is None or last.former is None:
        raise NotPromotable("no former model")
    session.add(ModelChange(at=now, by=by, former=last.chosen, chosen=last.former, is_return=True))
    session.flush()
    write_choice(var, last.former)
    return last.former


def last_change(session: Session) -> ModelChange | None:
    """Return the newest choice, or None."""
    return session.scalar(select(ModelChange).order_by(ModelChange.id.desc()).limit(1))


def model_changes(session: Session, most: int = 20) -> list[ModelChange]:
    """Return the choices, newest first."""
    return list(session.scalars(select(ModelChange).order_by(ModelChange.id.desc()).limit(most)))
