"""What Rasa sends to the app: a short tracker, over a connection that stays open, and a plain look at what comes back.

Rasa sends every event of the talk with each call, opens a connection for each, and checks each answer against a JSON
schema that it checks first. The app reads what people and assistant said (assistant/conversation/tracker.py, actions/):
older turns are sent as the key and source of each reply and the intent of each message, the newest two in full.
"""

from __future__ import annotations

import asyncio
import os
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import ujson
from rasa.core.actions.action import RemoteAction
from rasa.core.nlg.callback import CallbackNaturalLanguageGenerator
from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

IN_FULL = 2
"""Turns with a reply of ours, from the end, that are sent word for word."""
SECONDS = 300
"""As Rasa's DEFAULT_REQUEST_TIMEOUT."""
_clients: dict[int, aiohttp.ClientSession] = {}
DOORS: list[str] = os.environ.get("MEEDOEN_INTERNAL_URLS", "").split()
"""Internal doors of several gateways, the one that answered last in front; empty = the one of endpoints.yml."""


def short_state(tracker: DialogueStateTracker) -> dict[str, Any]:
    """Return the tracker as Rasa dumps it, with earlier events cut down to what the app reads."""
    return tracker.current_state(EventVerbosity.NONE) | {"events": short_events(list(tracker.events))}


def short_events(events: list[Event]) -> list[dict[str, Any]]:
    """Return the events from the newest IN_FULL turns with a reply in full; of earlier ones who said what about."""
    start, replied, seen = len(events), 0, False
    while start > 0 and replied < IN_FULL:
        start -= 1
        seen = seen or isinstance(events[start], BotUttered)
        if isinstance(events[start], UserUttered):
            replied, seen = replied + seen, False
    earlier = [_short(event) for event in events[:start] if isinstance(event, (UserUttered, BotUttered))]
    first = [{"event": "session_started", "timestamp": events[0].timestamp}] if start else []
    return [*first, *earlier, *(_whole(event) for event in events[start:])]


def _short(event: Event) -> dict[str, Any]:
    """Return an earlier event in short; kept with the event, that never changes any more."""
    if "_short" not in event.__dict__:
        event.__dict__["_short"] = _user(event) if isinstance(event, UserUttered) else _bot(event)
    return event.__dict__["_short"]


def _user(event: UserUttered) -> dict[str, Any]:
    said = {"intent": event.intent, "entities": event.entities}
    return {"event": "user", "timestamp": event.timestamp, "text": event.text, "parse_data": said}


def _bot(event: BotUttered) -> dict[str, Any]:
    replies = ((event.data or {}).get("custom") or {}).get("replies") or []
    short = [{"answer": reply.get("answer"), "source": reply.get("source")} for reply in replies]
    return {"event": "bot", "timestamp": event.timestamp, "text": None, "data": {"custom": {"replies": short}}}


def _whole(event: Event) -> dict[str, Any]:
    """Return an event as Rasa dumps it, without the ids of model and assistant."""
    return event.as_dict() | {"metadata": {}} if not isinstance(event, UserUttered) else event.as_dict()


async def request(
    self: EndpointConfig,
    method: str = "post",
    subpath: str | None = None,
    content_type: str | None = "application/json",
    compress: bool = False,
    **kwargs: Any,
) -> Any:
    """Send a request over the kept connection; returns the JSON of the answer. Raises ClientResponseError from 400."""
    if "json" in kwargs:
        kwargs["data"] = ujson.dumps(kwargs.pop("json"), escape_forward_slashes=False).encode()
    kwargs.pop("timeout", None)
    headers = {"Content-Type": content_type or "application/json", **self.headers, **kwargs.pop("headers", {})}
    parameters = self.combine_parameters(kwargs)
    address = f"{self.url.rstrip('/')}/{subpath.lstrip('/')}" if subpath else self.url
    for last, door in _doors(address):
        try:
            async with _client().request(method, door, headers=headers, params=parameters, **kwargs) as answer:
                if answer.status >= 400:
                    raise ClientResponseError(answer.status, answer.reason, await answer.content.read())
                return ujson.loads(await answer.read())
        except aiohttp.ClientConnectorError:  # nothing was sent, so another gateway may be asked
            if last:
                raise
            DOORS.append(DOORS.pop(0))
    return None


def _doors(address: str) -> list[tuple[bool, str]]:
    """Return the address at each gateway, with whether it is the last one to try."""
    path = urlsplit(address).path
    doors = [f"{door.rstrip('/')}{path}" for door in DOORS] or [address]
    return [(number == len(doors) - 1, door) for number, door in enumerate(doors)]


def _client() -> aiohttp.ClientSession:
    """Return the client of this event loop."""
    key = id(asyncio.get_running_loop())
    if key not in _clients or _clients[key].closed:
        _clients[key] = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS))
    return _clients[key]


def action_call(self: RemoteAction, tracker: DialogueStateTracker, domain: Any) -> dict[str, Any]:
    """Return the call of a custom action; ours never ask for the domain."""
    return {"next_action": self.name(), "sender_id": tracker.sender_id, "tracker": short_state(tracker), "domain": {}}


def check_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    """Refuse an answer of an action that is not in the shape of the protocol. Raises RasaException."""
    events, responses = result.get("events", []), result.get("responses", [])
    named = isinstance(events, list) and all(isinstance(each, dict) and "event" in each for each in events)
    if not named or not isinstance(responses, list) or not all(isinstance(each, dict) for each in responses):
        raise RasaException(f"Action '{self.name()}' answered in another shape than that of the protocol.")
    return True


async def generate(
    self: CallbackNaturalLanguageGenerator,
    utter_action: str,
    tracker: DialogueStateTracker,
    channel: str,
    **kwargs: Any,
) -> dict[str, Any]:
    """Have the app word a response. Raises RasaException when what comes back is not a response."""
    kwargs.pop("domain_responses", None)
    body = {"response": utter_action, "id": None, "arguments": kwargs, "tracker": short_state(tracker)}
    response = await self.nlg_endpoint.request(method="post", json=body | {"channel": {"name": channel}})
    if not isinstance(response, dict) or not isinstance(response.get("text", ""), str):
        raise RasaException("NLG web endpoint returned an invalid response.")
    return response


def install() -> None:
    """Replace the functions."""
    EndpointConfig.request = request
    RemoteAction._action_call_format = action_call
    RemoteAction._validate_action_result = check_result
    CallbackNaturalLanguageGenerator.generate = generate
