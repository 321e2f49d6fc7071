"""The internal door: Rasa calls it for custom actions (`/webhook`) and for words (`/nlg`). Not public.

Neither door logs a body: the tracker in it holds what people said.
"""

from __future__ import annotations

from typing import Any

import structlog
from pydantic_core import from_json, to_json
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from assistant.answers import AnswerBook
from assistant.conversation.tracker import TrackerView
from assistant.conversation.wording import word
from assistant.core.context import TalkContext
from assistant.errors import MeedoenError
from assistant.gateway.problems import problem

logger = structlog.get_logger(__name__)


async def webhook(request: Request) -> Response:
    """Run a custom action, in the protocol of Rasa's action server."""
    call = _call(await request.body())
    if call is None:
        return _not_of_rasa(request)
    executor: ActionExecutor = request.app.state.executor
    try:
        result = await executor.run(call)
        done = _with_words(result.model_dump(), call, request.app.state.library.book) if result else {}
    except ActionExecutionRejection as error:
        return _json({"error": error.message, "action_name": error.action_name}, status_code=400)
    except ActionNotFoundException as error:
        return _json({"error": error.message, "action_name": error.action_name}, status_code=404)
    except MeedoenError as error:
        logger.error("action failed", action=call.get("next_action"), code=error.code)
        return _json(_honest(error.answer_key))
    except Exception as error:  # whatever it was, the person gets a sentence and a way on
        logger.error("action failed", action=call.get("next_action"), kind=type(error).__name__)
        return _json(_honest("storing/algemeen"))
    return _json(done)


def _call(body: bytes) -> dict[str, Any] | None:
    """Return a call of Rasa, None for what Rasa never sends."""
    try:
        call = from_json(body)
    except ValueError:
        return None
    is_call = isinstance(call, dict) and isinstance(call.get("tracker"), dict)
    return call if is_call else None


def _not_of_rasa(request: Request) -> Response:
    book: AnswerBook = request.app.state.library.book
    return problem(400, "internal.not_rasa", book.word("fout/verzoek", TalkContext()).text)


def _with_words(result: dict[str, Any], call: dict[str, Any], book: AnswerBook) -> dict[str, Any]:
    """Word what the action said here and now: Rasa would send the same tracker back to `/nlg` for it."""
    tracker = TrackerView(call["tracker"])
    said = [(each["response"], each) for each in result["responses"]]
    return result | {"responses": [_worded(name, each, tracker, book) | {"utter_action": name} for name, each in said]}


async def nlg(request: Request) -> Response:
    """Word one response of Rasa. `text` is for plain channels; the gateway reads `custom`."""
    call = _call(await request.body())
    if call is None:
        return _not_of_rasa(request)
    book: AnswerBook = request.app.state.library.book
    try:
        worded = _worded(call["response"], call.get("arguments") or {}, TrackerView(call["tracker"]), book)
        if worded["text"].strip():
            return _json(worded)
        raise ValueError("no words")
    except Exception as error:  # without words Rasa would say nothing at all
        logger.error("wording failed", kind=type(error).__name__)
        (part,) = _honest("storing/algemeen")["responses"]
        return _json(_worded("utter_reply", part, TrackerView({}), book))


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


def _json(body: Any, status_code: int = 200) -> Response:
    return Response(to_json(body), status_code, media_type="application/json")


def internal_app(executor: ActionExecutor, library: Any, others: ASGIApp) -> Starlette:
    """Return the app of the internal door; `others` gets what is not from Rasa.

    Plain routes, without FastAPI around them: every message passes here, and Rasa sends nothing that has to be checked.
    """
    doors = [Route("/webhook", webhook, methods=["POST"]), Route("/nlg", nlg, methods=["POST"]), Mount("/", others)]
    app = Starlette(routes=doors)
    app.state.executor, app.state.library = executor, library
    return app
