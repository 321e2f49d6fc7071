"""`meedoen`: the few verbs of this project."""

from __future__ import annotations

import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from assistant.answers.commands import check
from assistant.editing.commands import app as editing
from assistant.figures.commands import app as figures
from assistant.placement.commands import app as placement
from assistant.review.commands import app as review
from assistant.rights.commands import person, register, retention
from assistant.settings import Settings
from assistant.staff.commands import app as staff
from assistant.voice.commands import app as voice

ROOT = Path(__file__).resolve().parent.parent
app = typer.Typer(no_args_is_help=True, add_completion=False, help="Meedoen: a Dutch assistant on sheltered work.")
_console = Console(highlight=False)
app.registered_commands.extend(placement.registered_commands)
app.registered_commands.extend(figures.registered_commands)
app.command()(check)
app.add_typer(review, name="review")
app.add_typer(editing, name="answers")
app.add_typer(retention, name="retention")
app.add_typer(register, name="register")
app.add_typer(person, name="person")
app.add_typer(staff, name="staff")
app.registered_commands.extend(voice.registered_commands)
app.registered_groups.extend(voice.registered_groups)


def main() -> None:
    """Run the command line."""
    app()


@app.command()
def run() -> None:
    """Train when needed, start everything, wait until it works, and stop it all at Ctrl-C."""
    from assistant.running.house import Running
    from assistant.training.errors import StartError

    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, signal.default_int_handler)
    with Running(ROOT, Settings(), _console.print) as house:
        try:
            house.start()
            _console.print(
                f"\n  chat page   {house.public_url}/\n  API docs    {house.public_url}/docs\n"
                f"  console     {house.console_url}/\n\nCtrl-C stops it all."
            )
            house.supervise()
        except StartError as error:
            _fail(str(error))
        except KeyboardInterrupt:
            _console.print("\nstopping ...")


@app.command()
def serve() -> None:
    """Run the app alone: the public gateway and the internal door."""
    from assistant.running.serve import main as serve_main

    serve_main()


@app.command()
def migrate() -> None:
    """Bring the database up to date and load the first openings when they are not there; for servers."""
    from assistant.database import Database, upgrade
    from assistant.placement import seed
    from assistant.settings import Settings

    url = Settings().database
    upgrade(url)
    database = Database(url)
    try:
        with database.session() as session:
            seeded = seed(session)
    finally:
        database.dispose()
    _console.print(f"database up to date: {seeded.openings} openings, {seeded.organisations} organisations loaded")


@app.command()
def train(
    force: Annotated[bool, typer.Option(help="Train even when a model fits the data.")] = False,
    gate: Annotated[bool, typer.Option(help="Measure it too, and keep the promoted model when it is worse.")] = False,
) -> None:
    """Train a model for today's data, when there is none."""
    from assistant.training.errors import StartError
    from assistant.training.train import ensure_model, gated_model

    try:
        (gated_model if gate else ensure_model)(ROOT, _console.print, force=force)
    except StartError as error:
        _fail(str(error))


@app.command()
def backup(path: Annotated[Path, typer.Argument(help="File to write, for example backup.tar.gz.")]) -> None:
    """Keep the database, what staff taught and chose, and the answers in one file; works while everything runs."""
    from assistant.errors import MeedoenError
    from assistant.running.backup import backup as make

    try:
        made = make(Settings(), path)
    except MeedoenError as error:
        _fail(str(error))
    _console.print(f"{path}: {len(made.files)} files, tables {made.revision}, {path.stat().st_size / 1e6:.1f} MB")


@app.command()
def restore(path: Annotated[Path, typer.Argument(help="A file made by `meedoen backup`.")]) -> None:
    """Put a backup back into an empty MEEDOEN_VAR and an empty database, after checking all of it."""
    from assistant.errors import MeedoenError
    from assistant.running.backup_restore import DATA
    from assistant.running.backup_restore import restore as put_back

    settings = Settings()
    try:
        found = put_back(settings, path)
    except MeedoenError as error:
        _fail(str(error))
    _console.print(f"put back: backup of {found.made_at}, tables {found.revision}")
    _console.print(
        f"its answers are in {settings.var / DATA}: compare them with {settings.data} and copy what you want"
    )


@app.command()
def learn() -> None:
    """Do the training that was asked for in the console; the console starts this itself."""
    from assistant.database import Database
    from assistant.training.learning import learn as learn_now

    settings = Settings()
    learn_now(ROOT, settings.var, Database(settings.database), _console.print)


@app.command()
def ask_confirmations(
    address: Annotated[str, typer.Option(help="Public address of the gateway, for the links.")] = "",
) -> None:
    """Mail every provider whose openings go stale this week; without a mail server the mails go to the outbox."""
    from assistant.database import Database
    from assistant.placement import ask_confirmations as ask
    from assistant.placement import mailer_from

    settings = Settings()
    base = address or settings.public_url or f"http://{settings.public_host}:{settings.public_port}"
    with Database(settings.database).session() as session:
        asked = ask(
            session,
            mailer_from(settings.mail_server, settings.var / "outbox"),
            now=datetime.now(UTC),
            link=lambda token, answer: f"{base}/bevestig/{token}",
        )
    _console.print(asked)


def _fail(why: str) -> NoReturn:
    """Say what is wrong in one line and end with status 1."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"meedoen: {why}")
    raise typer.Exit(1)
