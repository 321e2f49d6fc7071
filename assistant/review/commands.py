"""`meedoen review`: what an administrator does with the log from the command line."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from assistant.database import Database
from assistant.review.examples import Filling, fill
from assistant.review.log import ConversationLog
from assistant.settings import Settings

app = typer.Typer(help="The conversation log and its reviewers.", no_args_is_help=True)


@app.callback()
def review() -> None:
    """The conversation log and its reviewers."""


@app.command("fill-example")
def fill_example(talks: Annotated[int, typer.Option(help="How many talks.", min=1)] = 50) -> None:
    """Write made-up talks into the log, to learn reviewing with. Not for a database with real talks."""
    database = Database(Settings().database)
    ids = fill(ConversationLog(database), Filling(talks, datetime.now(UTC)))
    database.dispose()
    print(f"{len(ids)} made-up talks written")
