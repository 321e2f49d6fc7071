"""Buttons of our own trees on the road of a message: through Rasa under another name, or past it without a trace."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from assistant.answers import AnswerBook
from assistant.conversation.brain import Thought
from assistant.conversation.converse import Conversations
from assistant.conversation.danger import DangerSigns
from assistant.conversation.errors import BrainUnavailable
from assistant.conversation.steps import CARRIER, PRIVATE_LOG
from assistant.core.reply import Reply
from assistant.review import Arrival, StoredConversation


class Brain:
    """Remembers what it was asked; silent when told so."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.silent = False

    async def think(self, conversation_id: str, text: str, page: dict[str, Any]) -> Thought:
        if self.silent:
            raise BrainUnavailable("silent")
        self.asked.append((text, page))
        return Thought((Reply("..."),), "vergelijk/alle_soorten", 1.0)

    async def is_ready(self) -> bool:
        return True


class Log:
    """One conversation, and the turns that were kept."""

    def __init__(self) -> None:
        self.kept: list[Any] = []

    def find(self, conversation_id: str) -> StoredConversation:
        return StoredConversation("1", hashlib.sha256(b"x").hexdigest(), "almere", "werkgever", "web")

    def arrive(self, conversation_id: str, message_id: str | None, beside: Any) -> Arrival[None]:
        return Arrival(self.find(conversation_id), None, None)

    def record(self, turn: Any) -> None:
        self.kept.append(turn)


class Shelf:
    """A library with one book."""

    def __init__(self, book: AnswerBook) -> None:
        self.book = book


@pytest.fixture
def road(book: AnswerBook) -> tuple[Conversations, Brain, Log]:
    brain, log = Brain(), Log()
    return Conversations(brain, Shelf(book), log, DangerSigns(())), brain, log  # type: ignore[arg-type]


async def test_a_step_travels_under_a_name_that_rasa_knows(road: tuple[Conversations, Brain, Log]) -> None:
    talk, brain, log = road
    await talk.say("1", "x", "/keuze/telt_mee", None)
    assert [(text, page["answer"]) for text, page in brain.asked] == [(CARRIER, "keuze/telt_mee")]
    assert log.kept[0].intent == "keuze/telt_mee"


async def test_a_step_works_without_rasa(road: tuple[Conversations, Brain, Log]) -> None:
    talk, brain, _ = road
    brain.silent = True
    assert [reply.answer for reply in await talk.say("1", "x", "/begrip/loonwaarde", None)] == ["begrip/loonwaarde"]


async def test_a_private_step_leaves_no_trace(road: tuple[Conversations, Brain, Log]) -> None:
    talk, brain, log = road
    replies = await talk.say("1", "x", "/orientatie/uur_b", "message-1")
    assert replies[0].answer == "orientatie/uur_b" and brain.asked == []
    kept = log.kept[0]
    assert (kept.said, kept.intent, kept.answers, kept.replies) == (PRIVATE_LOG, "", [], None)


async def test_a_typed_step_that_is_no_key_is_plain_text(road: tuple[Conversations, Brain, Log]) -> None:
    talk, brain, _ = road
    await talk.say("1", "x", "/keuze/bestaat_niet", None)
    assert "answer" not in brain.asked[0][1]
