"""A call from ringing to its end: joins the wire, the ear, the mouth, the decisions of `Call` and the conversation.

Everything that happens goes through one inbox and is handled one at a time, so nothing needs a lock.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import secrets
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog

from assistant.answers.opening_hours import AMSTERDAM
from assistant.conversation.converse import Started
from assistant.conversation.errors import MunicipalityUnknown
from assistant.core.context import TalkContext
from assistant.core.reply import Reply
from assistant.errors import MeedoenError
from assistant.voice.house import VoiceHouse
from assistant.voice.talk import Ear, EarEvent, Final
from assistant.voice.telephone.acts import Act, HangUp, Hush, Speak, Tell, Transfer
from assistant.voice.telephone.call import Call
from assistant.voice.telephone.calls import Ended, Known
from assistant.voice.telephone.clock import LIFE, Clock
from assistant.voice.telephone.g711 import to_16k
from assistant.voice.telephone.player import Player
from assistant.voice.telephone.wire import Key, Ringing, Sound, Wire, WireBroken, WireEvent
from assistant.voice.telephone.words import BookWords
from assistant.voice.turns import Pace, Phase, Say, StopPlaying, TurnTaker
from assistant.voice.turns.voice_activity import FRAME_BYTES

logger = structlog.get_logger(__name__)
LONGEST_SECONDS = 1800.0
PULSE_SECONDS = 0.5
"""Exchanges that save silence send nothing while nobody speaks; time goes on all the same."""
GIVE_UP_SECONDS = 20.0
"""After the last prompt into silence."""
Now = Callable[[], dt.datetime]


@dataclass(frozen=True)
class Answered:
    """The house answered."""

    replies: tuple[Reply, ...]


@dataclass(frozen=True)
class Failed:
    """The house could not answer; `key` says so to people."""

    key: str


@dataclass(frozen=True)
class Silent:
    """All was said."""


@dataclass(frozen=True)
class MayInterrupt:
    """What had to be heard was heard."""


@dataclass(frozen=True)
class Gone:
    """The caller is gone."""


Inner = Answered | Failed | Silent | MayInterrupt


class Line:
    """One call."""

    def __init__(
        self,
        house: VoiceHouse,
        wire: Wire,
        known: Known,
        now: Now = lambda: dt.datetime.now(AMSTERDAM),
        clock: Clock = LIFE,
    ) -> None:
        self._house, self._wire, self._now, self._clock = house, wire, now, clock
        recogniser = house.engines.recogniser_or_none()
        self._place = known.municipality if known.municipality in house.conversations.book.municipalities else None
        self._ear = Ear(TurnTaker(Pace.phone()), recogniser, house.phrases)
        words = BookWords(lambda: house.conversations.book, self._place)
        self.call = Call(words, recogniser is not None, known.caller, self._somebody_there)
        self.player = Player(wire, house.read_aloud.open_speaker, self._begins, partial(self._put, Silent()), clock)
        self._inbox: asyncio.Queue[WireEvent | Inner | Gone] = asyncio.Queue(maxsize=500)
        self._started: Started | None = None
        self._last_act: Transfer | HangUp | None = None
        self._sound = bytearray()
        self._later: list[Key] = []
        self._is_asking = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._sound_at = self._closed_at = 0.0

    @property
    def conversation_id(self) -> str:
        """Id of the conversation, empty before the call began."""
        return self._started.id if self._started else ""

    async def run(self, events: asyncio.Queue[WireEvent | None]) -> Ended:
        """Talk until one side ends it; returns what the exchange should do next."""
        began = self._clock.now()
        await asyncio.to_thread(self._house.read_aloud.open_speaker)
        self._started = await self._start()
        self._task(self._carry(events))
        self._task(self._pulse())
        try:
            await self._do(self.call.begin())
            while self._clock.now() - began < LONGEST_SECONDS:
                event = await self._inbox.get()
                if isinstance(event, Gone):
                    return Ended.READY
                await self._take(event)
                if self._last_act is not None and not self.player.speaks:
                    return Ended.PERSON if isinstance(self._last_act, Transfer) else Ended.READY
            return Ended.READY
        finally:
            await self.player.hush()
            for task in self._tasks:
                task.cancel()

    # --- what happens ---

    async def _take(self, event: WireEvent | Inner) -> None:
        match event:
            case Sound():
                await self._hear(event)
            case Key():
                await self._key(event)
            case Answered():
                self._is_asking = False
                await self._do(self.call.answered(list(event.replies)))
                await self._keys_that_waited()
            case Failed():
                self._is_asking = False
                await self._do([Speak(self.call.words(event.key))])
            case Silent():
                await self._silent()
            case MayInterrupt():
                await self._keys_that_waited()

    async def _key(self, key: Key) -> None:
        """A key interrupts everything but what must be heard. It waits for that, and for the house: who knows the way
        may press ahead, and a key means what it meant after the last answer."""
        if self._is_asking or (self.player.now is not None and self.player.now.protected):
            self._later.append(key)
            return
        self._ear.key()
        await self._do(self.call.key(key.key))

    async def _silent(self) -> None:
        self._ear.turn.played(self._ear.now)
        self._closed_at = self._clock.now()
        await self._keys_that_waited()

    async def _hear(self, sound: Sound) -> None:
        self._sound_at = self._clock.now()
        self._sound += to_16k(sound.pcm, sound.rate_hertz)
        if len(self._sound) < FRAME_BYTES:
            return
        pcm, self._sound = bytes(self._sound), bytearray()
        await self._follow(await asyncio.to_thread(self._ear.hear, pcm))
        closed = self._ear.turn.phase is Phase.CLOSED and self._clock.now() - self._closed_at > GIVE_UP_SECONDS
        if closed and self._last_act is None:
            await self._do(self.call.goodbye())

    async def _follow(self, events: Sequence[EarEvent]) -> None:
        for event in events:
            match event:
                case StopPlaying():
                    await self.player.hush()
                case Final() if self.call.listens:
                    await self._do([Hush(), *self.call.heard(event)])
                case Say():
                    await self._do(self.call.silence(event.prompt.value))

    async def _do(self, acts: list[Act]) -> None:
        """Do what was decided, in order."""
        self.player.rate = self.call.rate
        for act in acts:
            match act:
                case Hush():
                    await self.player.hush()
                case Speak():
                    self.player.say([act])
                case Tell():
                    self._is_asking = True
                    self._task(self._converse(act.text))
                case Transfer() | HangUp():
                    self._last_act = act
        waiting = any(isinstance(act, Tell) for act in acts)
        if not self.player.speaks and not waiting and self._last_act is None:
            self._ear.turn.plays(self._ear.now)
            self._ear.turn.played(self._ear.now)

    # --- the house ---

    async def _start(self) -> Started:
        talks = self._house.conversations
        try:
            return await talks.start(TalkContext(self._place, channel="phone"))
        except MunicipalityUnknown:
            return await talks.start(TalkContext(None, channel="phone"))

    async def _converse(self, text: str) -> None:
        assert self._started is not None
        try:
            await self._house.limits.message(self._started.id)
            message_id = secrets.token_hex(12)
            replies = await self._house.conversations.say(self._started.id, self._started.token, text, message_id)
            await self._put(Answered(tuple(replies)))
        except MeedoenError as error:
            logger.warning("call not answered", code=error.code)
            await self._put(Failed("telefoon/storing"))

    def _somebody_there(self) -> bool:
        """Whether the municipality says that somebody is there now."""
        book = self._house.conversations.book
        hours = book.municipalities[self._place].hours if self._place else None
        return hours is not None and hours.until(self._now()) is not None

    # --- inside ---

    def _begins(self, speak: Speak) -> None:
        self._ear.turn.plays(self._ear.now, open_question=speak.open_question, protected=speak.protected)
        if self._later and not speak.protected:
            self._task(self._put(MayInterrupt()))

    async def _keys_that_waited(self) -> None:
        """Take what was pressed too early, in order; what must wait again goes back to the row."""
        later, self._later = self._later, []
        for key in later:
            await self._key(key)

    async def _put(self, event: Inner) -> None:
        await self._inbox.put(event)

    async def _carry(self, events: asyncio.Queue[WireEvent | None]) -> None:
        while (event := await events.get()) is not None:
            if not isinstance(event, Ringing):
                await self._inbox.put(event)
        await self._inbox.put(Gone())

    async def _pulse(self) -> None:
        while True:
            await self._clock.sleep(PULSE_SECONDS)
            if self._clock.now() - self._sound_at > PULSE_SECONDS:
                await self._inbox.put(Sound(b"\0\0" * round(PULSE_SECONDS * 8000)))

    def _task(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def connected(wire: Wire, into: asyncio.Queue[WireEvent | None]) -> None:
    """Carry what comes in over a wire into a queue, and None when the caller is gone."""
    try:
        async for event in wire.events():
            await into.put(event)
    except (WireBroken, TimeoutError) as error:
        logger.warning("wire broken", reason=str(error))
    finally:
        await into.put(None)
