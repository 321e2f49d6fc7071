"""A spoken talk on the page: what is heard becomes a message, what is answered becomes sound.

Every spoken sentence is also sent as text and every choice as a button; sound is kept nowhere.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.answers import Wording
from assistant.core.context import TalkContext
from assistant.core.reply import Reply
from assistant.errors import MeedoenError
from assistant.voice.browser.messages import Change, Manner, Plain, Said, Send, Stopped
from assistant.voice.browser.out import Out
from assistant.voice.house import VoiceHouse
from assistant.voice.listen import Recogniser
from assistant.voice.speak import FASTEST, SLOWEST
from assistant.voice.talk import Ear, EarEvent, Final, Order, Partial, order_in
from assistant.voice.talk.doubt import Doubt
from assistant.voice.talk.orders import FASTER, SLOWER
from assistant.voice.turns import Say, SpeechBegan, StopPlaying, TurnEnded, TurnTaker
from assistant.voice.turns.voice_activity import FRAME_BYTES

SPOKEN = TalkContext(channel="voice")


@dataclass
class Person:
    """Who speaks: the conversation, its secret, and how they want to talk."""

    conversation_id: str
    token: str | None
    manner: Manner


class BrowserTalk:
    """One open microphone. `sound` and `take` are called one at a time; answers run beside them."""

    def __init__(
        self,
        house: VoiceHouse,
        person: Person,
        recogniser: Recogniser,
        tell: Callable[[dict[str, Any]], Awaitable[None]],
        send_sound: Callable[[bytes], Awaitable[None]],
    ) -> None:
        self._house, self._person, self._tell = house, person, tell
        self._can_be_free = recogniser.kind == "streaming"
        turn = TurnTaker(self._allowed(person.manner).pace, needs_time=person.manner.more_time)
        self._ear = Ear(turn, recogniser, house.phrases)
        self._out = Out(house.read_aloud.open_speaker, tell, send_sound)
        self._doubt = Doubt()
        self._sound = bytearray()
        self._answering: asyncio.Task[None] | None = None
        self._warming: asyncio.Task[None] | None = None
        self._recogniser = recogniser.name

    async def begin(self) -> None:
        """Say what can be done here; meanwhile the voice is made ready, so that the first answer need not wait."""
        self._warming = asyncio.create_task(asyncio.to_thread(self._warm))
        self._wait()
        await self._tell({"type": "ready", "recogniser": self._recogniser, "hands_free": self._can_be_free})

    def _warm(self) -> None:
        try:
            self._house.read_aloud.open_speaker()
        except MeedoenError:
            return  # said when there is something to say

    async def end(self) -> None:
        """Let go: no sound, no answer is waited for."""
        for task in (self._answering, self._out.task):
            if task is not None:
                task.cancel()

    # --- what comes in ---

    async def sound(self, pcm: bytes) -> None:
        """Take sound of the microphone: one hop to a thread for each frame of the ear, as soon as it is whole."""
        self._sound += pcm
        if len(self._sound) >= FRAME_BYTES:
            await self._hear(len(self._sound) // FRAME_BYTES * FRAME_BYTES)

    async def _hear(self, size: int) -> None:
        """Hear the first bytes of what came in and was not heard yet."""
        pcm, self._sound = bytes(self._sound[:size]), self._sound[size:]
        await self._follow(await asyncio.to_thread(self._ear.hear, pcm))

    async def take(self, message: Said) -> None:
        """Take a message of the page."""
        match message:
            case Change():
                self._change(message.manner)
            case Send():
                await self._answer(message.text, message.id)
            case Stopped():
                self._out.was_heard(message.seconds)
            case Plain():
                await self._plain(message.type)

    async def _plain(self, what: str) -> None:
        match what:
            case "press":
                await self._hear(len(self._sound))
                await self._follow(await asyncio.to_thread(self._ear.press))
            case "release":
                await self._hear(len(self._sound))
                await self._follow(await asyncio.to_thread(self._ear.release))
            case "cancel":
                self._ear.forget()
                await self._hush()
            case "played":
                self._wait()
            case "again":
                await self._obey(Order.REPEAT)

    async def _follow(self, events: Sequence[EarEvent]) -> None:
        for event in events:
            match event:
                case Partial():
                    await self._tell({"type": "partial", "text": event.text})
                case SpeechBegan():
                    await self._tell({"type": "speech_start"})
                case StopPlaying():
                    await self._out.stop(event.heard_seconds)
                case TurnEnded():
                    await self._tell({"type": "thinking"})
                case Final():
                    await self._understood(event)
                case Say():
                    await self._say_words(event.prompt.value)

    # --- what was understood ---

    async def _understood(self, final: Final) -> None:
        if not final.text:
            await self._final(final, "", sure=False)
            return self._wait()
        if self._doubt.text and (yes := self._doubt.answer(final.text)) is not None:
            return await self._settle(yes)
        if (order := order_in(final.text)) and order is not Order.PERSON:
            return await self._obey(order)
        if final.is_sure:
            message_id = secrets.token_hex(12)
            await self._final(final, message_id, sure=True)
            return await self._answer(final.text, message_id)
        await self._final(final, secrets.token_hex(12), sure=False)
        if not self._person.manner.hands_free:
            return self._wait()  # the page shows the words, to be put right and sent
        self._doubt = Doubt(final.text)
        return await self._say_words("stem/klopt_dat", gehoord=final.text)

    async def _settle(self, yes: bool) -> None:
        """Somebody said whether we had heard well."""
        text, self._doubt = self._doubt.text, Doubt()
        if not yes:
            return await self._say_words("stem/zeg_opnieuw")
        message_id = secrets.token_hex(12)
        await self._final(Final(text, 1.0), message_id, sure=True)
        return await self._answer(text, message_id)

    async def _final(self, final: Final, message_id: str, *, sure: bool) -> None:
        message = {"type": "final", "text": final.text, "confidence": final.confidence, "sure": sure, "id": message_id}
        await self._tell(message)

    async def _obey(self, order: Order) -> None:
        """Do what the voice does itself."""
        manner = self._person.manner
        if order in (Order.SLOWER, Order.FASTER):
            rate = manner.rate * (SLOWER if order is Order.SLOWER else FASTER)
            self._person.manner = manner = manner.model_copy(update={"rate": min(FASTEST, max(SLOWEST, rate))})
        await self._tell({"type": "order", "order": order.value, "rate": round(manner.rate, 2)})
        if order is Order.KEYS or not self._out.last:
            return await self._say_words("stem/toetsen")
        said = self._out.rest() if order is Order.GO_ON else self._out.last
        return self._speak(said)

    # --- answers ---

    async def _answer(self, text: str, message_id: str) -> None:
        self._doubt = Doubt()
        await self._hush()
        if self._answering is not None and not self._answering.done():
            await self._answering
        self._answering = asyncio.create_task(self._converse(text, message_id))

    async def _converse(self, text: str, message_id: str) -> None:
        person = self._person
        try:
            await self._house.limits.message(person.conversation_id)
            replies = await self._house.conversations.say(person.conversation_id, person.token, text, message_id)
        except MeedoenError as error:
            await self._tell({"type": "error", "code": error.code, "text": self._house.sentence(error)})
            return self._wait()
        raw = [{name: value for name, value in reply.to_dict().items() if name != "extra"} for reply in replies]
        await self._tell({"type": "reply", "id": message_id, "text": text, "messages": raw})
        first = self._house.read_aloud.introduction(person.conversation_id)
        return self._speak([("", first), *_spoken(replies)], open_question=_asks(replies))

    async def _say_words(self, key: str, **values: str) -> None:
        """Say something of the voice's own; it is shown too."""
        text = self._house.conversations.book.word(key, SPOKEN, Wording(values)).spoken
        await self._tell({"type": "prompt", "text": text})
        self._speak([("", text)], again=False)

    def _speak(self, said: Sequence[tuple[str, str]], *, open_question: bool = False, again: bool = True) -> None:
        """Begin to sound; `said` has (number of the reply, words)."""
        said = [(number, text) for number, text in said if text.strip()]
        if not said:
            return self._wait()
        self._ear.turn.plays(self._ear.now, open_question=open_question)
        return self._out.begin(said, self._person.manner.rate, remember=again)

    async def _hush(self) -> None:
        await self._out.stop(None)
        self._wait()

    def _wait(self) -> None:
        """It is the person's turn."""
        turn = self._ear.turn
        if turn.phase.value not in ("hearing", "waiting"):
            turn.plays(self._ear.now)
            turn.played(self._ear.now)

    def _change(self, manner: Manner) -> None:
        self._person.manner = manner = self._allowed(manner)
        self._ear.turn.pace = manner.pace
        self._ear.turn.needs_time = manner.more_time
        self._wait()

    def _allowed(self, manner: Manner) -> Manner:
        """An engine that hears only whole sentences needs the button."""
        return manner if self._can_be_free else manner.model_copy(update={"hands_free": False})


def _spoken(replies: Sequence[Reply]) -> list[tuple[str, str]]:
    return [(str(at), reply.spoken or reply.text) for at, reply in enumerate(replies)]


def _asks(replies: Sequence[Reply]) -> bool:
    """Whether the last thing said is a question with no choices: who thinks gets more time."""
    return bool(replies) and not replies[-1].buttons and replies[-1].text.rstrip().endswith("?")
