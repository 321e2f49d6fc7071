"""Step three of the road: is a member of staff in the talk, or wanted in it?

Before the assistant thinks: a message to a member of staff is delivered and the assistant is silent, but for a safety
text. After it has thought: where it would only have named the telephone, it offers the queue when somebody is there.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import structlog

from assistant.answers import AnswerBook, Library, Wording
from assistant.conversation.asked_last import QUESTION, asked_last
from assistant.conversation.brain import Thought
from assistant.conversation.errors import BrainUnavailable
from assistant.conversation.guard import Utterance
from assistant.conversation.in_short import in_short
from assistant.conversation.staff_side import StaffSide
from assistant.core.context import TalkContext
from assistant.core.masking import mask
from assistant.core.reply import Reply
from assistant.core.scope import NATIONAL
from assistant.database import Database, DatabaseUnavailable
from assistant.handover import HandoverDesk, HandoverNotPossible, HandoverView, State
from assistant.review import StoredConversation
from assistant.review.outcome import WITH_STAFF
from assistant.review.told import told

logger = structlog.get_logger(__name__)
ASKS, PREFIX, CALL_ASKED = "mens_spreken", "/mens/", "terugbellen/gelukt"
_YES = re.compile(
    r"(ja|oke?|prima|(is )?goed|stuur|doe)(,? (ja|hoor|graag|maar|prima|dat|mag|is|goed|doe|stuur))*\W*", re.IGNORECASE
)
_NO = re.compile(r"(nee|niet|liever niet)(,? (hoor|liever|niet|doen|dank|je|u|bedankt|toch|maar))*\W*", re.IGNORECASE)
Slots = Callable[[str], Awaitable[dict[str, Any]]]


@dataclass(frozen=True)
class HumanStep:
    """The take-over as the person meets it."""

    desk: HandoverDesk
    staff: StaffSide
    database: Database
    library: Library
    slots: Slots
    """What the person has filled in so far in this conversation, from whatever keeps it."""

    async def human(self, conversation_id: str) -> dict[str, Any]:
        """Return who has the talk, in the form of the chat API."""
        return human_of(*await asyncio.to_thread(self._running_and_place, conversation_id))

    async def before(
        self, talk: StoredConversation, utterance: Utterance, message_id: str | None, running: HandoverView | None
    ) -> Thought | None:
        """Take a message that is not for the assistant; None when it is. `running` is the hand-over as it is now."""
        step = _step(running.state if running else None, utterance)
        if step:
            return await asyncio.to_thread(self._do, talk, running, step)
        if running and running.with_staff:
            return await asyncio.to_thread(self._deliver, talk, utterance, message_id)
        return None

    async def after(self, talk: StoredConversation, utterance: Utterance, thought: Thought) -> Thought:
        """Offer a member of staff where the assistant would only have named the telephone."""
        keys = [reply.answer for reply in thought.replies]
        if CALL_ASKED in keys:
            await asyncio.to_thread(self._rings_back, talk.id)
        if utterance.danger or ASKS not in keys or talk.channel != "web":
            return thought
        try:
            offer = await self._offer(talk)
        except DatabaseUnavailable:
            logger.error("no hand-over offered", reason="database unavailable")
            return thought
        if offer is None:
            return thought
        # Whoever is offered a choice is not asked something else as well; the question comes back afterwards.
        others = [one for one in thought.replies if one.answer != ASKS and not (one.answer or "").startswith(QUESTION)]
        return replace(thought, replies=(*others, offer))

    async def _offer(self, talk: StoredConversation) -> Reply | None:
        running = await asyncio.to_thread(self.desk.running, talk.id)
        if running and running.state == State.WACHT:
            return await asyncio.to_thread(self._wait_word, talk, "mens/wacht_al")
        if not await asyncio.to_thread(self.staff.reachable, talk.municipality):
            return None
        try:
            slots = await self.slots(talk.id)
        except BrainUnavailable:
            slots = {}
        return await asyncio.to_thread(self._ask, talk, slots)

    def _ask(self, talk: StoredConversation, slots: dict[str, Any]) -> Reply | None:
        summary = in_short(told(self.database, talk.id), slots, self._book, _context(talk))
        try:
            self.desk.ask(talk.id, talk.municipality or NATIONAL, summary, datetime.now(UTC))
        except HandoverNotPossible:
            return None
        values = {"wens": summary.wish, "gedaan": summary.tried, "openstaand": summary.open}
        return self._word(talk, "mens/samenvatting", **values)

    def _do(self, talk: StoredConversation, running: HandoverView | None, step: str) -> Thought:
        """Carry out a choice that the person made."""
        now = datetime.now(UTC)
        choose = self._choices.get(step)
        try:
            reply = choose(self, talk, running, now) if choose else self._word(talk, "mens/te_laat")
        except HandoverNotPossible:
            reply = self._word(talk, "mens/te_laat")
        question = asked_last(told(self.database, talk.id)) if step in ("niet", "stop") else None
        return Thought((reply, question) if question else (reply,), intent=f"mens/{step}", confidence=1.0)

    def _send(self, talk: StoredConversation, share: bool, now: datetime) -> Reply:
        self.desk.send(talk.id, share=share, now=now)
        return self._wait_word(talk, "mens/stuur" if share else "mens/zonder")

    def _stop(self, talk: StoredConversation, key: str, now: datetime) -> Reply:
        self.desk.stop(talk.id, now)
        return self._word(talk, key)

    def _allow(self, talk: StoredConversation, running: HandoverView | None, now: datetime) -> Reply:
        if running is None or running.forward is None:
            raise HandoverNotPossible("nothing to forward")
        reference = f"D-{now:%Y}-{running.id:05d}"
        reply = self._word(talk, "mens/door", organisatie=running.forward["organisation"], nummer=reference)
        self.desk.consent(talk.id, reference, now, ())
        return reply

    def _refuse(self, talk: StoredConversation, now: datetime) -> Reply:
        self.desk.refuse(talk.id, now)
        return self._word(talk, "mens/niet_door")

    _choices = {  # noqa: RUF012  a table, never changed
        "stuur": lambda self, talk, running, now: self._send(talk, True, now),
        "zonder": lambda self, talk, running, now: self._send(talk, False, now),
        "niet": lambda self, talk, running, now: self._stop(talk, "mens/niet", now),
        "stop": lambda self, talk, running, now: self._stop(talk, "mens/stop", now),
        "door": lambda self, talk, running, now: self._allow(talk, running, now),
        "niet_door": lambda self, talk, running, now: self._refuse(talk, now),
    }

    def _deliver(self, talk: StoredConversation, utterance: Utterance, message_id: str | None) -> Thought | None:
        """Give a message to the member of staff; a sign of danger is answered at once as well."""
        replies = (self._word(talk, utterance.danger),) if utterance.danger else ()
        title = self._book.title(utterance.for_rasa[1:]) if not utterance.for_staff else ""
        text = utterance.for_staff or f"[knop: {title or utterance.for_rasa[1:]}]"
        masked = utterance.for_the_log if utterance.danger else mask(text)
        answer = replies[0].text if replies else ""
        if not self.desk.person_says(talk.id, text, masked, message_id, datetime.now(UTC), answer):
            return None
        return Thought(replies, intent=WITH_STAFF, confidence=1.0)

    def _rings_back(self, conversation_id: str) -> None:
        try:
            self.desk.rings_back(conversation_id, datetime.now(UTC))
        except (HandoverNotPossible, DatabaseUnavailable):
            logger.info("call asked outside the queue")

    def _running_and_place(self, conversation_id: str) -> tuple[HandoverView | None, int]:
        running = self.desk.running(conversation_id)
        waits = running is not None and running.state == State.WACHT
        return running, self.desk.queue.place_of(conversation_id) if waits else 0

    def _wait_word(self, talk: StoredConversation, key: str) -> Reply:
        ahead = self.desk.queue.place_of(talk.id) - 1
        row = "mens/rij_eerste" if ahead < 1 else "mens/rij_een" if ahead == 1 else "mens/rij"
        return self._word(talk, key, rij=self._word(talk, row, aantal=str(ahead)).text)

    def _word(self, talk: StoredConversation, key: str, **values: str) -> Reply:
        return self._book.word(key, _context(talk), Wording(values))

    @property
    def _book(self) -> AnswerBook:
        return self.library.book


def human_of(running: HandoverView | None, place: int) -> dict[str, Any]:
    """Return who has the talk as the chat API says it: `none`, `waiting` with a place, or `here` with a name."""
    if running and running.with_staff:
        return {"state": "here", "name": running.staff_name or ""}
    if running and running.state == State.WACHT:
        return {"state": "waiting", "place": max(1, place)}
    return {"state": "none"}


def _step(state: State | None, utterance: Utterance) -> str | None:
    """Return the choice that a button of ours stands for, or a plain yes or no to the summary; else None.

    Only a button lets a talk go to another organisation: a yes in that state may be said to the member of staff.
    """
    if utterance.for_rasa.startswith(PREFIX):
        return utterance.for_rasa.removeprefix(PREFIX)
    if state != State.SAMENVATTING or utterance.danger:
        return None
    if _YES.fullmatch(utterance.for_rasa):
        return "stuur"
    return "niet" if _NO.fullmatch(utterance.for_rasa) else None


def _context(talk: StoredConversation) -> TalkContext:
    return TalkContext(talk.municipality, talk.role, talk.channel, "a2")  # type: ignore[arg-type]  # checked at the door
