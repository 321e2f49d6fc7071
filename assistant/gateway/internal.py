"""The internal door: Rasa calls it for custom actions (`/webhook`) and for words (`/nlg`). Not public.

Neither door logs a body: the tracker in it holds what people said.
"""

from __future__ import annotations

from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic_core import from_json
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from assistant.answers import AnswerBook
from assistant.conversation.tracker import TrackerView
from assistant.conversation.wording import word
from assistant.errors import MeedoenError

logger = structlog.get_logger(__name__)


async def webhook(request: Request) -> JSONResponse:
    """Run a custom action, in the protocol of Rasa's action server."""
    call = from_json(await request.body())
    executor: ActionExecutor = request.app.state.executor
    try:
        result = await executor.run(call)
        done = _with_words(result.model_dump(), call, request.app.state.library.book) if result else {}
    except ActionExecutionRejection as error:
        return JSONResponse({"error": error.message, "action_name": error.action_name}, status_code=400)
    except ActionNotFoundException as error:
        return JSONResponse({"error": error.message, "action_name": error.action_name}, status_code=404)
    except MeedoenError as error:
        logger.error("action failed", action=call.get("next_action"), code=error.code)
        return JSONResponse(_honest(error.answer_key))
    except Exception as error:  # whatever it was, the person gets a sentence and a way on
        logger.error("action failed", action=call.get("next_action"), kind=type(error).__name__)
        return JSONResponse(_honest("storing/algemeen"))
    return JSONResponse(done)


def _with_words(result: dict[str, Any], call: dict[str, Any], book: AnswerBook) -> dict[str, Any]:
    """Word what the action said here and now: Rasa would send the same tracker back to `/nlg` for it."""
    tracker = TrackerView(call["tracker"])
    said = [(each["response"], each) for each in result["responses"]]
    return result | {"responses": [_worded(name, each, tracker, book) | {"utter_action": name} for name, each in said]}


async def nlg(request: Request) -> JSONResponse:
    """Word one response of Rasa. `text` is for plain channels; the gateway reads `custom`."""
    call = from_json(await request.body())
    book: AnswerBook = request.app.state.library.book
    return JSONResponse(_worded(call["response"], call.get("arguments") or {}, TrackerView(call["tracker"]), book))


def _worded(response: str, arguments: dict[str, Any], tracker: TrackerView, book: AnswerBook) -> dict[str, Any]:
    """Return a response in words, in the shape that Rasa asks for."""
    replies = word(response, arguments, tracker, book)
    understood = {"intent": tracker.intent, "confidence": tracker.ranking[0][1] if tracker.ranking else 1.0}
    custom = {"replies": [reply.to_dict() for reply in replies], "understood": understood}
    return {"text": "\n\n".join(reply.text for reply in replies), "custom": custom}


def _honest(answer_key: str) -> dict[str, Any]:
    """Return what an action that could not act says: no events, and the words for what is wrong."""
    part = {"keys": [answer_key, "storing/algemeen"], "values": {}}
    return {"events": [], "responses": [{"response": "utter_reply", "parts": [part]}]}


def internal_app(executor: ActionExecutor, library: Any) -> FastAPI:
    """Return the app of the internal door."""
    app = FastAPI(title="Meedoen, internal door", openapi_url=None)
    app.state.executor, app.state.library = executor, library
    app.add_route("/webhook", webhook, methods=["POST"])  # plain routes: nothing to check that Rasa does not send
    app.add_route("/nlg", nlg, methods=["POST"])
    return app
