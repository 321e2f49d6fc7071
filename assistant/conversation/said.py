"""What was said lately, word for word."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Protocol

from assistant.core.reply import Reply


class Memory(Protocol):
    """Whoever remembers what was said: this process, or all gateways together (assistant.running.redis_said)."""

    async def begin(self, conversation_id: str, replies: Sequence[Reply]) -> None:
        """Start to remember a conversation."""

    async def add(self, conversation_id: str, replies: Sequence[Reply]) -> None:
        """Remember what was said next."""

    async def find(self, conversation_id: str, index: int) -> Reply | None:
        """Return message number `index`, None when it is not remembered."""


class Said:
    """What was said in the newest conversations, word for word and in memory only, so that it can be read aloud.

    A conversation that began in another process is not followed: the numbers of its messages would be wrong.
    """

    def __init__(self, conversations: int = 2000, messages: int = 200) -> None:
        self._talks: OrderedDict[str, list[Reply]] = OrderedDict()
        self._conversations, self._messages = conversations, messages

    async def begin(self, conversation_id: str, replies: Sequence[Reply]) -> None:
        """Start to remember a conversation."""
        self._talks[conversation_id] = list(replies)
        while len(self._talks) > self._conversations:
            self._talks.popitem(last=False)

    async def add(self, conversation_id: str, replies: Sequence[Reply]) -> None:
        """Remember what was said next."""
        if (talk := self._talks.get(conversation_id)) is None:
            return
        self._talks.move_to_end(conversation_id)
        talk.extend(replies[: self._messages - len(talk)])

    async def find(self, conversation_id: str, index: int) -> Reply | None:
        """Return message number `index`, None when it is not remembered."""
        talk = self._talks.get(conversation_id, [])
        return talk[index] if 0 <= index < len(talk) else None
