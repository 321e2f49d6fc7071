"""Who somebody is, remembered for as long as the talk is in mind, so that it is not kept anywhere else.

A name that was told once is masked in every later line of the log and in our own replies there. When a talk held
something personal and no form needs it any more, Rasa's memory of the talk is cleaned.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace

import structlog

from assistant.conversation.guard import Utterance, without_code
from assistant.core.masking import mask, personal, with_parts
from assistant.core.reply import Reply

logger = structlog.get_logger(__name__)
NAME_ASKED = ("vraag/naam", "nodig/naam", "vraag/aanmelden_werkgever/naam", "vraag/terugbellen/naam")
ASKS = ("vraag/", "nodig/", "uitleg/")
"""Answers with which a form goes on."""
Clean = Callable[[str, frozenset[str]], int | None]
"""Cleans Rasa's memory of a talk, also of the names that were told in it; None when a form still needs it."""


class PrivateWords:
    """What is personal in the newest talks, in memory only."""

    def __init__(self, clean: Clean | None = None, talks: int = 2000) -> None:
        self._names: OrderedDict[str, frozenset[str]] = OrderedDict()
        self._clean, self._talks = clean, talks
        self._asked: set[str] = set()
        """Talks in which the last question was for a name."""
        self._cleaning: set[asyncio.Task[None]] = set()

    def of(self, talk: str) -> frozenset[str]:
        """Return the names that were told in this talk."""
        return self._names.get(talk, frozenset())

    def hide(self, talk: str, utterance: Utterance) -> Utterance:
        """Return the message with what this talk knows masked in the line for the log; remembers new names.

        After the question for a name, the answer is one.
        """
        if utterance.danger or utterance.for_rasa.startswith("/"):
            return utterance
        asked = talk in self._asked
        found = personal(utterance.for_rasa, self.of(talk), name_asked=asked)
        if not found and talk not in self._names:
            return utterance
        names = {utterance.for_rasa[span.start : span.end] for span in found if span.kind == "naam"}
        self._remember(talk, names)
        words = without_code(utterance.for_rasa)
        return replace(utterance, for_the_log=mask(words, self.of(talk), name_asked=asked))

    def learn(self, talk: str, replies: Sequence[Reply]) -> None:
        """Remember who our own replies name: somebody who looks up a registration did not tell that name here."""
        names = {str(name) for reply in replies for name in reply.extra.get("private") or ()}
        if names:
            self._remember(talk, names)

    def tidy(self, talk: str, replies: Sequence[Reply]) -> None:
        """Note what was asked; let Rasa forget who somebody is, after the answer went out, once no form asks on."""
        keys = [str(reply.answer) for reply in replies]
        self._asked.discard(talk)
        if any(key.startswith(NAME_ASKED) for key in keys):
            self._asked.add(talk)
            self._remember(talk, set())
        if self._clean is None or talk not in self._names or any(key.startswith(ASKS) for key in keys):
            return
        task = asyncio.get_running_loop().create_task(self._tidy(talk))
        self._cleaning.add(task)
        task.add_done_callback(self._cleaning.discard)

    async def _tidy(self, talk: str) -> None:
        assert self._clean is not None
        try:
            await asyncio.to_thread(self._clean, talk, self.of(talk))
        except Exception as error:  # whatever it is, the hourly run tries again
            logger.warning("memory of a talk not cleaned", reason=type(error).__name__)

    def _remember(self, talk: str, names: set[str]) -> None:
        self._names[talk] = self.of(talk) | with_parts(names)
        self._names.move_to_end(talk)
        while len(self._names) > self._talks:
            self._asked.discard(self._names.popitem(last=False)[0])
