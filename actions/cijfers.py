"""After the answer on numbers: what we count ourselves today, when that may be told."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.desk import desk
from actions.message import Message, municipality
from actions.reply import Part, part, say
from assistant.database import DatabaseUnavailable
from assistant.placement import CountToday, count_today
from assistant.placement.sequence import AMSTERDAM

SURE = 0.6
"""Below this the answer before it may have asked back, and a number would be out of place."""
DEFINITIONS = {
    "beschut_werk/aantal_plekken": ("beschut_werk",),
    "banenafspraak/cijfers": ("banenafspraak",),
    "lokaal/cijfers": ("beschut_werk", "banenafspraak"),
}


class Cijfers(Action):
    """Tells the count of the municipality of this talk; silent when there is none to tell."""

    def name(self) -> str:
        return "action_cijfers"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say a part per definition. Without a municipality, or below five people, nothing is said."""
        message = Message.of(tracker)
        where = municipality(tracker, message)
        if where is None or message.confidence < SURE:
            return []
        say(dispatcher, [told for count in _counts(message.intent, where) for told in _told(count)])
        return []


def _counts(intent: str, where: str) -> list[CountToday]:
    today = desk().now().astimezone(AMSTERDAM).date()
    try:
        with desk().database.session(write=False) as session:
            found = [count_today(session, name, where, today=today) for name in DEFINITIONS.get(intent, ())]
    except DatabaseUnavailable:
        return []
    return [count for count in found if count]


def _told(count: CountToday) -> list[Part]:
    """The count, the norm of this year when a source gives one, and the other way to count when it differs."""
    today = desk().now().astimezone(AMSTERDAM).date()
    parts = [part(f"cijfers/nu/{count.definition}", geteld=str(count.value), datum={"date": today.isoformat()})]
    if count.norms:
        parts.append(part("cijfers/norm", norm=" of ".join(map(str, count.norms)), jaar=str(today.year)))
    if count.otherwise:
        parts.append(part(f"cijfers/anders/{count.definition}", geteld=" of ".join(map(str, count.otherwise))))
    return parts
