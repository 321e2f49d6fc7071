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
from assistant.conversation.heard import Heard
from assistant.conversation.to_rasa import Message, said_in, to_rasa
from assistant.conversation.tracker import TrackerView
from assistant.conversation.two_questions import pieces, without_courtesy
from assistant.core.reply import Reply


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
        """Understand the message in the talk so far, and let Rasa decide; two clear questions are asked one by one."""
        try:
            async with asyncio.timeout(self._timeout.total):
                return await self._think(conversation_id, text, page)
        except TimeoutError as error:
            raise BrainUnavailable("slow") from error

    async def _think(self, conversation_id: str, text: str, page: dict[str, Any]) -> Thought:
        if text.startswith("/"):
            return await self._say(conversation_id, text, page)
        text = without_courtesy(text)
        answer = await self._hear(conversation_id, [text, *pieces(text)])
        try:
            meant = _meant(answer, page)
        except (AttributeError, KeyError, TypeError, ValueError, OverflowError) as error:
            raise BrainUnavailable("not in the shape that we agreed on") from error
        thoughts = []
        for heard, message, known in meant:
            thought = await self._say(conversation_id, message.text, message.page, known)
            thoughts.append(replace(thought, intent=message.intent, confidence=heard.chance, guesses=heard.ranking[:3]))
        return _together(thoughts)

    async def slots(self, conversation_id: str) -> dict[str, Any]:
        """Return what the person has filled in so far. Raises BrainUnavailable."""
        answer = await self._hear(conversation_id, [])
        try:
            return {name: value for name, value in (answer["tracker"].get("slots") or {}).items() if value}
        except (AttributeError, KeyError, TypeError) as error:
            raise BrainUnavailable("not in the shape that we agreed on") from error

    async def _hear(self, conversation_id: str, texts: list[str]) -> Any:
        """Have the texts understood, with the talk so far. Changes nothing, so whatever goes wrong is NotHeard."""
        try:
            async with asyncio.timeout((self._timeout.total or 0) / 2):  # the other half is for who is asked next
                return await self._ask("heard", {"sender": conversation_id, "texts": texts})
        except (BrainUnavailable, TimeoutError) as error:
            raise NotHeard(str(error) or "slow") from error

    async def _say(
        self, conversation_id: str, text: str, page: dict[str, Any], parsed: dict[str, Any] | None = None
    ) -> Thought:
        """Say it to Rasa and read the replies that our own `/nlg` worded. `parsed` is what `heard` made of the text."""
        body = {"sender": conversation_id, "message": text, "metadata": page, "parsed": parsed}
        try:
            return _thought(await self._ask("say", body))
        except (AttributeError, KeyError, TypeError) as error:  # JSON, but not in the shape that we agreed on
            raise BrainUnavailable("no reply in it") from error

    async def _ask(self, what: str, body: dict[str, Any]) -> Any:
        """Ask the door of our channel in Rasa (tools/lean_rasa/door.py)."""
        try:
            status, answer = await self._post(what, body)
            if status == 401:  # Rasa was started anew, with another token
                self._known_token = self._token()
                status, answer = await self._post(what, body)
            if status != 200:
                raise BrainUnavailable(f"status {status}")
            return from_json(answer)
        except aiohttp.ClientConnectorError as error:
            raise NotHeard(type(error).__name__) from error
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise BrainUnavailable(type(error).__name__) from error

    async def _post(self, what: str, body: dict[str, Any]) -> tuple[int, bytes]:
        self._known_token = self._known_token or self._token()
        headers = {"authorization": f"Bearer {self._known_token}", "content-type": "application/json"}
        address = f"{self._url}/webhooks/meedoen/{what}"
        async with self._session().post(
            address, data=to_json(body), headers=headers, allow_redirects=False
        ) as response:
            return response.status, await response.read()

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


def _meant(answer: Any, page: dict[str, Any]) -> list[tuple[Heard, Message, dict[str, Any] | None]]:
    """Return what is to be said for what was heard, with what `heard` made of it where the words stay as they were."""
    raw, *halves = parsed = [Heard.of(each) for each in answer["parsed"]]
    if not all(heard.text for heard in parsed):
        raise ValueError("no words")
    talk = TrackerView(answer["tracker"])
    as_parsed = {id(heard): each for heard, each in zip(parsed, answer["parsed"], strict=True)}
    messages = [(heard, to_rasa(heard, talk, page)) for heard in said_in(raw, halves, in_form=talk.form is not None)]
    return [
        (heard, message, as_parsed.get(id(heard)) if message.text == heard.text else None)
        for heard, message in messages
    ]


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
