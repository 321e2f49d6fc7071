"""A lock for each talk in Redis, that does without Redis when it is gone.

The gateways already let one message of a talk through at a time (assistant/running/redis_turns.py); this lock is for
whoever else talks to a worker. Rasa's own RedisLockStore asks again only once a second, and refuses every message while
Redis is away.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore, LockError, LockStore, RedisLockStore
from rasa.utils.endpoints import EndpointConfig

ASK_AGAIN = 0.05
logger = logging.getLogger(__name__)


class SharedLocks(LockStore):
    """Named in endpoints.yml; `url` is redis://[:password@]host[:port][/number], and empty for locks in memory only."""

    def __init__(self, endpoint_config: EndpointConfig) -> None:
        self._here = InMemoryLockStore()
        self._shared = _redis(endpoint_config.url or "")

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = LOCK_LIFETIME, wait_time_in_seconds: float = ASK_AGAIN
    ) -> AsyncIterator[TicketLock]:
        """Hold the lock of a talk."""
        async with self._here.lock(conversation_id, lock_lifetime, ASK_AGAIN) as mine:
            ticket = self._ticket(conversation_id, lock_lifetime)
            try:
                yield await self._wait(conversation_id, ticket, mine)
            finally:
                self._leave(conversation_id, ticket)

    def _ticket(self, conversation_id: str, lifetime: float) -> int | None:
        if self._shared is None:
            return None
        try:
            return self._shared.issue_ticket(conversation_id, lifetime)
        except LockError:
            logger.warning("Redis is gone: locks are kept in this process only.")
            return None

    async def _wait(self, conversation_id: str, ticket: int | None, mine: TicketLock) -> TicketLock:
        if ticket is None or self._shared is None:
            return mine
        try:
            return await self._shared._acquire_lock(conversation_id, ticket, ASK_AGAIN)
        except Exception as error:  # the lock expired, or Redis went in between: the turn of this process holds
            logger.warning("No lock in Redis: %s", type(error).__name__)
            return mine

    def _leave(self, conversation_id: str, ticket: int | None) -> None:
        if ticket is None or self._shared is None:
            return
        try:
            self._shared.cleanup(conversation_id, ticket)
        except Exception as error:  # it forgets itself
            logger.warning("Lock not given back: %s", type(error).__name__)


def _redis(url: str) -> RedisLockStore | None:
    if not url:
        return None
    parts: Any = urlsplit(url)
    return RedisLockStore(
        host=parts.hostname,
        port=parts.port or 6379,
        db=int(parts.path.strip("/") or 0),
        username=parts.username,
        password=parts.password,
        use_ssl=parts.scheme == "rediss",
        key_prefix="meedoen",
        socket_timeout=1,
    )
