"""The door of the voice: a message of the assistant as sound.

The app that includes `router` sets `app.state.read_aloud` to a `ReadAloud` and `app.state.conversations` as the chat
API does.
"""

from __future__ import annotations

import base64
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from assistant.conversation.converse import Conversations
from assistant.voice.errors import SpeechNotFound
from assistant.voice.read_aloud import ReadAloud
from assistant.voice.speak import FASTEST, SLOWEST, Mark, Spoken

router = APIRouter(prefix="/api/v1", tags=["voice"])
_bearer = HTTPBearer(auto_error=False, description="The token of the conversation.")
HEADER_ROOM = 6000
"""Characters of marks that fit a header with every proxy; a longer message has them in the JSON form only."""
_CONTENT: dict[int | str, dict[str, Any]] = {
    200: {"content": {"audio/wav": {}, "application/json": {}}, "description": "The message as sound"},
    401: {"description": "No bearer token"},
    404: {"description": "No such conversation or message, or this process does not remember it"},
    429: {"description": "Too many requests to read aloud"},
    503: {"description": "No voice works here"},
}


def _conversations(request: Request) -> Conversations:
    return request.app.state.conversations  # type: ignore[no-any-return]


def _read_aloud(request: Request) -> ReadAloud:
    return request.app.state.read_aloud  # type: ignore[no-any-return]


@router.get("/conversations/{conversation_id}/speech", responses=_CONTENT, response_class=Response)
async def speech(
    conversation_id: Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")],
    token: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    conversations: Annotated[Conversations, Depends(_conversations)],
    read_aloud: Annotated[ReadAloud, Depends(_read_aloud)],
    message: Annotated[int, Query(ge=0, le=10_000, description="Which message of the assistant, from 0.")],
    rate: Annotated[float, Query(ge=SLOWEST, le=FASTEST, description="1 is calm, less is slower.")] = 1.0,
    form: Annotated[Literal["wav", "json"], Query(description="Sound alone, or JSON with sound and marks.")] = "wav",
) -> Response:
    """Read one message of the assistant aloud: only what it said itself in this conversation, while this process runs.

    A WAV file that carries the mark that it is synthetic. `X-Meedoen-Marks` has `milliseconds:start:end` for every
    word, places in the spoken form of the message; `form=json` has the same with the sound as base64.
    """
    reply = await conversations.said(conversation_id, token.credentials if token else None, message)
    if reply is None or not reply.text.strip():
        raise SpeechNotFound(f"message {message}")
    said = await read_aloud.speak(conversation_id, message, reply, rate)
    headers = {"Cache-Control": "no-store", "X-Meedoen-Synthetic": said.voice}
    if form == "json":
        return JSONResponse(said.as_json() | {"wav": base64.b64encode(said.wav).decode()}, headers=headers)
    return Response(said.wav, media_type="audio/wav", headers=headers | _mark_header(said))


def _mark_header(said: Spoken) -> dict[str, str]:
    marks = ",".join(map(_compact, said.marks))
    names = "X-Meedoen-Marks, X-Meedoen-Synthetic"
    return {"X-Meedoen-Marks": marks, "Access-Control-Expose-Headers": names} if len(marks) <= HEADER_ROOM else {}


def _compact(mark: Mark) -> str:
    return f"{round(mark.at * 1000)}:{mark.start}:{mark.end}"
