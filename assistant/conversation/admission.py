"""The first step of the road: who is at the door, and all that has to be known of a message before it is answered."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass

from assistant.conversation.errors import ConversationNotFound, TokenMissing
from assistant.database import Session
from assistant.handover import HandoverView
from assistant.review import Arrival, ConversationLog, StoredConversation

Here = Arrival[HandoverView | None]
"""A message at the door, with the hand-over that goes on in its talk."""
Running = Callable[[Session, str], HandoverView | None]


def nobody(session: Session, conversation_id: str) -> None:
    """Read no hand-over, where nobody can take over."""


def hashed(token: str) -> str:
    """Return the form in which a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True)
class Admission:
    """Lets in who holds the token of a conversation; in development also who has none.

    Both calls raise TokenMissing, ConversationNotFound or DatabaseUnavailable.
    """

    log: ConversationLog
    dev: bool
    running: Running = nobody

    async def admit(self, conversation_id: str, token: str | None) -> StoredConversation:
        """Return the conversation."""
        return self._checked(await asyncio.to_thread(self.log.find, conversation_id), token)

    async def arrive(self, conversation_id: str, token: str | None, message_id: str | None) -> Here:
        """Return the conversation with all else that has to be known of a message, in one look at the database."""
        arrival = await asyncio.to_thread(self.log.arrive, conversation_id, message_id, self.running)
        self._checked(arrival.talk if arrival else None, token)
        assert arrival is not None
        return arrival

    def _checked(self, talk: StoredConversation | None, token: str | None) -> StoredConversation:
        if token is None and not self.dev:
            raise TokenMissing("no bearer token")
        if talk is None or (token is not None and not hmac.compare_digest(talk.token_hash, hashed(token))):
            raise ConversationNotFound("id or token")
        return talk
