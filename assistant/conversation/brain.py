"""Understanding and deciding: the interface, Rasa behind HTTP, and a breaker that spares people the wait.

`Thought` is all that the rest of the house knows of Rasa, so it can be replaced.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

import aiohttp
from pydantic_core import from_json, to_json

from assistant.conversation.errors import BrainUnavailable, NotHeard
from assistant.core.reply import Reply

WRONG_SHAPE = (AttributeError, KeyError, TypeError, ValueError)
"""What reading JSON raises that is not in the shape that we agreed on."""


@dataclass(frozen=True)
class Thought:
    """What came back for one message."""

    replies: tuple[Reply, ...]
    intent: str = ""
    confidence: float = 0.0
    guesses: tuple[tuple[str, float], ...] = ()
    """The best three guesses at what was meant; empty for a button."""


class Brain(Protocol):
    """Whatever understands a message and decides on the replies."""

    async def think(self, conversation_id: str, text: str, page: dict[str, Any]) -> Thought:
        """Return replies for a text. `page` is what the page says: municipality, role, channel, level.

        Raises BrainUnavailable when there is no usable answer in time.
        """

    async def is_ready(self) -> bool:
        """Whether a model is loaded and answers are possible now; never raises."""


class RasaBrain:
    """Our channel in Rasa, on loopback. One shared connection pool, opened at first use."""

    def __init__(self, url: str, timeout_seconds: float, token: Callable[[], str]) -> None:
        self._url, self._token, self._known_token = url, token, ""
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds)
        self._client: aiohttp.ClientSession | None = None

    async def think(self, conversation_id: str, text: str, page: dict[str, Any]) -> Thought:
        """Let Rasa understand and answer the message in the talk so far; two clear questions one after the other."""
        body = {"sender": conversation_id, "text": text, "page": page}
        try:
            async with asyncio.timeout(self._timeout.total):
                return _thoughts(await self._ask("turn", body))
        except TimeoutError as error:
            raise BrainUnavailable("slow") from error
        except WRONG_SHAPE as error:
            raise BrainUnavailable("no reply in it") from error

    async def slots(self, conversation_id: str) -> dict[str, Any]:
        """Return what the person has filled in so far. Raises BrainUnavailable."""
        answer = await self._ask("slots", {"sender": conversation_id})
        try:
            return {name: value for name, value in answer["slots"].items() if value}
        except WRONG_SHAPE as error:
            raise BrainUnavailable("no slots in it") from error

    async def _ask(self, what: str, body: dict[str, Any]) -> Any:
        """Ask the door of our channel in Rasa (tools/lean_rasa/door.py).

        Raises NotHeard when no head of an answer came: then nothing was done. After that it is BrainUnavailable.
        """
        try:
            answer = await self._begun(what, body)
            if answer.status == 401:  # Rasa was started anew, with another token
                answer.release()
                self._known_token = self._token()
                answer = await self._begun(what, body)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise NotHeard(type(error).__name__) from error
        async with answer:
            if answer.status != 200:
                raise NotHeard(f"status {answer.status}")
            try:
                return from_json(await answer.read())
            except (aiohttp.ClientError, TimeoutError, ValueError) as error:
                raise BrainUnavailable(type(error).__name__) from error

    async def _begun(self, what: str, body: dict[str, Any]) -> aiohttp.ClientResponse:
        """Send it and wait for the head of the answer; half of our patience is left for who may be asked next."""
        self._known_token = self._known_token or self._token()
        headers = {"authorization": f"Bearer {self._known_token}", "content-type": "application/json"}
        address = f"{self._url}/webhooks/meedoen/{what}"
        async with asyncio.timeout((self._timeout.total or 0) / 2):
            return await self._session().post(address, data=to_json(body), headers=headers, allow_redirects=False)

    async def is_ready(self) -> bool:
        """Ask Rasa's own status page whether a model is loaded."""
        try:
            about, token = f"{self._url}/status", {"token": self._token()}
            async with self._session().get(about, params=token, allow_redirects=False) as response:
                return response.status == 200 and bool((await response.json()).get("model_file"))
        except (aiohttp.ClientError, TimeoutError, json.JSONDecodeError):
            return False

    async def close(self) -> None:
        """Close the connections."""
        if self._client:
            await self._client.close()

    def _session(self) -> aiohttp.ClientSession:
        if self._client is None or self._client.closed:
            self._client = aiohttp.ClientSession(timeout=self._timeout)
        return self._client


def _thoughts(answer: Any) -> Thought:
    """Read what came of the messages."""
    if "error" in answer:
        raise BrainUnavailable(str(answer["error"]))
    return _together([_understood(_thought(said["messages"]), said) for said in answer["said"]])


def _understood(thought: Thought, said: dict[str, Any]) -> Thought:
    """Put what was understood of words with the thought; a button says by itself what it means."""
    if "intent" not in said:
        return thought
    guesses = tuple((str(name), float(chance)) for name, chance in said["guesses"])
    return replace(thought, intent=said["intent"], confidence=float(said["confidence"]), guesses=guesses)


def _thought(messages: list[dict[str, Any]]) -> Thought:
    """Read Rasa's messages: each `custom` holds replies of ours; a bare text without one is passed on as it is."""
    customs = [message["custom"] for message in messages if "custom" in message]
    if not customs:
        raise BrainUnavailable("no reply in it")
    replies = tuple(Reply.from_dict(raw) for custom in customs for raw in custom["replies"])
    understood = customs[0].get("understood") or {}
    return Thought(replies, understood.get("intent", ""), understood.get("confidence", 0.0))


def _together(thoughts: list[Thought]) -> Thought:
    """Join the thoughts on the pieces of one message; a question of ours that is asked again later is left out."""
    first, *rest = thoughts
    if not rest:
        return first
    asked_later = any(str(reply.answer).startswith("vraag/") for thought in rest for reply in thought.replies)
    kept = [reply for reply in first.replies if not (asked_later and str(reply.answer).startswith("vraag/"))]
    return replace(first, replies=(*kept, *(reply for thought in rest for reply in thought.replies)))


class Breaker:
    """A brain that stops asking for a while after a row of failures, so that nobody waits for what will not come.

    After `failures` failures in a row every call fails at once for `rest_seconds`; then one call is let through.
    """

    def __init__(
        self, brain: Brain, failures: int = 3, rest_seconds: float = 10.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._brain, self._limit, self._rest, self._clock = brain, failures, rest_seconds, clock
        self._failed, self._open_until = 0, 0.0
        self._trying = asyncio.Lock()

    @property
    def resting(self) -> bool:
        """Whether nothing is asked at this moment."""
        return self._failed >= self._limit and self._clock() < self._open_until

    async def think(self, conversation_id: str, text: str, page: dict[str, Any]) -> Thought:
        """As the brain behind it; raises BrainUnavailable at once while resting."""
        if self._failed >= self._limit and (self._clock() < self._open_until or self._trying.locked()):
            raise NotHeard("resting")
        if self._failed < self._limit:
            return await self._ask(conversation_id, text, page)
        async with self._trying:
            return await self._ask(conversation_id, text, page)

    async def is_ready(self) -> bool:
        """As the brain behind it."""
        return await self._brain.is_ready()

    async def _ask(self, conversation_id: str, text: str, page: dict[str, Any]) -> Thought:
        try:
            thought = await self._brain.think(conversation_id, text, page)
        except BrainUnavailable:
            self._failed += 1
            self._open_until = self._clock() + self._rest
            raise
        self._failed = 0
        return thought
