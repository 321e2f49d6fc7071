"""Rate limits. Libraries and town halls share one address, so an address gets far more room than a conversation.

With Redis all gateways count together; while Redis is gone each counts for itself.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

import redis.exceptions
import structlog
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter

from assistant.conversation.errors import TooManyMessages
from assistant.settings import Settings

POLLS_PER_MINUTE = 60
"""How often a client without a stream may ask for events; the widget asks every four seconds."""
WITHOUT_REDIS = 5.0
"""Seconds for which Redis is left alone after it did not answer."""
LONGEST = 600.0
"""Seconds of the longest window."""
GONE = (redis.exceptions.RedisError, OSError, TimeoutError)
logger = structlog.get_logger(__name__)


class OwnCount:
    """A moving window in memory. (The one of `limits` hands every conversation to a thread at every message.)"""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._hits, self._tidy_at = clock, dict[tuple[str, ...], deque[float]](), 0.0

    async def hit(self, limit: RateLimitItem, *key: str) -> bool:
        """Count one; False when it is one too many."""
        now, hits = self._clock(), self._hits.setdefault(key, deque())
        while hits and hits[0] <= now - limit.get_expiry():
            hits.popleft()
        if now >= self._tidy_at:
            self._tidy(now)
        if len(hits) >= limit.amount:
            return False
        hits.append(now)
        return True

    def _tidy(self, now: float) -> None:
        """Forget who was not counted for a long time; once a minute."""
        self._tidy_at = now + 60
        for key in [key for key, hits in self._hits.items() if hits and hits[-1] < now - LONGEST]:
            del self._hits[key]


class SharedCount:
    """A moving window in Redis, and one in memory for when Redis is gone."""

    def __init__(self, redis_url: str) -> None:
        storage = RedisStorage(
            f"async+{redis_url}", implementation="redispy", socket_timeout=1.0, socket_connect_timeout=1.0
        )
        self._shared = MovingWindowRateLimiter(storage)
        self._own = OwnCount()
        self._left_alone_until = 0.0

    async def hit(self, limit: RateLimitItem, *key: str) -> bool:
        """Count one; False when it is one too many."""
        if time.monotonic() >= self._left_alone_until:
            try:
                return await self._shared.hit(limit, *key)
            except GONE as error:
                self._left_alone_until = time.monotonic() + WITHOUT_REDIS
                logger.warning("limits counted here only", reason=type(error).__name__)
        return await self._own.hit(limit, *key)


class Limits:
    """Counts messages per conversation and new conversations per address; off in development."""

    def __init__(self, settings: Settings) -> None:
        self._off = settings.dev
        shared = settings.redis_url
        self._limiter = SharedCount(shared) if shared else OwnCount()
        self._messages = RateLimitItemPerMinute(settings.messages_per_minute)
        self._polls = RateLimitItemPerMinute(POLLS_PER_MINUTE)
        self._starts = RateLimitItemPerMinute(settings.conversations_per_ten_minutes, 10)

    async def message(self, conversation_id: str) -> None:
        """Count one message; raises TooManyMessages."""
        await self._hit(self._messages, "message", conversation_id)

    async def poll(self, conversation_id: str) -> None:
        """Count one question whether something happened; raises TooManyMessages."""
        await self._hit(self._polls, "poll", conversation_id)

    async def start(self, address: str) -> None:
        """Count one new conversation; raises TooManyMessages."""
        await self._hit(self._starts, "start", address)

    async def _hit(self, limit: RateLimitItem, *key: str) -> None:
        if not self._off and not await self._limiter.hit(limit, *key):
            raise TooManyMessages(key[0])
