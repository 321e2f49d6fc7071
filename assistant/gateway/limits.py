"""Rate limits. Libraries and town halls share one address, so an address gets far more room than a conversation."""

from __future__ import annotations

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from assistant.conversation.errors import TooManyMessages
from assistant.settings import Settings


class Limits:
    """Counts messages per conversation and new conversations per address; off in development."""

    def __init__(self, settings: Settings) -> None:
        self._off = settings.dev
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._messages = RateLimitItemPerMinute(settings.messages_per_minute)
        self._starts = RateLimitItemPerMinute(settings.conversations_per_ten_minutes, 10)

    async def message(self, conversation_id: str) -> None:
        """Count one message; raises TooManyMessages."""
        await self._hit(self._messages, "message", conversation_id)

    async def start(self, address: str) -> None:
        """Count one new conversation; raises TooManyMessages."""
        await self._hit(self._starts, "start", address)

    async def _hit(self, limit: RateLimitItem, *key: str) -> None:
        if not self._off and not await self._limiter.hit(limit, *key):
            raise TooManyMessages(key[0])
