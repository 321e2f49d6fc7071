"""The channel of the gateway: one call for a message.

`POST /webhooks/meedoen/turn {"sender", "text", "page"}` → `{"said": [{"messages", "intent", "confidence", "guesses"}]}`
`POST /webhooks/meedoen/slots {"sender"}` → `{"slots": {...}}`

Both ask for the token of Rasa's HTTP API, in the header `authorization: Bearer`. The head of the answer to `turn` goes
out when the words are understood and nothing was done with them yet: who got no head may ask another worker. What goes
wrong after that is `{"error": kind}`; the talk is then as it was (whole_turns.py).
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import os
from collections.abc import Awaitable, Callable
from typing import Any

import ujson
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.core.tracker_store import SQLTrackerStore
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw

from assistant.conversation.decide import Decided, decide, texts_to_understand
from assistant.core import garbage
from tools.lean_rasa.seams import short_state
from tools.lean_rasa.tracker_rows import look

logger = logging.getLogger(__name__)
Handle = Callable[[UserMessage], Awaitable[Any]]
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

        @door.route("/turn", methods=["POST"])
        async def turn(request: Request) -> HTTPResponse | None:
            if not _allowed(request):
                return _json({"error": "token"}, 401)
            call = ujson.loads(request.body)
            decided = await _decided(request.app.ctx.agent, call)
            answer = await request.respond(content_type="application/json")
            await answer.send(b" ")  # the head: from here on something may be done
            await asyncio.sleep(0)  # who is gone by now is noticed here, before anything is done
            await answer.send(_bytes(await _said(on_new_message, call, decided)), True)
            return None

        @door.route("/slots", methods=["POST"])
        async def slots(request: Request) -> HTTPResponse:
            if not _allowed(request):
                return _json({"error": "token"}, 401)
            tracker = await _tracker(request.app.ctx.agent, ujson.loads(request.body)["sender"])
            return _json({"slots": tracker.get("slots") or {}})

        return door


async def _decided(agent: Any, call: dict[str, Any]) -> list[Decided]:
    """Return what the words come down to; nothing for a button."""
    parsed = [await agent.parse_message(text) for text in texts_to_understand(call["text"])]
    lean = [{name: each[name] for name in PARSED if name in each} for each in parsed]
    return decide(lean, await _tracker(agent, call["sender"]), call["page"]) if lean else []


async def _said(handle: Handle, call: dict[str, Any], decided: list[Decided]) -> dict[str, Any]:
    """Say the messages to Rasa one after the other and return what came of each."""
    try:
        if not decided:
            return {"said": [{"messages": await _handled(handle, call["sender"], call["text"], call["page"])}]}
        return {"said": [await _one(handle, call["sender"], each) for each in decided]}
    except Exception as error:  # the head is out, so the status can no longer tell
        logger.error("turn not finished: %s", type(error).__name__)
        return {"error": type(error).__name__}


async def _one(handle: Handle, sender: str, decided: Decided) -> dict[str, Any]:
    message, heard = decided.message, decided.heard
    messages = await _handled(handle, sender, message.text, message.page, decided.parsed)
    guesses = heard.ranking[:3]
    return {"messages": messages, "intent": message.intent, "confidence": heard.chance, "guesses": guesses}


async def _handled(handle: Handle, sender: str, text: str, page: dict[str, Any], parsed: Any = None) -> list[Any]:
    said = CollectingOutputChannel()
    await handle(UserMessage(text, said, sender, parsed, Door.name(), metadata=page))
    return said.messages


async def _tracker(agent: Any, sender: str) -> dict[str, Any]:
    """Return the talk so far in short, empty when nothing was said yet."""
    store = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
    tracker = look(store, sender) if isinstance(store, SQLTrackerStore) else await store.retrieve(sender)
    return short_state(tracker) if tracker else {}


def _allowed(request: Request) -> bool:
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    return bool(TOKEN) and hmac.compare_digest(given.encode(), TOKEN[0].encode())


def _json(body: Any, status: int = 200) -> HTTPResponse:
    return raw(_bytes(body), status=status, content_type="application/json")


def _bytes(body: Any) -> bytes:
    return ujson.dumps(body, escape_forward_slashes=False).encode()


def prepare(app: Any, cors_origins: Any = "") -> None:
    """Prepare the server in the place of Rasa's `configure_cors`.

    Nothing is set up for pages of other origins: no page talks to Rasa, and looking for their headers takes time.
    """
    app.register_listener(_loaded, "after_server_start")


def _loaded(app: Any, loop: Any) -> None:
    """The model is there: from now on only what talks leave behind is garbage."""
    garbage.calm()


def token_from_environment() -> str:
    """Take the token out of the environment, where the children of this process would find it."""
    TOKEN[:] = [os.environ.pop("MEEDOEN_RASA_TOKEN")]
    return TOKEN[0]
