"""The public chat API: the widget, the voice door and every outside test use it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.security import HTTPAuthorizationCredentials
from pydantic_core import to_json

from assistant.conversation.converse import Conversations
from assistant.core.context import TalkContext
from assistant.gateway.lean_route import BEARER, CONVERSATION_ID, MessageRoute
from assistant.gateway.limits import Limits
from assistant.gateway.schemas import (
    FeedbackRequest,
    HumanModel,
    MessageRequest,
    MessagesResponse,
    Problem,
    StartRequest,
    StartResponse,
    reply_model,
    shown,
)

_HUMAN = HumanModel(state="none").model_dump()
"""Every field of who has the talk."""
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": text, "content": {"application/problem+json": {}}}
    for status, text in {
        400: "The body cannot be read, as when it is not UTF-8",
        401: "No bearer token",
        404: "No such conversation, or a token of another one",
        413: "Message too long",
        422: "The request or one of its values is not valid",
        429: "Too many messages; try again in a minute",
        503: "The database is not there",
    }.items()
}


async def _never_cached(response: Response) -> None:
    """What somebody said stays out of every cache on the way."""
    response.headers["cache-control"] = "no-store"


router = APIRouter(prefix="/api/v1", tags=["chat"], responses=PROBLEMS, dependencies=[Depends(_never_cached)])


async def _conversations(request: Request) -> Conversations:
    return request.app.state.conversations  # type: ignore[no-any-return]


async def _limits(request: Request) -> Limits:
    return request.app.state.limits  # type: ignore[no-any-return]


ConversationsDep = Annotated[Conversations, Depends(_conversations)]
LimitsDep = Annotated[Limits, Depends(_limits)]
TokenDep = Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)]
ConversationId = Annotated[str, Path(pattern=CONVERSATION_ID)]


@router.post("/conversations", status_code=201)
async def start(
    body: StartRequest, request: Request, conversations: ConversationsDep, limits: LimitsDep
) -> StartResponse:
    """Start a conversation; the first messages say that this is a computer and what it can do."""
    await limits.start(request.client.host if request.client else "unknown")
    started = await conversations.start(TalkContext(body.municipality, body.role, body.channel))
    return StartResponse(id=started.id, token=started.token, messages=[reply_model(r) for r in started.replies])


async def say(conversation_id: ConversationId, body: MessageRequest, token: TokenDep, request: Request) -> Response:
    """Send one message and get the replies."""
    state = request.app.state
    await state.limits.message(conversation_id)
    secret = token.credentials if token else None
    done = await state.conversations.answer(conversation_id, secret, body.text, body.client_message_id)
    answer = {"messages": [shown(reply) for reply in done.replies], "human": _HUMAN | done.human}
    return Response(to_json(answer), media_type="application/json", headers={"cache-control": "no-store"})


router.add_api_route(
    "/conversations/{conversation_id}/messages",
    say,
    methods=["POST"],
    response_model=MessagesResponse,
    route_class_override=MessageRoute,
)


@router.post("/conversations/{conversation_id}/feedback", status_code=204)
async def feedback(
    conversation_id: ConversationId,
    body: FeedbackRequest,
    token: TokenDep,
    conversations: ConversationsDep,
    limits: LimitsDep,
) -> None:
    """Say with one of three faces whether an answer helped."""
    await limits.message(conversation_id)
    await conversations.rate(conversation_id, token.credentials if token else None, body.message, body.face)
