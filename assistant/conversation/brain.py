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

from assistant.conversation.errors import BrainUnavailable
from assistant.conversation.heard import Heard
from assistant.conversation.to_rasa import said_in, to_rasa
from assistant.conversation.tracker import TrackerView
from assistant.conversation.two_questions import pieces, without_courtesy
from assistant.core.reply import Reply


@dataclass(frozen=True)
class Thought:
    """What came back for one message."""

    replies: tuple[Reply, ...]
    intent: str = ""
    confidence: float = 0.0


class Brain(Protocol):
    """Whatever understands a message and decides on the replies."""

    async def think(self, conversation_id: str, text: str, page: dict[str, Any]) -> Thought:
        """Return replies for a text. `page` is what the page says: municipality, role, channel, level.

        Raises BrainUnavailable when there is no usable answer in time.
        """

    async def is_ready(self) -> bool:
        """Whether a model is loaded and answers are possible now; never raises."""


class RasaBrain:
    """Rasa's REST channel on loopback. One shared connection pool, opened at first use."""

    def __init__(self, url: str, timeout_seconds: float, token: Callable[[], str]) -> None:
        self._url, self._token = url, token
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds)
        self._client: aiohttp.ClientSession | None = None

    async def think(self, conversation_id: str, text: str, page: dict[str, Any]) -> Thought:
        """Understand the message in the talk so far, and let Rasa decide; two clear questions are asked one by one."""
        try:
            async with asyncio.timeout(self._timeout.total):
                return await self._think(conversation_id, text, page)
        except TimeoutError as error:
            raise BrainUnavailable("slow") from error

    async def _think(self, conversation_id: str, text: str, page: dict[str, Any]) -> Thought:
        if text.startswith("/"):
            return await self._post(conversation_id, text, page)
        text = without_courtesy(text)
        raw, tracker = await asyncio.gather(self._parse(text), self._tracker(conversation_id))
        talk = TrackerView(tracker)
        halves = [await self._parse(piece) for piece in pieces(text)]
        thoughts = []
        for heard in said_in(raw, halves, in_form=talk.form is not None):
            message = to_rasa(heard, talk, page)
            thought = await self._post(conversation_id, message.text, message.page)
            thoughts.append(replace(thought, intent=message.intent, confidence=heard.chance))
        return _together(thoughts)

    async def _parse(self, text: str) -> Heard:
        answer = await self._ask("/model/parse", {"text": text}, token=True)
        return Heard.of(answer)

    async def _tracker(self, conversation_id: str) -> dict[str, Any]:
        parameters = {"token": self._token(), "include_events": "AFTER_RESTART"}
        try:
            async with self._session().get(
                f"{self._url}/conversations/{conversation_id}/tracker", params=parameters
            ) as response:
                return dict(await response.json()) if response.status == 200 else {}
        except (aiohttp.ClientError, TimeoutError, json.JSONDecodeError) as error:
            raise BrainUnavailable(type(error).__name__) from error

    async def _post(self, conversation_id: str, text: str, page: dict[str, Any]) -> Thought:
        """Post a message to Rasa and read the replies that our own `/nlg` worded."""
        body = {"sender": conversation_id, "message": text, "metadata": page}
        try:
            return _thought(await self._ask("/webhooks/rest/webhook", body))
        except (AttributeError, KeyError, TypeError) as error:  # JSON, but not in the shape that we agreed on
            raise BrainUnavailable("no reply in it") from error

    async def _ask(self, path: str, body: dict[str, Any], *, token: bool = False) -> Any:
        parameters = {"token": self._token()} if token else {}
        try:
            async with self._session().post(f"{self._url}{path}", json=body, params=parameters) as response:
                if response.status != 200:
                    raise BrainUnavailable(f"status {response.status}")
                return await response.json()
        except (aiohttp.ClientError, TimeoutError, json.JSONDecodeError) as error:
            raise BrainUnavailable(type(error).__name__) from error

    async def is_ready(self) -> bool:
        """Ask Rasa's own status page whether a model is loaded."""
        try:
            async with self._session().get(f"{self._url}/status", params={"token": self._token()}) as response:
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

    async def think(self, conversation_id: str, text: str, page: dict[str, Any]) -> Thought:
        """As the brain behind it; raises BrainUnavailable at once while resting."""
        if self._failed >= self._limit and (self._clock() < self._open_until or self._trying.locked()):
            raise BrainUnavailable("resting")
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
