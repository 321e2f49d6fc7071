"""A database for each test on SQLite and on PostgreSQL, with talks by the road that real ones take."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assistant.core.scope import Scope, scope_of
from assistant.database import Database
from assistant.review.judging import Reviewer
from assistant.review.log import ConversationLog
from assistant.review.records import NewConversation, TurnRecord
from tests.unit.placement.conftest import (  # noqa: F401  the same two databases
    database,
    migrated_postgres,
    postgres_url,
    sqlite_template,
    url,
)

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)  # a Wednesday in week 47
ALMERE: Scope = scope_of("almere")
ANNA, BRAM = Reviewer(1, "Anna"), Reviewer(2, "Bram")
Talk = Callable[..., str]


@pytest.fixture
def log(database: Database) -> ConversationLog:  # noqa: F811
    return ConversationLog(database)


@pytest.fixture
def talk(log: ConversationLog) -> Talk:
    """Write a talk and return its id: `talk(("wat verdien ik", "loon/hoeveel", 0.9, ["loon/hoeveel"]), ...)`."""
    made = 0

    def write(*turns: tuple[Any, ...], at: datetime = NOW, place: str | None = "almere", **known: Any) -> str:
        nonlocal made
        made += 1
        name = hashlib.sha256(str(made).encode()).hexdigest()[:32]
        role, channel = known.get("role", "werkzoekende"), known.get("channel", "web")
        log.start(NewConversation(name, "0" * 64, place, role, channel, at, known.get("greeting", 1)))
        for number, (said, intent, sure, answers) in enumerate(turns):
            log.record(
                TurnRecord(
                    name, None, at + timedelta(seconds=number), said, intent, sure, answers, known.get("replies"), 20,
                    known.get("danger"), known.get("guesses"), len(answers) or 1,
                )
            )  # fmt: skip
        return name

    return write


GOOD = ("wat verdien ik", "loon/hoeveel", 0.95, ["loon/hoeveel"])
LOST = ("mag mijn hond mee", "buiten_bereik_overig", 0.4, ["twijfel/geen_idee"])
ASKED = ("iets met geld", "loon/hoeveel", 0.5, ["twijfel/keuze"])
