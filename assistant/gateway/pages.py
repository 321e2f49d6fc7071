"""The public pages: the widget's file, what the widget looks up, demo pages, and the chat without JavaScript."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from assistant.gateway import demo_pages, plain_chat, plain_more, widget_file, widget_help
from assistant.gateway.headers import put_on
from assistant.gateway.plain_talk import PlainTalks
from assistant.http.with_headers import WithHeaders


def install(app: FastAPI) -> None:
    """Add the pages, their static files and the security headers of every response to an app.

    What the pages say comes from `app.state.conversations` and its book of answers.
    """
    app.state.plain_talks = PlainTalks()
    for part in (widget_file, widget_help, demo_pages, plain_chat, plain_more):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=widget_file.STATIC), name="static")
    app.add_middleware(WithHeaders, put_on=put_on)
