"""What the voice doors need of the house, put together once in assistant/running/app.py."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from assistant.conversation.converse import Conversations
from assistant.core.context import TalkContext
from assistant.errors import MeedoenError
from assistant.voice.errors import TooManyTalks
from assistant.voice.read_aloud import ReadAloud
from assistant.voice.talk.engines import Engines


class Limits(Protocol):
    """Counts messages; the chat API's own."""

    async def message(self, conversation_id: str) -> None:
        """Count one; raises TooManyMessages."""


@dataclass
class VoiceHouse:
    """What the voice doors need of the house."""

    conversations: Conversations
    limits: Limits
    engines: Engines
    read_aloud: ReadAloud
    phrases: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    """Web origins besides our own whose pages may speak."""
    most_talks: int = 20
    talks: set[str] = field(default_factory=set)

    @contextmanager
    def room_for(self, conversation_id: str) -> Iterator[None]:
        """Count a talk while it lasts. Raises TooManyTalks, also when the same conversation is spoken in already."""
        if len(self.talks) >= self.most_talks or conversation_id in self.talks:
            raise TooManyTalks(f"{len(self.talks)} talks")
        self.talks.add(conversation_id)
        try:
            yield
        finally:
            self.talks.discard(conversation_id)

    def sentence(self, error: MeedoenError) -> str:
        """Return what a person reads about an error."""
        book = self.conversations.book
        key = error.answer_key if error.answer_key in book.standard else "storing/algemeen"
        return book.word(key, TalkContext()).text
