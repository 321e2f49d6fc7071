"""The places of an opening: a registration takes one, and gives it back when it ends without a placement."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from assistant.placement.errors import OpeningFull
from assistant.placement.models import Opening, Registration


def take_place(session: Session, opening: Opening) -> None:
    """Take one free place; the database counts, not this process.

    Raises OpeningFull when another person was first.
    """
    taken = session.execute(
        update(Opening)
        .where(Opening.id == opening.id, Opening.places_free > 0)
        .values(places_free=Opening.places_free - 1)
        .returning(Opening.id)
        .execution_options(synchronize_session=False)
    )
    if taken.first() is None:
        raise OpeningFull(opening.number)
    session.expire(opening, ["places_free"])


def release_place(session: Session, registration: Registration) -> None:
    """Give the place of a registration back, never above the number of places there are."""
    session.execute(
        update(Opening)
        .where(Opening.id == registration.opening_id, Opening.places_free < Opening.places_total)
        .values(places_free=Opening.places_free + 1)
        .execution_options(synchronize_session="fetch")
    )
