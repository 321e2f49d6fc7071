"""`meedoen answers export`: approved texts into the files, so that they are kept with the rest in git."""

from __future__ import annotations

from datetime import UTC, datetime

import typer
from rich.console import Console
from sqlalchemy import update

from assistant.answers import AnswerBook
from assistant.answers.errors import AnswerFileError
from assistant.answers.write_back import write_back
from assistant.database import Database
from assistant.editing.models import PUBLISHED, AnswerVersion
from assistant.editing.published import in_force
from assistant.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Answers that were approved in the console.")
_console = Console(highlight=False)


@app.callback()
def answers() -> None:
    """Answers that were approved in the console."""


@app.command()
def export() -> None:
    """Write every approved text into data/answers; from then on the files say it."""
    settings, now = Settings(), datetime.now(UTC)
    with Database(settings.database).session() as session:
        try:
            for path in write_back(settings.data, in_force(session), AnswerBook.read(settings.data)):
                _console.print(path)
        except AnswerFileError as error:
            Console(stderr=True, highlight=False).print(f"meedoen: {error}")
            raise typer.Exit(1) from error
        written = (AnswerVersion.state == PUBLISHED) & AnswerVersion.exported_at.is_(None)
        session.execute(update(AnswerVersion).where(written).values(exported_at=now))
