"""What happens in a talk while a member of staff is asked for or in it: as a stream, or when asked for."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import JSONResponse
from sse_starlette import EventSourceResponse, ServerSentEvent

from assistant.conversation.live import LiveTalks
from assistant.core.reply import Reply
from assistant.gateway.chat_api import PROBLEMS, ConversationId, ConversationsDep, LimitsDep, TokenDep
from assistant.gateway.schemas import EventsResponse, HumanChange, LiveEvent, StaffMessage, reply_model
from assistant.handover import LineView

router = APIRouter(prefix="/api/v1", tags=["chat"], responses=PROBLEMS)
PING_SECONDS = 15
LastId = Annotated[str, Query(max_length=20, description="Id of the newest event that is known.")]
LastHeader = Annotated[str, Header(max_length=20, description="The same, as an EventSource sends it.")]
_STREAM = {"description": "One event after another, or all of them at once", "content": {"text/event-stream": {}}}


@router.get("/conversations/{conversation_id}/events", response_model=EventsResponse, responses={200: _STREAM})
async def events(
    request: Request,
    conversation_id: ConversationId,
    token: TokenDep,
    conversations: ConversationsDep,
    limits: LimitsDep,
    after: LastId = "",
    last_event_id: LastHeader = "",
) -> Response:
    """Follow the talk: as `text/event-stream` when that is accepted, else what there is now.

    An event `human` says who has the talk from here on, an event `message` is something a member of staff said.
    """
    secret = token.credentials if token else None
    human = await conversations.human(conversation_id, secret)
    live: LiveTalks = request.app.state.live
    last = last_event_id or after
    if "text/event-stream" not in request.headers.get("accept", ""):
        await limits.poll(conversation_id)
        found = told(await live.after(conversation_id, last))
        body = EventsResponse(events=found or [_present(human)])
        return JSONResponse(body.model_dump(exclude_none=True), headers={"cache-control": "no-store"})
    lines = live.follow(conversation_id, last)
    first = told(await anext(lines)) or [_present(human)]
    headers = {"X-Accel-Buffering": "no", "cache-control": "no-store"}
    return EventSourceResponse(_stream(first, lines), ping=PING_SECONDS, headers=headers)


def told(lines: list[LineView]) -> list[LiveEvent]:
    """Return what the person is told of these lines: changes of who has the talk, and the words of staff."""
    found = []
    for line in lines:
        if line.human is not None:
            messages = [reply_model(Reply.from_dict(raw)) for raw in line.human.get("messages") or ()]
            found.append(LiveEvent(id=line.id, event="human", data=HumanChange(**line.human | {"messages": messages})))
        elif line.who == "medewerker":
            found.append(LiveEvent(id=line.id, event="message", data=StaffMessage(text=line.text, name=line.name)))
    return found


async def _stream(first: list[LiveEvent], lines: AsyncGenerator[list[LineView]]) -> AsyncIterator[ServerSentEvent]:
    async with aclosing(lines):
        for event in first:
            yield _sent(event)
        async for new in lines:
            for event in told(new):
                yield _sent(event)


def _sent(event: LiveEvent) -> ServerSentEvent:
    data = event.data.model_dump_json(exclude_none=True)
    return ServerSentEvent(data=data, event=event.event, id=event.id or None)


def _present(human: dict[str, Any]) -> LiveEvent:
    """Return who has the talk now, for who would otherwise hear nothing."""
    return LiveEvent(id="", event="human", data=HumanChange(**human))
