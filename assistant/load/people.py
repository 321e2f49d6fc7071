"""People under load: each holds a talk with a server; what a turn took is counted from when it was due."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

import aiohttp

from assistant.load.talks import Talk, talks

PATIENCE = 30.0
"""Seconds after which a turn counts as an error."""


class Server(Protocol):
    """Whatever is talked to."""

    async def begin(self, client: aiohttp.ClientSession, talk: Talk) -> str:
        """Start a conversation and return what identifies it."""

    async def say(self, client: aiohttp.ClientSession, talk_id: str, text: str) -> bool:
        """Say something; True when it was answered as it should be."""


@dataclass(frozen=True)
class Chat:
    """Our chat API, at one or more gateways; a talk goes round all of them."""

    gateways: tuple[str, ...]

    async def begin(self, client: aiohttp.ClientSession, talk: Talk) -> str:
        """Start a conversation at the first gateway."""
        body = {"municipality": talk.municipality, "channel": "web"}
        async with client.post(f"{self.gateways[0]}/api/v1/conversations", json=body) as answer:
            started = await answer.json()
            return f"{started['id']} {started['token']}"

    async def say(self, client: aiohttp.ClientSession, talk_id: str, text: str) -> bool:
        """Say something at a gateway; an apology for a failure counts as an error."""
        conversation, _, token = talk_id.partition(" ")
        gateway = self.gateways[next(_TURN) % len(self.gateways)]
        address = f"{gateway}/api/v1/conversations/{conversation}/messages"
        headers = {"authorization": f"Bearer {token}"}
        async with client.post(address, json={"text": text}, headers=headers) as answer:
            said = (await answer.json()).get("messages", []) if answer.status == 200 else []
            return bool(said) and not any(str(each.get("answer")).startswith("storing/") for each in said)


@dataclass(frozen=True)
class Rest:
    """The REST channel of a stock Rasa."""

    url: str

    async def begin(self, client: aiohttp.ClientSession, talk: Talk) -> str:
        """Return a new sender; Rasa needs no more."""
        return f"load-{next(_TURN)}"

    async def say(self, client: aiohttp.ClientSession, talk_id: str, text: str) -> bool:
        """Say something; Rasa answers with a list of messages."""
        body = {"sender": talk_id, "message": text}
        async with client.post(f"{self.url}/webhooks/rest/webhook", json=body) as answer:
            return answer.status == 200 and bool(await answer.json())


_TURN = itertools.count()


@dataclass
class Outcome:
    """What a run of turns gave: latencies in seconds from the moment each was due, and the number of errors."""

    seconds: list[float] = field(default_factory=list)
    errors: int = 0
    wall: float = 0.0

    def at(self, share: float) -> float:
        """Return the latency in seconds that `share` of the turns stayed under."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


class Crowd:
    """People who wait for their turn to speak; there are as many as are needed to keep the pace."""

    def __init__(self, server: Server, client: aiohttp.ClientSession) -> None:
        self._server, self._client = server, client
        self._talks = talks()
        self._idle: list[tuple[str, Iterator[str]]] = []
        self.outcome = Outcome()

    async def turn(self, due: float) -> None:
        """Let somebody who is not waiting for an answer say the next line of a talk."""
        try:
            async with asyncio.timeout(PATIENCE):
                talk_id, lines, line = await self._speaker()
                good = await self._server.say(self._client, talk_id, line)
        except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
            self.outcome.errors += 1
            return
        self.outcome.seconds.append(time.perf_counter() - due)
        self.outcome.errors += not good
        self._idle.insert(0, (talk_id, lines))

    async def _speaker(self) -> tuple[str, Iterator[str], str]:
        while self._idle:
            talk_id, lines = self._idle.pop()
            if (line := next(lines, None)) is not None:
                return talk_id, lines, line
        talk = next(self._talks)
        lines = iter(talk.lines)
        return await self._server.begin(self._client, talk), lines, next(lines)


async def at_pace(server: Server, per_second: float, seconds: float) -> Outcome:
    """Say `per_second` turns a second, whether or not the answers keep up; returns when all are answered."""
    async with _client() as client:
        crowd = Crowd(server, client)
        began = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for number in range(int(per_second * seconds)):
                due = began + number / per_second
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                group.create_task(crowd.turn(due))
        crowd.outcome.wall = time.perf_counter() - began
        return crowd.outcome


async def flat_out(server: Server, people: int, turns: int) -> Outcome:
    """Have `people` talk without pause until `turns` were said in all: the most that the server can do."""
    async with _client() as client:
        crowd, left = Crowd(server, client), iter(range(turns))

        async def keep_talking() -> None:
            for _ in left:
                await crowd.turn(time.perf_counter())

        began = time.perf_counter()
        await asyncio.gather(*(keep_talking() for _ in range(people)))
        crowd.outcome.wall = time.perf_counter() - began
        return crowd.outcome


def _client() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))


Work = Callable[[], Awaitable[Outcome]]
