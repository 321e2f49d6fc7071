"""Talks in a database of the test, written by the log itself, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import assistant.figures  # noqa: F401 - its tables must be known before they are emptied
from assistant.database import Database
from assistant.handover.models import Handover
from assistant.review import ConversationLog, NewConversation, TurnRecord
from tests.unit.placement.conftest import (  # noqa: F401 - fixtures
    database,
    migrated_postgres,
    postgres_url,
    sqlite_template,
    url,
)

Message = tuple[str, str, list[str]]
"""What was said, its intent, and the keys of the answers."""
SECOND = timedelta(seconds=1)


def at(text: str) -> datetime:
    """ "11-02 09:00" → that moment of 2026 in UTC."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


class Talks:
    """Writes talks as the road of a message does."""

    def __init__(self, opened: Database) -> None:
        self._database, self._log = opened, ConversationLog(opened)

    def add(
        self, id: str, begins: str, municipality: str | None, channel: str, *messages: Message,
        faces: tuple[str, ...] = (), danger: str | None = None, waits: tuple[int | None, ...] = (),
    ) -> None:  # fmt: skip
        """One talk. waits: a hand-over each, with the seconds until somebody came, None: nobody came."""
        start = at(begins)
        self._log.start(NewConversation(id, "x", municipality, None, channel, start))
        for number, (said, intent, answers) in enumerate(messages, start=1):
            turn = TurnRecord(id, str(number), start + number * SECOND, said, intent, 0.9, answers, None, 5, danger)
            self._log.record(turn)
        for message, face in enumerate(faces):
            self._log.rate(id, message, "slecht", start)
            self._log.rate(id, message, face, start)  # a second thought replaces the first
        with self._database.session() as session:
            session.add_all(_handover(id, municipality, start, seconds) for seconds in waits)


def _handover(talk: str, municipality: str | None, start: datetime, seconds: int | None) -> Handover:
    came: dict[str, Any] = {} if seconds is None else {"claimed_at": start + seconds * SECOND}
    return Handover(
        conversation_id=talk, municipality=municipality or "landelijk", state="afgerond", asked_at=start, summary={},
        ended_at=start + 3600 * SECOND, changed_at=start, lines=0, **came,
    )  # fmt: skip


MakeTalks = Callable[[Database], Talks]


@pytest.fixture
def talks(database: Database) -> Talks:  # noqa: F811
    return Talks(database)


PAY: Message = ("hoeveel verdien ik", "loon/hoeveel", ["loon/hoeveel"])
BUTTON: Message = ("/loon/uren_per_week", "loon/uren_per_week", ["loon/uren_per_week"])
NAMED: Message = ("[telefoon]", "gegevens_geven", ["vraag/contact"])
CHOICE: Message = ("iets over geld", "loon/hoeveel", ["twijfel/keuze"])
NO_IDEA: Message = ("blauwe schoenen", "buiten_bereik_overig", ["twijfel/geen_idee"])
OFFERED: Message = ("groene schoenen", "buiten_bereik_overig", ["twijfel/mens"])
PERSON: Message = ("ik wil een mens", "mens_spreken", ["mens_spreken"])
CALL_ME: Message = ("/terugbellen", "terugbellen", ["formulier/begin/terugbellen", "vraag/naam"])
BROKEN: Message = ("hallo", "", ["storing/begrijpen"])
DANGER: Message = ("[veiligheid/nood]", "veiligheid/nood", ["veiligheid/nood"])
PRIVATE: Message = ("[orientatie]", "orientatie/begin", ["orientatie/begin"])
