"""`meedoen figures`: count the days that are over, and write the public report of a month."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assistant.database import Database
from assistant.errors import MeedoenError
from assistant.figures.periods import day_of, months_before
from assistant.figures.public import published_by
from assistant.figures.publish import publish
from assistant.figures.rollup import roll_up
from assistant.settings import Settings

app = typer.Typer()


@app.command()
def figures(
    municipality: Annotated[str, typer.Option(help="Write the public report of this municipality, by id.")] = "",
    month: Annotated[str, typer.Option(help="Of this month, JJJJ-MM; empty = the last that may be published.")] = "",
    folder: Annotated[Path, typer.Option(help="Where the files go.")] = Path("maandberichten"),
    database: Annotated[str, typer.Option(help="Database address; empty = the one of the settings.")] = "",
) -> None:
    """Count every day that is over (run it each night); with a municipality also write its public report."""
    now, screen = datetime.now(UTC), Console(highlight=False, soft_wrap=True)
    opened = Database(database or Settings().database)
    try:
        with opened.session() as session:
            screen.print(f"{roll_up(session, now=now)} days counted")
            if municipality:
                chosen = month or next(name for name in months_before(day_of(now), 2) if published_by(name, now))
                for path in publish(session, folder, municipality, chosen, now=now):
                    screen.print(path)
    except MeedoenError as error:
        Console(stderr=True).print(f"meedoen: {error.code}: {error}")
        raise typer.Exit(1) from None
    finally:
        opened.dispose()
