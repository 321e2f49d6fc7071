"""A yes that could not be carried out because the database is away: the form waits at that yes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.forms.step import CONSENT, Form
from actions.forms.validate import REQUESTED
from actions.reply import part, say
from assistant.database import DatabaseUnavailable

logger = structlog.get_logger(__name__)
Run = Callable[[CollectingDispatcher, Tracker, dict[str, Any]], Awaitable[list[EventType]]]


def asks_again(form: Form, run: Run) -> Run:
    """Return the action that sends this form, such that the same yes is enough when the database is back."""

    async def tried(dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        try:
            return await run(dispatcher, tracker, domain)
        except DatabaseUnavailable as error:
            logger.error("action failed", action=f"action_{form.name}", code=error.code)
            say(dispatcher, [part(error.answer_key)])
            return _at_the_yes(form)

    return tried


def _at_the_yes(form: Form) -> list[EventType]:
    """Rasa ended the form before it sent it: open it again at its last question, and listen."""
    slots = [SlotSet(CONSENT, None), SlotSet(REQUESTED, CONSENT)]
    return [ActiveLoop(f"{form.name}_form"), *slots, FollowupAction("action_listen")]
