"""Going on with a form that waits under a short code, also on another device."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.desk import desk
from actions.message import Message
from actions.mijn_aanmelding import SLOWER_SECONDS, SLOWEST_SECONDS
from actions.reply import part, say

GUESS = "code"
CODE = re.compile(r"\bM\W?D\W?([A-Z0-9](?:\W?[A-Z0-9]){7})(?![A-Z0-9])", re.IGNORECASE)


class Hervatten(Action):
    """Opens the pigeonhole of a code and goes on with its form; a wrong code opens nothing, ever more slowly."""

    def name(self) -> str:
        return "action_hervatten"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Put the values back into their slots."""
        written = CODE.search(Message.of(tracker).text)
        if written is None:
            say(dispatcher, [part("hervatten")])
            return []
        now, guesses = desk().now(), desk().guesses
        if guesses.too_many(GUESS, tracker.sender_id, written[1], now):
            say(dispatcher, [part("hervatten/te_vaak")])
            return []
        found = desk().pigeonholes.take(written[1], now)
        if found is None:
            wrong = guesses.wrong(GUESS, tracker.sender_id, written[1], now)
            await asyncio.sleep(min(SLOWEST_SECONDS, SLOWER_SECONDS * wrong))
            say(dispatcher, [part("hervatten/onbekend")])
            return []
        form, values = found
        slots = [SlotSet(slot, value) for slot, value in values.items()]
        return [*slots, SlotSet("requested_slot", None), FollowupAction(f"{form}_form")]
