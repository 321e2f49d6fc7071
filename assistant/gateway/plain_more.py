"""What the chat without JavaScript offers besides talking: judging an answer, and one page of the talk to keep."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

from assistant.answers import AnswerBook
from assistant.errors import MeedoenError
from assistant.gateway.page_templates import page
from assistant.gateway.plain_post import PATH, TalkKey, read_form, refuse_other_sites
from assistant.gateway.plain_summary import TITLE, Line, as_text, mail_address, summary
from assistant.gateway.plain_talk import FACES, PlainTalk
from assistant.gateway.widget_help import help_in

router = APIRouter(include_in_schema=False)
_KEPT_FOR_NOBODY = {"Cache-Control": "no-store"}


@router.post(f"{PATH}/gezicht")
async def rate(request: Request) -> Response:
    """Keep what somebody thought of the last answer. When that fails the talk goes on: nobody has to judge."""
    refuse_other_sites(request)
    form, key = await read_form(request), TalkKey.of(request)
    talk: PlainTalk | None = request.app.state.plain_talks.get(key.id)
    face = form.get("gezicht", "")
    if talk and face in FACES and talk.judged is not None and form.get("bericht") == str(talk.judged):
        with suppress(MeedoenError):
            await request.app.state.limits.message(key.id)
            await request.app.state.conversations.rate(*key, talk.judged, face)
            talk.rated = talk.judged
    return RedirectResponse(f"{PATH}#nieuw", status_code=303)


@router.get(f"{PATH}/samenvatting")
async def on_paper(request: Request) -> Response:
    """The talk on one page, with the look of paper."""
    found = _summary(request)
    if found is None:
        return RedirectResponse(PATH, status_code=303)
    dated, lines = found
    response = page("chat_summary.html", title=TITLE, dated=dated, lines=lines, mail=mail_address(as_text(*found)))
    response.headers.update(_KEPT_FOR_NOBODY)
    return response


@router.get(f"{PATH}/samenvatting.txt")
async def as_file(request: Request) -> Response:
    """The same as a file, with a byte order mark for Windows."""
    found = _summary(request)
    if found is None:
        return RedirectResponse(PATH, status_code=303)
    headers = _KEPT_FOR_NOBODY | {"Content-Disposition": 'attachment; filename="gesprek-meedoen.txt"'}
    return PlainTextResponse("\ufeff" + as_text(*found), headers=headers)


def _summary(request: Request) -> tuple[str, list[Line]] | None:
    talk: PlainTalk | None = request.app.state.plain_talks.get(TalkKey.of(request).id)
    if talk is None:
        return None
    book: AnswerBook = request.app.state.conversations.book
    help_now: dict[str, Any] = help_in(book, talk.context.municipality)
    return summary(talk, help_now)
