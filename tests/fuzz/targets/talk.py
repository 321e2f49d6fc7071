"""The road of a message: the guard at the gate, danger, what is said to Rasa, and what Rasa answers."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from assistant.conversation.brain import RasaBrain
from assistant.conversation.danger import DangerSigns
from assistant.conversation.decide import decide, texts_to_understand
from assistant.conversation.errors import BrainUnavailable, MessageEmpty, MessageTooLong
from assistant.conversation.guard import MAX_CHARACTERS, guard, without_code
from assistant.core.masking import mask
from assistant.voice.talk import order_in
from tests.fuzz.numbers_left import has_bsn
from tests.fuzz.register import ROOT

DANGER = DangerSigns.read(ROOT / "data/safety/signalen.yml")
BUTTONS = frozenset(["loon/wat_verdien_ik", "hulp"])
CODE = "MD-7KQ2-9XWP"
GUESSES = [{"name": "loon/wat_verdien_ik", "confidence": 0.5}, {"name": "werkplek_contact", "confidence": 0.3}]
ENTITIES = [{"entity": "gemeente", "value": "almere", "start": 0, "end": 2}, {"entity": "naam", "value": "jan"}]
_SHOWN = {"event": "bot", "data": {"custom": {"replies": [{"answer": "werkplek_zoeken/gevonden"}]}}}
_SUBJECT = {"event": "user", "timestamp": 1.0, "parse_data": {"intent": {"name": "loon/wat_verdien_ik"}}}
TALKS: tuple[dict[str, Any], ...] = (
    {},
    {"slots": {"gemeente": "steenwijkerland", "rol": "werkgever"}, "events": [_SUBJECT]},
    {"slots": {"zoekvraag": {"shown": ["W-0001"]}}, "events": [_SUBJECT, _SHOWN]},
    {"active_loop": {"name": "aanmelden_werkzoekende_form"}, "slots": {"requested_slot": "naam"}, "events": []},
)


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


def decided(data: bytes) -> None:
    """Whatever somebody types, in whatever talk, each thing that is said to Rasa is a button or words of theirs."""
    text = " ".join(data.decode("utf-8", "replace")[:1000].split()).lstrip("/ ") or "?"
    texts = texts_to_understand(text)
    assert texts and all(each.strip() for each in texts)
    for tracker in TALKS:
        parsed = [{"text": each, "intent_ranking": GUESSES, "entities": ENTITIES} for each in texts]
        for one in decide(parsed, tracker, {"municipality": "almere"}):
            assert one.message.text in texts or one.message.text.startswith("/")
            assert one.parsed is None or one.parsed["text"] == one.message.text


def answered(data: bytes) -> None:
    """Whatever Rasa answers, the person gets words or our own menu: nothing else leaves the brain."""
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError):
        return
    try:
        thought = asyncio.run(_Played(raw).think("1", "wat verdien ik", {}))
    except BrainUnavailable:
        return
    assert isinstance(thought.confidence, float) and all(isinstance(name, str) for name, _ in thought.guesses)


class _Played(RasaBrain):
    """The real brain, with what the other side answers from a case."""

    def __init__(self, answer: Any) -> None:
        super().__init__("http://127.0.0.1:1", 5.0, str)
        self._answer = answer

    async def _ask(self, what: str, body: dict[str, Any]) -> Any:
        return self._answer
