"""Counting what people look for: the funnel and the work that was asked for without a place.

No person is in it. A count that cannot be written (a locked or full database) is left out: the person gets the answer.
"""

from __future__ import annotations

from actions.desk import desk
from assistant.database import DatabaseUnavailable
from assistant.placement import OpeningSearch, OpeningView, SearchResult, count_step, record_unmet


def searched(search: OpeningSearch, found: SearchResult, conversation_id: str) -> None:
    """Count a question, and keep what was asked when nothing fitted exactly."""
    now = desk().now()
    try:
        with desk().database.session() as session:
            count_step(session, "vraag", now=now, municipality=search.municipality)
            record_unmet(session, search, found, now=now, conversation_id=conversation_id)
    except DatabaseUnavailable:
        return


def viewed(opening: OpeningView) -> None:
    """Count that an opening was shown in full."""
    try:
        with desk().database.session() as session:
            count_step(session, "bekeken", now=desk().now(), municipality=opening.municipality)
    except DatabaseUnavailable:
        return
