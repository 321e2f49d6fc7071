"""News of changed conversations over all gateways, by publish and subscribe. A lost signal costs a second, no more."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

import structlog

from assistant.handover.signals import Heard, LocalSignals
from assistant.running.redis_shared import GONE, Client, connect

CHANNEL = "meedoen:changed"
AGAIN_AFTER = 1.0
logger = structlog.get_logger(__name__)


class SharedSignals:
    """Signals between processes: what changes here is told here at once and to the others through Redis."""

    def __init__(self, redis_url: str) -> None:
        self._url, self._here = redis_url, LocalSignals()
        self._client: Client | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def changed(self, conversation_id: str) -> None:
        """Tell it. May be called from any thread; never raises and never waits."""
        self._here.changed(conversation_id)
        if self._loop:
            with suppress(RuntimeError):  # the loop closed at this very moment
                self._loop.call_soon_threadsafe(self._keep, conversation_id)

    def listen(self, heard: Heard) -> None:
        """From now on call `heard` with each conversation that changed, anywhere, in the loop that runs now."""
        self._here.listen(heard)
        self._loop, self._client = asyncio.get_running_loop(), connect(self._url)
        self._start(self._subscribe(heard))

    async def close(self) -> None:
        """Stop listening."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._client:
            await self._client.aclose()

    def _keep(self, conversation_id: str) -> None:
        self._start(self._publish(conversation_id))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _publish(self, conversation_id: str) -> None:
        assert self._client is not None
        with suppress(*GONE):
            await self._client.publish(CHANNEL, conversation_id)

    async def _subscribe(self, heard: Heard) -> None:
        """Listen for ever; when Redis goes, try again until it is back."""
        while True:
            try:
                await self._hear(heard)
            except GONE as error:
                logger.warning("signals heard here only", reason=type(error).__name__)
            await asyncio.sleep(AGAIN_AFTER)

    async def _hear(self, heard: Heard) -> None:
        assert self._client is not None
        async with self._client.pubsub() as news:
            await news.subscribe(CHANNEL)
            while True:
                message = await news.get_message(ignore_subscribe_messages=True, timeout=AGAIN_AFTER)
                if message:
                    heard(message["data"].decode())
