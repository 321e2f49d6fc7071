"""The talk itself: easier words, starting again, and a yes or no without a question of ours."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import AllSlotsReset, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.message import EASY, LEVEL, ORDINARY, Message
from actions.reply import part, say
from actions.zoekvraag import SLOT

_OF_THE_TALK = re.compile(
    r"(twijfel|eenvoudiger|formulier|vraag|fout|waarom|nodig|gemeente|vervolg|bron|regel|storing|privacy|hervatten|"
    r"werkplek_\w+|mijn_aanmelding|aanmeld\w+_\w+|gegevens\w*|terugbellen|begroeten|bedanken)(/|$)"
)
"""Keys that are about the talk, or that hold values of one moment: not to be said again in easier words."""


class Eenvoudiger(Action):
    """Says the last answer again in easier words, and stays easy from then on; or in ordinary words again."""

    def name(self) -> str:
        return "action_eenvoudiger"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Repeat the last answer at the easier level, or explain a word when one was named."""
        message, last = Message.of(tracker), last_answer(tracker)
        if message.intent == ORDINARY:
            say(dispatcher, [part(ORDINARY), *([part(last)] if last else [])], level="b1")
            return [SlotSet(LEVEL, None)]
        parts = [part("eenvoudiger"), part(last)] if last else [part("eenvoudiger/vanaf_nu")]
        parts[0]["term_in"] = message.text  # 'wat betekent loonwaarde': the wording explains that word instead
        named = message.value("begrip") is not None
        say(dispatcher, parts, level=None if named else "a2")
        return [] if named else [SlotSet(LEVEL, EASY)]


class Opnieuw(Action):
    """Forgets what was said in this talk and begins again."""

    def name(self) -> str:
        return "action_opnieuw"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Reset all slots."""
        say(dispatcher, [part("opnieuw_beginnen")])
        return [AllSlotsReset()]


class Vervolg(Action):
    """A yes, a no or a correction when nothing was asked: go on with the last thing, or offer what there is."""

    def name(self) -> str:
        return "action_vervolg"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Correct the last search, or say what one can ask."""
        message = Message.of(tracker)
        corrects = message.value("soort_werk", "plaats", "uren_per_week", "dagen")
        if corrects and (tracker.get_slot(SLOT) or message.intent == "corrigeren"):
            return [FollowupAction("action_werkplek_zoeken")]
        say(dispatcher, [part(f"{message.intent}/zonder_vraag", "gegevens/zonder_vraag")])
        return []


def last_answer(tracker: Tracker) -> str | None:
    """Return the key of the last answer that had words of its own, or None."""
    for event in reversed(tracker.events):
        if event.get("event") == "bot":
            for reply in reversed((event.get("data") or {}).get("custom", {}).get("replies", [])):
                key = str(reply.get("answer") or "")
                if key and not _OF_THE_TALK.match(key):
                    return key
    return None
