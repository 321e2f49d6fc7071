"""The road of a message, in one place. Text and speech take the same one."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import structlog

from assistant.answers import AnswerBook, Library, Wording
from assistant.conversation.brain import Brain, Thought
from assistant.conversation.danger import DangerSigns
from assistant.conversation.errors import BrainUnavailable, ConversationNotFound, MunicipalityUnknown, TokenMissing
from assistant.conversation.guard import Utterance, guard, without_code
from assistant.conversation.human import HumanStep
from assistant.conversation.one_at_a_time import OneAtATime, Turns
from assistant.conversation.private_words import Clean, PrivateWords
from assistant.conversation.said import Memory, Said
from assistant.conversation.steps import ORDINARY, PRIVATE_LOG, carrier_of, is_private, step_of
from assistant.core.context import TalkContext
from assistant.core.masking import mask
from assistant.core.reply import Reply
from assistant.database import DatabaseUnavailable
from assistant.review import ConversationLog, KeptTurn, NewConversation, StoredConversation, TurnRecord
from assistant.review.outcome import WITH_STAFF

logger = structlog.get_logger(__name__)
REMEMBERED = 2000
"""How many answered messages are remembered word for word, for clients that send one again."""


@dataclass(frozen=True)
class Started:
    """A new conversation: its id, the secret that opens it, and the first words."""

    id: str
    token: str
    replies: tuple[Reply, ...]


class Conversations:
    """All conversations of this process."""

    def __init__(
        self,
        brain: Brain,
        library: Library,
        log: ConversationLog,
        danger: DangerSigns,
        *,
        dev: bool = False,
        people: HumanStep | None = None,
        turns: Turns | None = None,
        memory: Memory | None = None,
        clean: Clean | None = None,
    ) -> None:
        self._brain, self._library, self._log, self._danger, self._dev = brain, library, log, danger, dev
        self._turns: Turns = turns or OneAtATime()
        self._answered: OrderedDict[tuple[str, str], tuple[Reply, ...]] = OrderedDict()
        self._said: Memory = memory or Said()
        self._private_words = PrivateWords(clean)
        self._people = people
        """The take-over by staff; None where nobody can take over."""

    @property
    def book(self) -> AnswerBook:
        """The answers as they are now."""
        return self._library.book

    async def start(self, context: TalkContext) -> Started:
        """Open a conversation and say who we are. Raises MunicipalityUnknown or DatabaseUnavailable."""
        if context.municipality is not None and context.municipality not in self.book.municipalities:
            raise MunicipalityUnknown(context.municipality)
        conversation_id, token = secrets.token_hex(16), secrets.token_urlsafe(24)
        now = datetime.now(UTC)
        welcome = self.book.word("welkom_werkgever" if context.role == "werkgever" else "welkom", context)
        replies = (*self.book.notices(context), welcome)
        place = (context.municipality, context.role, context.channel)
        new = NewConversation(conversation_id, _hash(token), *place, now, greeting=len(replies))
        await asyncio.to_thread(self._log.start, new)
        await self._said.begin(conversation_id, replies)
        return Started(conversation_id, token, replies)

    async def say(self, conversation_id: str, token: str | None, text: str, message_id: str | None) -> list[Reply]:
        """Answer one message: admit, guard, human?, understand and decide, record, reply.

        Wording and acting happen inside the fourth step: Rasa calls `/webhook` (actions) and `/nlg` (answers).
        Raises a ConversationError or DatabaseUnavailable; a silent Rasa gives an honest menu instead.
        """
        talk = await self._admit(conversation_id, token)
        async with self._turns.of(talk.id):
            if (earlier := await self._earlier(talk, message_id)) is not None:
                return list(earlier)
            began = time.perf_counter()
            utterance = self._private_words.hide(talk.id, guard(text, self.book.buttons, self._danger))
            if is_private(step := step_of(utterance.for_rasa), self.book):
                return await self._private(talk, str(step), began)
            thought = await self._think(talk, utterance, message_id)
            replies = self._with_warning(talk, utterance, thought)
            await self._said.add(talk.id, replies)
            self._private_words.learn(talk.id, replies)
            await self._record(talk, utterance, replace(thought, replies=replies), message_id, began)
            self._private_words.tidy(talk.id, replies)
            return list(replies)

    async def said(self, conversation_id: str, token: str | None, index: int) -> Reply | None:
        """Return what the assistant said as number `index` (from 0, the welcome counts), None when not remembered."""
        talk = await self._admit(conversation_id, token)
        return await self._said.find(talk.id, index)

    async def kept(self, conversation_id: str, token: str | None) -> tuple[TalkContext, int, list[KeptTurn]]:
        """Return the page of a talk, with how many messages it began, and its masked turns. Raises as `say`."""
        talk = await self._admit(conversation_id, token)
        return _context(talk), *await asyncio.to_thread(self._log.kept, talk.id)

    async def human(self, conversation_id: str, token: str | None) -> dict[str, Any]:
        """Return who has the talk: `state` is none, waiting (with `place`) or here (with `name`). Raises as `say`."""
        talk = await self._admit(conversation_id, token)
        return await self._people.human(talk.id) if self._people else {"state": "none"}

    async def _think(self, talk: StoredConversation, utterance: Utterance, message_id: str | None) -> Thought:
        """Let a member of staff have the message when one has the talk, else the assistant."""
        if self._people is None:
            return await self._understand(talk, utterance)
        taken = await self._people.before(talk, utterance, message_id)
        if taken is not None:
            return taken
        return await self._people.after(talk, utterance, await self._understand(talk, utterance))

    async def _private(self, talk: StoredConversation, key: str, began: float) -> list[Reply]:
        """Answer a step of the orientation: only that it took place is kept, not which step it was."""
        await self._record(talk, Utterance("", PRIVATE_LOG), Thought(()), None, began)
        replies = [self.book.word(key, _context(talk))]
        await self._said.add(talk.id, replies)
        return replies

    async def rate(self, conversation_id: str, token: str | None, message: int, face: str) -> None:
        """Keep what the person thought of a message. Raises as `say`."""
        talk = await self._admit(conversation_id, token)
        await asyncio.to_thread(self._log.rate, talk.id, message, face, datetime.now(UTC))

    async def _admit(self, conversation_id: str, token: str | None) -> StoredConversation:
        """Return the conversation for who holds its token; without one only in development."""
        talk = await asyncio.to_thread(self._log.find, conversation_id)
        if token is None and not self._dev:
            raise TokenMissing("no bearer token")
        if talk is None or (token is not None and not hmac.compare_digest(talk.token_hash, _hash(token))):
            raise ConversationNotFound("id or token")
        return talk

    async def _earlier(self, talk: StoredConversation, message_id: str | None) -> tuple[Reply, ...] | None:
        """Return what a message with this id was answered before, so that a retry changes nothing."""
        if message_id is None:
            return None
        if (talk.id, message_id) in self._answered:
            return self._answered[talk.id, message_id]
        stored = await asyncio.to_thread(self._log.replies_to, talk.id, message_id)
        return None if stored is None else tuple(Reply.from_dict(raw) for raw in stored)

    async def _understand(self, talk: StoredConversation, utterance: Utterance) -> Thought:
        """Ask Rasa; when it is silent, say so and offer what works without it."""
        step = step_of(utterance.for_rasa)
        try:
            if step is None:
                return await self._brain.think(talk.id, utterance.for_rasa, dict(talk.page))
            thought = await self._brain.think(talk.id, carrier_of(step), {**talk.page, "answer": step})
            return replace(thought, intent=step)
        except BrainUnavailable as error:
            logger.warning("brain unavailable", reason=str(error))
            return Thought((self._without_brain(talk, utterance),))

    def _without_brain(self, talk: StoredConversation, utterance: Utterance) -> Reply:
        """Return the fixed answer behind a button or a danger sign, or else the honest menu."""
        context = _context(talk)
        key = utterance.for_rasa.lstrip("/")
        answerable = utterance.for_rasa.startswith("/") and key in self.book.standard and self.book.standard[key].facts
        if utterance.danger or answerable or step_of(utterance.for_rasa) not in (None, ORDINARY):
            return self.book.word(key, context)
        return self.book.word("storing/begrijpen", context)

    def _with_warning(self, talk: StoredConversation, utterance: Utterance, thought: Thought) -> tuple[Reply, ...]:
        """Put the request not to share a BSN before the replies, when there was one."""
        if not utterance.had_bsn:
            return thought.replies
        return (self.book.word("privacy/bsn", _context(talk), Wording()), *thought.replies)

    async def _record(
        self, talk: StoredConversation, utterance: Utterance, thought: Thought, message_id: str | None, began: float
    ) -> None:
        """Keep the masked turn; a full or locked database must not take the answer away from the person."""
        if message_id is not None:
            self._answered[talk.id, message_id] = thought.replies
            while len(self._answered) > REMEMBERED:
                self._answered.popitem(last=False)
        known = self._private_words.of(talk.id)
        turn = TurnRecord(
            conversation_id=talk.id,
            client_message_id=message_id,
            at=datetime.now(UTC),
            said=utterance.for_the_log,
            intent=utterance.danger or thought.intent,
            confidence=thought.confidence,
            answers=[reply.answer for reply in thought.replies if reply.answer],
            replies=[_masked(reply, known) for reply in thought.replies] if message_id else None,
            milliseconds=round((time.perf_counter() - began) * 1000),
            danger=utterance.danger,
            guesses=[[name, round(chance, 4)] for name, chance in thought.guesses] or None,
            messages=len(thought.replies) if thought.intent == WITH_STAFF else max(1, len(thought.replies)),
        )
        try:
            await asyncio.to_thread(self._log.record, turn)
        except DatabaseUnavailable:
            logger.error("turn not recorded", reason="database unavailable")


def _context(talk: StoredConversation) -> TalkContext:
    return TalkContext(talk.municipality, talk.role, talk.channel)  # type: ignore[arg-type]  # checked at the door


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _masked(reply: Reply, known: frozenset[str]) -> dict[str, Any]:
    raw = reply.to_dict()
    raw["extra"].pop("private", None)
    return raw | {name: mask(without_code(raw[name]), known) for name in ("text", "spoken")}
