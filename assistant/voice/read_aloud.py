"""Reading aloud what the assistant said in a conversation, and never anything else."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.answers import AnswerBook
from assistant.core.context import TalkContext
from assistant.core.reply import Reply
from assistant.voice.errors import TooMuchSpeech
from assistant.voice.speak import Speaker, Spoken, speaker

COMPUTER_SPEAKS = "stem/computer"
"""Key of the sentence that says that a computer speaks."""
AT_ONCE = 4
PER_MINUTE = 40
REMEMBERED = 2000
SPOKEN_BEFORE = -1
"""Stands for the number of a message when the first sound went over a voice connection."""


class ReadAloud:
    """Speaks messages; the first one that a conversation hears begins by saying that a computer speaks."""

    def __init__(self, open_speaker: Callable[[], Speaker], book: Callable[[], AnswerBook]) -> None:
        self._open, self._book = open_speaker, book
        self._first: OrderedDict[str, int] = OrderedDict()
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()
        self._room = asyncio.Semaphore(AT_ONCE)

    @classmethod
    def of(cls, models: Path, book: Callable[[], AnswerBook]) -> ReadAloud:
        """Read aloud with the voice of this machine, opened when somebody first listens."""
        return cls(lambda: speaker(models), book)

    async def speak(self, conversation_id: str, index: int, reply: Reply, rate: float) -> Spoken:
        """Return a reply as sound. Raises TooMuchSpeech or VoiceUnavailable."""
        self._count(conversation_id)
        first = self._disclosure() if self._is_first(conversation_id, index) else ""
        async with self._room:
            return await asyncio.to_thread(lambda: self._open().speak(reply.spoken or reply.text, rate, first))

    @property
    def open_speaker(self) -> Callable[[], Speaker]:
        """What opens the voice of this machine; blocking at first use."""
        return self._open

    def introduction(self, conversation_id: str) -> str:
        """Return the sentence that says that a computer speaks, when this conversation heard nothing yet; else ''."""
        if conversation_id in self._first:
            return ""
        self._is_first(conversation_id, SPOKEN_BEFORE)
        return self._disclosure()

    def _disclosure(self) -> str:
        return self._book().word(COMPUTER_SPEAKS, TalkContext(channel="voice")).text

    def _is_first(self, conversation_id: str, index: int) -> bool:
        """Whether this is what the conversation hears first; asked again, the same message sounds the same."""
        first = self._first.setdefault(conversation_id, index)
        _bound(self._first, conversation_id)
        return first == index

    def _count(self, conversation_id: str) -> None:
        now = time.monotonic()
        asked = self._asked.setdefault(conversation_id, deque())
        _bound(self._asked, conversation_id)
        while asked and asked[0] < now - 60:
            asked.popleft()
        if len(asked) >= PER_MINUTE:
            raise TooMuchSpeech(f"{PER_MINUTE} in a minute")
        asked.append(now)


def _bound(kept: OrderedDict[str, Any], newest: str) -> None:
    kept.move_to_end(newest)
    while len(kept) > REMEMBERED:
        kept.popitem(last=False)
