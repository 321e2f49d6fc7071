"""Talks for the tests of the review pages, by the road that real ones take."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from assistant.review.log import ConversationLog
from assistant.review.records import NewConversation, TurnRecord
from tests.unit.console.conftest import Console

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(2)> {{ 7*7 }} javascript:alert(3) ‮kwaad"
GOOD = ("wat verdien ik", "loon/hoeveel", 0.95, ["loon/hoeveel"])


def make_talk(console: Console, municipality: str | None, *turns: tuple[Any, ...]) -> str:
    """Write a talk of one turn or more and return its id."""
    log, talk = ConversationLog(console.database), uuid4().hex
    log.start(NewConversation(talk, "0" * 64, municipality, "werkzoekende", "web", NOW))
    for said, intent, sure, answers in turns or (GOOD,):
        guesses = [[intent, sure], ["hulp", 0.1]]
        log.record(TurnRecord(talk, None, NOW, said, intent, sure, answers, None, 20, None, guesses, len(answers)))
    return talk
