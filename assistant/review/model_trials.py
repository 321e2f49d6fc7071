"""Which municipality tries another model, as staff chose it: over the setting that the house was started with.

A pool is a name in `MEEDOEN_RASA_TRIALS`: one or more Rasas that run with the other model. Without a row a municipality
has the pool of its own name, if there is one. A row without a pool means: the usual model.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.review.errors import NotPromotable
from assistant.review.learning_models import ModelTrial, Training


def trials_chosen(session: Session) -> dict[str, str | None]:
    """Return municipality → pool, None for the usual model; only of municipalities for which somebody chose."""
    return {municipality: row.pool for municipality, row in trials_of(session).items()}


def trials_of(session: Session) -> dict[str, ModelTrial]:
    """Return the rows by municipality."""
    return {row.municipality: row for row in session.scalars(select(ModelTrial))}


def choose_trial(
    session: Session, municipality: str, pool: str | None, by: str, now: datetime, *, model: str | None = None
) -> None:
    """Let a municipality try a pool, or (None) end that. `model` is what runs there.

    Raises NotPromotable for a model that was measured and refused.
    """
    if (
        model is not None
        and session.scalars(
            select(Training.id).where(Training.model == model, Training.state == "geweigerd").limit(1)
        ).first()
    ):
        raise NotPromotable(model)
    row = session.get(ModelTrial, municipality) or ModelTrial(municipality=municipality)
    row.pool, row.set_by, row.set_at = pool, by[:120], now
    session.add(row)
    session.flush()
