"""The road of a message: the guard at the gate, danger, and what Rasa answers when asked what it heard."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from assistant.conversation.brain import RasaBrain
from assistant.conversation.danger import DangerSigns
from assistant.conversation.errors import BrainUnavailable, MessageEmpty, MessageTooLong
from assistant.conversation.guard import MAX_CHARACTERS, guard, without_code
from assistant.core.masking import mask
from assistant.voice.talk import order_in
from tests.fuzz.numbers_left import has_bsn
from tests.fuzz.register import ROOT

DANGER = DangerSigns.read(ROOT / "data/safety/signalen.yml")
BUTTONS = frozenset(["loon/wat_verdien_ik", "hulp"])
CODE = "MD-7KQ2-9XWP"


def at_the_gate(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    try:
        made = guard(text, BUTTONS, DANGER)
    except (MessageEmpty, MessageTooLong):
        return
    assert len(made.for_rasa) <= 2 * MAX_CHARACTERS
    assert made.for_rasa.isprintable(), "control characters go on"
    if made.danger:
        assert (made.for_rasa, made.for_the_log) == (f"/{made.danger}", f"[{made.danger}]"), "the words are kept"
    elif made.for_rasa.startswith("/"):
        assert made.for_rasa[1:] in BUTTONS, "a typed command"
    else:
        assert not has_bsn(made.for_rasa), "a citizen service number goes to Rasa"
        assert mask(made.for_the_log) == made.for_the_log, "the log holds what belongs to a person"
    assert not has_bsn(made.for_staff)


def code(data: bytes) -> None:
    text = data.decode("utf-8", "replace")[:400]
    try:
        made = guard(f"{text} {CODE} {text}", BUTTONS, DANGER)
    except (MessageEmpty, MessageTooLong):
        return
    assert CODE not in made.for_the_log, "who reads the log can open the form"
    assert CODE not in without_code(f"{text} {CODE} {text}")


def danger(data: bytes) -> None:
    """Capitals and white space change nothing, and a cry for help with something else behind it stays one."""
    text = data.decode("utf-8", "replace")
    route = DANGER.route(text)
    assert DANGER.route(f"  {text}\n") == route
    assert DANGER.route(" ".join(text.lower().split())) == route
    assert DANGER.route(f"overdosis. {text}"), "something behind it takes it away"
    order_in(text)


def heard(data: bytes) -> None:
    """Whatever Rasa answers, the person gets words or our own menu: nothing else leaves the brain."""
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError):
        return
    answers = raw if isinstance(raw, dict) else {"heard": raw, "say": raw}
    brain = _Played(answers)
    text = answers.get("text")
    try:
        asyncio.run(brain.think("1", text[:1000] if isinstance(text, str) and text else "wat verdien ik", {}))
    except BrainUnavailable:
        return
    assert all(isinstance(body["message"], str) and body["message"] for body in brain.said)


class _Played(RasaBrain):
    """The real brain, with what the other side answers from a case."""

    def __init__(self, answers: dict[str, Any]) -> None:
        super().__init__("http://127.0.0.1:1", 5.0, str)
        self._answers = answers
        self.said: list[dict[str, Any]] = []

    async def _ask(self, what: str, body: dict[str, Any]) -> Any:
        if what == "say":
            self.said.append(body)
        return self._answers.get(what)
