"""Many open streams of events beside a load of turns: whether all stay open, and what one costs in memory."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import aiohttp

from assistant.load.accounting import cost_of
from assistant.load.people import Chat, at_pace

AT_ONCE = 20
"""So many are opened at the same time, as they would come in by and by."""


async def hold_streams(
    gateway: str, wanted: int, server: Chat, pace: float, seconds: float, pids: list[int]
) -> dict[str, Any]:
    """Open streams of so many conversations, say turns at a pace meanwhile, count the streams that are still open."""
    door, before, began = asyncio.Semaphore(AT_ONCE), cost_of(pids), time.monotonic()
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=None)) as client:
        opened = await asyncio.gather(*(_open(client, gateway, door) for _ in range(wanted)))
        streams = [stream for stream in opened if stream is not None]
        took, full = time.monotonic() - began, cost_of(pids)
        outcome = await at_pace(server, pace, seconds)
        alive = sum(not stream.closed and not stream.content.at_eof() for stream in streams)
        for stream in streams:
            stream.close()
    return {
        "wanted": wanted, "opened": len(streams), "still_open": alive, "seconds_to_open": round(took, 1),
        "kilobytes_each": round(1000 * (full.memory - before.memory) / max(1, len(streams)), 1),
        "turns_meanwhile": len(outcome.seconds), "p95_meanwhile_ms": round(1000 * outcome.at(0.95), 1),
        "errors_meanwhile": outcome.errors,
    }  # fmt: skip


async def _open(client: aiohttp.ClientSession, gateway: str, door: asyncio.Semaphore) -> aiohttp.ClientResponse | None:
    """Start a conversation and open its stream; None when it was refused."""
    async with door:
        try:
            async with client.post(f"{gateway}/api/v1/conversations", json={"channel": "web"}) as answer:
                started = await answer.json()
            headers = {"authorization": f"Bearer {started['token']}", "accept": "text/event-stream"}
            stream = await client.get(f"{gateway}/api/v1/conversations/{started['id']}/events", headers=headers)
            await asyncio.wait_for(stream.content.readline(), 30)
        except (aiohttp.ClientError, TimeoutError, KeyError):
            return None
        return stream if stream.status == 200 else None
