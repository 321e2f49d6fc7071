"""The bridge between Rasa's form and our turn: one validation action per form, which also asks the next question."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.desk import desk
from actions.forms.prefill import known_before
from actions.forms.step import CONSENT, Form, State, Step
from actions.forms.turn import take_turn
from actions.message import EASY, LEVEL, Message, municipality
from actions.reply import part, say

REQUESTED = "requested_slot"
PROGRESS = "formulier"


class FormTurn(Action):
    """Runs at every turn of its form; Rasa keeps the slots and ends the form when nothing is requested any more."""

    form: ClassVar[Form]

    def name(self) -> str:
        return f"validate_{self.form.name}_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Take one turn and return the slots that it changes."""
        message = Message.of(tracker)
        step = take_turn(self.form, message, _state(self.form, tracker, message))
        if step.pause:
            step = _paused(self.form, tracker, step)
        say(dispatcher, [*self.form.heard(message.text), *step.parts], level=step.level)
        return _events(self.form, step)


def _state(form: Form, tracker: Tracker, message: Message) -> State:
    progress = tracker.get_slot(PROGRESS) or {}
    same = progress.get("form") == form.name
    values = {slot: tracker.get_slot(slot) for slot in form.slots}
    requested = tracker.get_slot(REQUESTED) if same else None
    if requested is None:
        values.pop(CONSENT, None)  # consent is never carried over from an earlier form
    return State(
        values=values,
        requested=requested,
        misses=progress.get("misses", 0) if same else 0,
        remarked=tuple(progress.get("remarked", ())) if same and requested else (),
        municipality=municipality(tracker, message),
        prefill=known_before(form, tracker, message) if requested is None else {},
        pausing=bool(same and requested and progress.get("pausing")),
        changing=bool(same and requested and progress.get("changing")),
    )


def _paused(form: Form, tracker: Tracker, step: Step) -> Step:
    """Put the values away and say the code; the person said yes to that."""
    values = {slot: tracker.get_slot(slot) for slot in form.slots if slot != CONSENT and tracker.get_slot(slot)}
    code = desk().pigeonholes.put(form.name, values, desk().now())
    return replace(step, parts=(part("formulier/pauze", code=code),))


def _events(form: Form, step: Step) -> list[EventType]:
    progress = {
        "form": form.name, "misses": step.misses, "remarked": list(step.remarked),
        "pausing": step.pausing, "changing": step.changing,
    }  # fmt: skip
    changes = {CONSENT: None} | step.changes if form.consent else step.changes
    slots = [SlotSet(slot, value) for slot, value in changes.items()]
    if step.level:
        slots.append(SlotSet(LEVEL, EASY if step.level == "a2" else None))
    return [*slots, SlotSet(PROGRESS, progress), SlotSet(REQUESTED, step.requested)]
