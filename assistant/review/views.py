"""Filters that a person keeps under a name; nobody else sees them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.review.filters import Filters
from assistant.review.work_models import SavedView


def saved_views(session: Session, account_id: int) -> list[SavedView]:
    """Return somebody's views by name."""
    return list(session.scalars(select(SavedView).where(SavedView.account_id == account_id).order_by(SavedView.name)))


def save_view(session: Session, account_id: int, name: str, filters: Filters, now: datetime) -> None:
    """Keep filters under a name, in place of what had that name."""
    session.execute(delete(SavedView).where(SavedView.account_id == account_id, SavedView.name == name[:60]))
    session.add(SavedView(account_id=account_id, name=name[:60], filters=filters.chosen(), at=now))


def forget_view(session: Session, account_id: int, view_id: int) -> bool:
    """Remove a view of this person; False when they have none with this id."""
    mine = (SavedView.account_id == account_id, SavedView.id == view_id)
    return bool(session.execute(delete(SavedView).where(*mine)).rowcount)  # type: ignore[attr-defined]  # a delete has it
