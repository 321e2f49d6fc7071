"""The chat without JavaScript. Every post answers with a redirect, so that a reload only reads."""

from __future__ import annotations

import secrets
from contextlib import suppress
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from assistant.conversation.converse import Conversations
from assistant.conversation.errors import ConversationNotFound, TokenMissing
from assistant.core.context import TalkContext
from assistant.core.reply import Reply
from assistant.database import DatabaseUnavailable
from assistant.errors import MeedoenError
from assistant.gateway.events import told
from assistant.gateway.page_templates import page
from assistant.gateway.plain_post import PATH, TalkKey, forget, read_form, refuse_other_sites
from assistant.gateway.plain_talk import PlainTalk, PlainTalks
from assistant.gateway.schemas import HumanModel
from assistant.gateway.widget_help import help_in

router = APIRouter(include_in_schema=False)


@router.get(PATH)
async def show(request: Request, gemeente: str = "", rol: str = "") -> Response:
    """The talk so far. Reading the page starts nothing; the first message does."""
    book, key = _conversations(request).book, TalkKey.of(request)
    talk = await _remembered(request, key)
    lost = talk is None and bool(key.id)
    talk = talk or PlainTalk.new(book, gemeente, rol)
    if key.id:
        await _catch_up(request, key, talk)
    response = page(
        "chat.html",
        talk=talk,
        help=help_in(book, talk.context.municipality),
        message_id=secrets.token_hex(16),
        glossary=book.glossary,
        lost=lost,
    )
    talk.error = ""
    response.headers["Cache-Control"] = "no-store"
    return response


@router.post(PATH)
async def say(request: Request) -> Response:
    """Take one message or button, answer with a redirect to the page that shows the reply."""
    refuse_other_sites(request)
    form = await read_form(request)
    text = shown = form.get("text", "")
    if "choice" in form:
        text, _, shown = form["choice"].partition("\n")
    book, key = _conversations(request).book, TalkKey.of(request)
    talk = await _remembered(request, key) or PlainTalk.new(book, form.get("gemeente", ""), form.get("rol", ""))
    try:
        if not key.id:
            key = await _start(request, talk.context)
            talk.begin()
        before = key.id
        key, replies = await _deliver(request, key, talk.context, text, form.get("id"))
        if key.id != before:
            talk.begin()
        talk.hear(text, shown, replies, form.get("id", ""))
        await _catch_up(request, key, talk)
    except MeedoenError as error:
        talk.error, talk.typed = book.word(error.answer_key, talk.context).text, form.get("text", "")
        if not key.id:
            helps = help_in(book, talk.context.municipality)
            return page("chat_error.html", status=503, error=talk.error, help=helps)
    _talks(request).keep(key.id, talk)
    response = RedirectResponse(f"{PATH}#nieuw", status_code=303)
    key.put(request, response)
    return response


@router.post(f"{PATH}/opnieuw")
async def again(request: Request) -> Response:
    """Forget the conversation on this device and begin again."""
    refuse_other_sites(request)
    talk = _talks(request).forget(TalkKey.of(request).id)
    query = {"gemeente": talk.context.municipality or "", "rol": talk.context.role or ""} if talk else {}
    response = RedirectResponse(f"{PATH}?{urlencode(query)}", status_code=303)
    forget(request, response)
    return response


async def _remembered(request: Request, key: TalkKey) -> PlainTalk | None:
    """Return the talk as it is shown: from memory, else from what the log kept of it; None when neither has it."""
    talk = _talks(request).get(key.id)
    if talk or not key.id:
        return talk
    with suppress(ConversationNotFound, TokenMissing, DatabaseUnavailable):
        return PlainTalk.again(_conversations(request).book, *await _conversations(request).kept(*key))
    return None


async def _catch_up(request: Request, key: TalkKey, talk: PlainTalk) -> None:
    """Take in what a member of staff said meanwhile; a conversation that is not known any more has nothing to tell."""
    with suppress(ConversationNotFound, TokenMissing, DatabaseUnavailable):
        human = await _conversations(request).human(*key)
        talk.catch_up(told(await request.app.state.live.after(key.id, talk.last_event)))
        talk.human = HumanModel(**human)
        _talks(request).keep(key.id, talk)


async def _start(request: Request, context: TalkContext) -> TalkKey:
    await request.app.state.limits.start(request.client.host if request.client else "unknown")
    started = await _conversations(request).start(context)
    return TalkKey(started.id, started.token)


async def _deliver(
    request: Request, key: TalkKey, context: TalkContext, text: str, message_id: str | None
) -> tuple[TalkKey, list[Reply]]:
    """Say one message; in a new conversation when the server no longer knows this one."""
    conversations = _conversations(request)
    await request.app.state.limits.message(key.id)
    try:
        return key, await conversations.say(*key, text, message_id)
    except (ConversationNotFound, TokenMissing):
        key = await _start(request, context)
        return key, await conversations.say(*key, text, message_id)


def _conversations(request: Request) -> Conversations:
    return request.app.state.conversations  # type: ignore[no-any-return]


def _talks(request: Request) -> PlainTalks:
    return request.app.state.plain_talks  # type: ignore[no-any-return]
