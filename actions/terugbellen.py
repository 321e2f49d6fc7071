"""Somebody wants to be called by a person."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.desk import desk
from actions.forms.readers import read_moment, read_name, read_phone
from actions.forms.step import SKIPPED, Field, Form
from actions.forms.validate import FormTurn
from actions.message import Message, municipality
from actions.reply import part, say
from assistant.placement import CallBackRequest, ask_call_back

FORM = Form(
    "terugbellen",
    (
        Field("naam", read_name),
        Field("contact", read_phone),
        Field("belmoment", read_moment, optional=True, shown=lambda moment: {"moment": moment}),
    ),
)


class ValidateTerugbellen(FormTurn):
    """One turn of the form."""

    form = FORM


class Terugbellen(Action):
    """Puts the call on the list once the person said yes."""

    def name(self) -> str:
        return "action_terugbellen"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Store the request; without a yes nothing is written and nothing is said."""
        if tracker.get_slot("toestemming") != "ja":
            return []
        moment = tracker.get_slot("belmoment")
        request = CallBackRequest(
            name=tracker.get_slot("naam"),
            phone=tracker.get_slot("contact"),
            when="zsm" if moment in (None, SKIPPED) else str(moment),
            municipality=municipality(tracker, Message.of(tracker)),
            conversation_id=tracker.sender_id,
        )
        with desk().database.session() as session:
            asked = ask_call_back(session, request, now=desk().now())
        say(dispatcher, [part("terugbellen/gelukt", nummer=asked.number)])
        return [SlotSet(slot, None) for slot in FORM.slots]
