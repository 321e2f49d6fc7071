"""The channel of the gateway: what is heard in a message with the talk so far, and what is said to it.

`POST /webhooks/meedoen/heard {"sender", "texts"}` → `{"parsed": [...], "tracker": {...}}`
`POST /webhooks/meedoen/say {"sender", "message", "metadata", "parsed"}` → the messages, as Rasa's REST channel gives

Both ask for the token of Rasa's HTTP API, in the header `authorization: Bearer`. `parsed` spares a second look at words
that were looked at by `heard`; it is null for a button.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Awaitable, Callable
from typing import Any

import ujson
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.core.tracker_store import SQLTrackerStore
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw

from tools.lean_rasa.seams import short_state
from tools.lean_rasa.tracker_rows import look

TOKEN: list[str] = []
"""The token of this server, put here by rasa_server.py."""
PARSED = ("text", "intent", "entities", "intent_ranking")


class Door(InputChannel):
    """One channel: nobody but the gateway talks to this server."""

    @classmethod
    def name(cls) -> str:
        """Return the part of the address that is ours."""
        return "meedoen"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the two routes."""
        door = Blueprint("meedoen", "meedoen")

        @door.route("/heard", methods=["POST"])
        async def heard(request: Request) -> HTTPResponse:
            if not _allowed(request):
                return _json({"error": "token"}, 401)
            call, agent = ujson.loads(request.body), request.app.ctx.agent
            parsed = [await agent.parse_message(text) for text in call["texts"]]
            return _json({"parsed": [_lean(each) for each in parsed], "tracker": await _tracker(agent, call["sender"])})

        @door.route("/say", methods=["POST"])
        async def say(request: Request) -> HTTPResponse:
            if not _allowed(request):
                return _json({"error": "token"}, 401)
            call, said = ujson.loads(request.body), CollectingOutputChannel()
            message = UserMessage(
                call["message"], said, call["sender"], call.get("parsed"), self.name(), metadata=call.get("metadata")
            )
            await on_new_message(message)
            return _json(said.messages)

        return door


async def _tracker(agent: Any, sender: str) -> dict[str, Any]:
    """Return the talk so far in short, empty when nothing was said yet."""
    store = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
    tracker = look(store, sender) if isinstance(store, SQLTrackerStore) else await store.retrieve(sender)
    return short_state(tracker) if tracker else {}


def _lean(parsed: dict[str, Any]) -> dict[str, Any]:
    return {name: parsed[name] for name in PARSED if name in parsed}


def _allowed(request: Request) -> bool:
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    return bool(TOKEN) and hmac.compare_digest(given.encode(), TOKEN[0].encode())


def _json(body: Any, status: int = 200) -> HTTPResponse:
    return raw(ujson.dumps(body, escape_forward_slashes=False).encode(), status=status, content_type="application/json")


def no_other_origins(app: Any, cors_origins: Any = "") -> None:
    """Set nothing up for pages of other origins: no page talks to Rasa, and looking for their headers takes time."""


def token_from_environment() -> str:
    """Take the token out of the environment, where the children of this process would find it."""
    TOKEN[:] = [os.environ.pop("MEEDOEN_RASA_TOKEN")]
    return TOKEN[0]
