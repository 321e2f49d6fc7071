"""The road of a message, in one place. Text and speech take the same one."""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import structlog

from assistant.answers import AnswerBook, Library, Wording
from assistant.conversation.admission import Admission, Here, hashed, nobody
from assistant.conversation.brain import Brain, Thought
from assistant.conversation.danger import DangerSigns
from assistant.conversation.errors import BrainUnavailable, MunicipalityUnknown
from assistant.conversation.guard import Utterance, guard
from assistant.conversation.human import PREFIX, HumanStep
from assistant.conversation.one_at_a_time import OneAtATime, Turns
from assistant.conversation.private_words import Clean, PrivateWords
from assistant.conversation.recording import Recording
from assistant.conversation.said import Memory, Said
from assistant.conversation.steps import ORDINARY, PRIVATE_LOG, carrier_of, is_private, step_of
from assistant.core.context import TalkContext
from assistant.core.reply import Reply
from assistant.handover import running_in
from assistant.review import ConversationLog, KeptTurn, NewConversation, StoredConversation
from assistant.review.outcome import WITH_STAFF

logger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Started:
    """A new conversation: its id, the secret that opens it, and the first words."""

    id: str
    token: str
    replies: tuple[Reply, ...]


@dataclass(frozen=True)
class Answered:
    """What a message was answered, and who has the talk after it, in the form of the chat API."""

    replies: tuple[Reply, ...]
    human: dict[str, Any]


NOBODY: dict[str, Any] = {"state": "none"}


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
        self._brain, self._library, self._log, self._danger = brain, library, log, danger
        self._door = Admission(log, dev, running_in if people else nobody)
        self._recording = Recording(log)
        self._turns: Turns = turns or OneAtATime()
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
        new = NewConversation(conversation_id, hashed(token), *place, now, greeting=len(replies))
        await asyncio.to_thread(self._log.start, new)
        await self._said.begin(conversation_id, replies)
        return Started(conversation_id, token, replies)

    async def say(self, conversation_id: str, token: str | None, text: str, message_id: str | None) -> list[Reply]:
        """Return the replies to one message. Raises as `answer`."""
        return list((await self.answer(conversation_id, token, text, message_id)).replies)

    async def answer(self, conversation_id: str, token: str | None, text: str, message_id: str | None) -> Answered:
        """Answer one message: admit, guard, human?, understand and decide, record, reply.

        Wording and acting happen inside the fourth step: Rasa calls `/webhook` (actions) and `/nlg` (answers).
        Raises a ConversationError or DatabaseUnavailable; a silent Rasa gives an honest menu instead.
        """
        async with self._turns.of(conversation_id):
            arrival = await self._door.arrive(conversation_id, token, message_id)
            if (earlier := self._recording.earlier(arrival, message_id)) is not None:
                return Answered(earlier, await self._human_after(arrival, None))
            return await self._answer(arrival, text, message_id)

    async def _answer(self, arrival: Here, text: str, message_id: str | None) -> Answered:
        talk, began = arrival.talk, time.perf_counter()
        utterance = self._private_words.hide(talk.id, guard(text, self.book.buttons, self._danger))
        if is_private(step := step_of(utterance.for_rasa), self.book):
            return await self._private(arrival, str(step), began)
        thought = await self._think(arrival, utterance, message_id)
        replies = self._with_warning(talk, utterance, thought)
        await self._said.add(talk.id, replies)
        self._private_words.learn(talk.id, replies)
        known = self._private_words.of(talk.id)
        await self._recording.keep(talk.id, utterance, replace(thought, replies=replies), message_id, began, known)
        self._private_words.tidy(talk.id, replies)
        return Answered(replies, await self._human_after(arrival, thought))

    async def said(self, conversation_id: str, token: str | None, index: int) -> Reply | None:
        """Return what the assistant said as number `index` (from 0, the welcome counts), None when not remembered."""
        talk = await self._door.admit(conversation_id, token)
        return await self._said.find(talk.id, index)

    async def kept(self, conversation_id: str, token: str | None) -> tuple[TalkContext, int, list[KeptTurn]]:
        """Return the page of a talk, with how many messages it began, and its masked turns. Raises as `say`."""
        talk = await self._door.admit(conversation_id, token)
        return _context(talk), *await asyncio.to_thread(self._log.kept, talk.id)

    async def human(self, conversation_id: str, token: str | None) -> dict[str, Any]:
        """Return who has the talk: `state` is none, waiting (with `place`) or here (with `name`). Raises as `say`."""
        talk = await self._door.admit(conversation_id, token)
        return await self._people.human(talk.id) if self._people else NOBODY

    async def _human_after(self, arrival: Here, thought: Thought | None) -> dict[str, Any]:
        """Return who has the talk after a message; asked anew only when somebody had it or was asked for."""
        if self._people is None or (arrival.beside is None and thought is not None and not _to_staff(thought)):
            return NOBODY
        return await self._people.human(arrival.talk.id)

    async def _think(self, arrival: Here, utterance: Utterance, message_id: str | None) -> Thought:
        """Let a member of staff have the message when one has the talk, else the assistant."""
        talk = arrival.talk
        if self._people is None:
            return await self._understand(talk, utterance)
        taken = await self._people.before(talk, utterance, message_id, arrival.beside)
        if taken is not None:
            return taken
        return await self._people.after(talk, utterance, await self._understand(talk, utterance))

    async def _private(self, arrival: Here, key: str, began: float) -> Answered:
        """Answer a step of the orientation: only that it took place is kept, not which step it was."""
        talk, nothing = arrival.talk, Thought(())
        await self._recording.keep(talk.id, Utterance("", PRIVATE_LOG), nothing, None, began)
        replies = (self.book.word(key, _context(talk)),)
        await self._said.add(talk.id, replies)
        return Answered(replies, await self._human_after(arrival, nothing))

    async def rate(self, conversation_id: str, token: str | None, message: int, face: str) -> None:
        """Keep what the person thought of a message. Raises as `say`."""
        talk = await self._door.admit(conversation_id, token)
        await asyncio.to_thread(self._log.rate, talk.id, message, face, datetime.now(UTC))

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


def _context(talk: StoredConversation) -> TalkContext:
    return TalkContext(talk.municipality, talk.role, talk.channel)  # type: ignore[arg-type]  # checked at the door


def _to_staff(thought: Thought) -> bool:
    """Whether this was a step towards a member of staff, or words to one."""
    return thought.intent == WITH_STAFF or thought.intent.startswith(PREFIX[1:])
