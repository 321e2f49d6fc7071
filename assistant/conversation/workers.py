"""Several Rasas behind one `Brain`: who takes a message, who takes over, and which municipality tries another model.

A talk goes to the same worker each time (it has that talk in memory) unless that one is clearly busier or rests. A
message that a worker certainly never got goes to the next; one that got lost half-way does not: nothing is done twice.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from assistant.conversation.brain import Breaker, RasaBrain, Thought
from assistant.conversation.errors import BrainUnavailable, NotHeard
from assistant.conversation.trials import TrialChoice

BUSIER = 2
"""So many more messages at once make a worker too busy for a talk that it knows."""
Answer = TypeVar("Answer")


@dataclass
class Worker:
    """One Rasa with a breaker of its own, and how many messages it is thinking about."""

    rasa: RasaBrain
    breaker: Breaker
    url: str
    busy: int = 0


class Workers:
    """A brain of one or more workers that share their talks (see docs/adr/0016-scale.md)."""

    def __init__(self, urls: tuple[str, ...], timeout_seconds: float, token: Callable[[], str]) -> None:
        brains = [RasaBrain(url.rstrip("/"), timeout_seconds, token) for url in urls]
        self._workers = [Worker(brain, Breaker(brain), url) for brain, url in zip(brains, urls, strict=True)]

    async def think(self, conversation_id: str, text: str, page: dict[str, Any]) -> Thought:
        """As one brain; raises BrainUnavailable when nobody could hear it or somebody lost it half-way."""
        return await self._first(conversation_id, lambda worker: worker.breaker.think(conversation_id, text, page))

    async def slots(self, conversation_id: str) -> dict[str, Any]:
        """What was learnt in the talk; raises BrainUnavailable."""
        return await self._first(conversation_id, lambda worker: worker.rasa.slots(conversation_id))

    async def is_ready(self) -> bool:
        """Whether at least one can answer now."""
        return any(await asyncio.gather(*(worker.rasa.is_ready() for worker in self._workers)))

    @property
    def resting(self) -> bool:
        """Whether nobody is asked at this moment."""
        return all(worker.breaker.resting for worker in self._workers)

    async def close(self) -> None:
        """Close the connections."""
        await asyncio.gather(*(worker.rasa.close() for worker in self._workers))

    async def _first(self, conversation_id: str, ask: Callable[[Worker], Awaitable[Answer]]) -> Answer:
        """Return the answer of the first worker that hears it."""
        last: BrainUnavailable = NotHeard("no worker")
        for worker in self._in_order(conversation_id):
            worker.busy += 1
            try:
                return await ask(worker)
            except NotHeard as error:
                last = error
            finally:
                worker.busy -= 1
        raise last

    def _in_order(self, conversation_id: str) -> list[Worker]:
        """Return the workers, the one to ask first in front: its own, unless that one is clearly busier or rests."""
        own = sorted(self._workers, key=lambda worker: _weight(conversation_id, worker.url))
        least = min(worker.busy for worker in own)
        return sorted(own, key=lambda worker: (worker.breaker.resting, worker.busy > least + BUSIER))


class ByMunicipality:
    """Workers for everybody, and others for municipalities that try another model (a canary).

    `trials` are their pools by name; `choice` says which municipality has which, else the one of its own name.
    When the other model is not there its municipality gets the usual one: a trial never costs anybody an answer.
    """

    def __init__(self, usual: Workers, trials: Mapping[str, Workers], choice: TrialChoice | None = None) -> None:
        self._usual, self._trials, self._choice = usual, trials, choice

    async def think(self, conversation_id: str, text: str, page: dict[str, Any]) -> Thought:
        """As one brain."""
        municipality = str(page.get("municipality"))
        trial = self._trials.get((self._choice.pool_of(municipality) if self._choice else municipality) or "")
        if trial is not None:
            try:
                return await trial.think(conversation_id, text, page)
            except NotHeard:
                pass
        return await self._usual.think(conversation_id, text, page)

    async def slots(self, conversation_id: str) -> dict[str, Any]:
        """What was learnt in the talk; the talks are shared, so anybody can tell."""
        return await self._usual.slots(conversation_id)

    async def is_ready(self) -> bool:
        """Whether the usual workers can answer now."""
        return await self._usual.is_ready()

    @property
    def resting(self) -> bool:
        """Whether the usual workers are not asked at this moment."""
        return self._usual.resting

    async def close(self) -> None:
        """Close the connections."""
        await asyncio.gather(self._usual.close(), *(trial.close() for trial in self._trials.values()))


def _weight(conversation_id: str, url: str) -> bytes:
    """Rendezvous hashing: when a worker goes or comes, only its own talks move."""
    return hashlib.blake2b(f"{conversation_id} {url}".encode(), digest_size=8).digest()
