"""What was said lately, for all gateways: a list in Redis for each conversation, gone after half an hour."""

from __future__ import annotations

import json
from collections.abc import Sequence

import structlog

from assistant.core.reply import Reply
from assistant.running.redis_shared import GONE, Client

KEPT_SECONDS, MESSAGES = 1800, 200
logger = structlog.get_logger(__name__)


class SharedSaid:
    """Remembers the words of the assistant, never those of the person. Without Redis nothing is remembered."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def begin(self, conversation_id: str, replies: Sequence[Reply]) -> None:
        """Start to remember a conversation."""
        await self._push(conversation_id, replies, begin=True)

    async def add(self, conversation_id: str, replies: Sequence[Reply]) -> None:
        """Remember what was said next; a conversation whose beginning is gone is not followed."""
        await self._push(conversation_id, replies, begin=False)

    async def find(self, conversation_id: str, index: int) -> Reply | None:
        """Return message number `index`, None when it is not remembered."""
        if index < 0:
            return None
        try:
            raw = await self._client.lindex(_key(conversation_id), index)
        except GONE:
            return None
        return Reply.from_dict(json.loads(raw)) if raw else None

    async def _push(self, conversation_id: str, replies: Sequence[Reply], *, begin: bool) -> None:
        if not replies:
            return
        lines, key = [json.dumps(reply.to_dict()) for reply in replies], _key(conversation_id)
        try:
            async with self._client.pipeline(transaction=False) as orders:
                (orders.rpush if begin else orders.rpushx)(key, *lines)
                orders.ltrim(key, 0, MESSAGES - 1)
                orders.expire(key, KEPT_SECONDS)
                await orders.execute()
        except GONE as error:
            logger.warning("what was said is not remembered", reason=type(error).__name__)


def _key(conversation_id: str) -> str:
    return f"meedoen:said:{conversation_id}"
