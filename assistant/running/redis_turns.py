"""One message at a time in a conversation, over all gateways: a lock in Redis behind the lock of this process."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog

from assistant.conversation.one_at_a_time import OneAtATime
from assistant.running.redis_shared import GONE, Client

HELD_SECONDS = 20.0
"""A lock that is not given back is free after this long: its gateway died. Longer than a message may take (8 + 8 s)."""
ASK_AGAIN = 0.02
_GIVE_BACK = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end"
logger = structlog.get_logger(__name__)


class SharedTurns:
    """Turns that all gateways know of. While Redis is gone only the messages at this gateway wait for each other."""

    def __init__(self, client: Client) -> None:
        self._client, self._here = client, OneAtATime()

    @asynccontextmanager
    async def of(self, conversation_id: str) -> AsyncIterator[None]:
        """Hold the turn of this conversation; others wait."""
        async with self._here.of(conversation_id):
            key, mine = f"meedoen:turn:{conversation_id}", secrets.token_hex(8)
            held = await self._take(key, mine)
            try:
                yield
            finally:
                if held:
                    with suppress(*GONE):
                        await self._client.eval(_GIVE_BACK, 1, key, mine)

    async def _take(self, key: str, mine: str) -> bool:
        """Wait for the lock; False when Redis is gone or nobody gave it back in time."""
        until = time.monotonic() + HELD_SECONDS
        try:
            while time.monotonic() < until:
                if await self._client.set(key, mine, nx=True, px=int(HELD_SECONDS * 1000)):
                    return True
                await asyncio.sleep(ASK_AGAIN)
        except GONE as error:
            logger.warning("turns kept here only", reason=type(error).__name__)
        return False
