"""Doing a thing once, however often it is sent in the same conversation."""

import json
from collections.abc import Callable
from dataclasses import asdict
from hashlib import sha256
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.placement.errors import OpeningFull
from assistant.placement.models.conversation import FromConversation

Row = TypeVar("Row", bound=FromConversation)


def key_of(conversation_id: str | None, wish: Any) -> str | None:
    """A digest of a wish within its conversation (64 hexadecimal digits), or None without a conversation.

    wish: a frozen dataclass.     The moment of consent is left out: pressing "yes" twice is still the same
    wish.
    """
    if conversation_id is None:
        return None
    content = {name: value for name, value in asdict(wish).items() if name != "consented_at"}
    text = json.dumps([conversation_id, type(wish).__name__, content], sort_keys=True, default=_sorted)
    return sha256(text.encode()).hexdigest()


def once(session: Session, model: type[Row], key: str | None, make: Callable[[], Row]) -> Row:
    """The row with this key, made by `make` when it is not there yet.

    `make` runs in a savepoint: when two equal requests race, the loser is undone as a whole, number and place
    included, and gets the winner's row.
    """
    if kept := _kept(session, model, key):
        return kept
    try:
        with session.begin_nested():
            return make()
    except (IntegrityError, OpeningFull):  # the winner may have taken the last place a moment ago
        if kept := _kept(session, model, key):
            return kept
        raise


def _kept(session: Session, model: type[Row], key: str | None) -> Row | None:
    return session.scalar(select(model).where(model.idempotency_key == key)) if key else None


def _sorted(value: Any) -> Any:
    return sorted(value) if isinstance(value, (set, frozenset)) else str(value)
