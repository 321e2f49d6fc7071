"""The real answers and the real signs of danger, read once; a brain that answers what the test wants."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.answers import AnswerBook, Library
from assistant.conversation.brain import Thought
from assistant.conversation.danger import DangerSigns
from assistant.core.reply import Reply

ROOT = Path(__file__).resolve().parents[3]


class FakeBrain:
    """A brain that remembers what it was asked and does what `answer` says."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, dict[str, Any]]] = []
        self.answer: Callable[[str], Thought] = lambda text: Thought(
            (Reply(f"U zei: {text}", answer="hulp"),), "hulp", 0.9
        )

    async def think(self, conversation_id: str, text: str, page: dict[str, Any]) -> Thought:
        self.asked.append((conversation_id, text, page))
        return self.answer(text)

    async def is_ready(self) -> bool:
        return True


@pytest.fixture
def brain() -> FakeBrain:
    return FakeBrain()


@pytest.fixture(scope="session")
def library() -> Library:
    return Library(ROOT / "data", every_seconds=1e9)


@pytest.fixture(scope="session")
def book(library: Library) -> AnswerBook:
    return library.book


@pytest.fixture(scope="session")
def signs() -> DangerSigns:
    return DangerSigns.read(ROOT / "data/safety/signalen.yml")
