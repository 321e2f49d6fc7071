"""`meedoen`: the few verbs of this project."""

from __future__ import annotations

import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from assistant.answers.commands import check
from assistant.placement.commands import app as placement
from assistant.settings import Settings
from assistant.voice.commands import app as voice

ROOT = Path(__file__).resolve().parent.parent
app = typer.Typer(no_args_is_help=True, add_completion=False, help="Meedoen: a Dutch assistant on sheltered work.")
_console = Console(highlight=False)
app.registered_commands.extend(placement.registered_commands)
app.command()(check)
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
                f"\n  chat page   {house.public_url}/\n  API docs    {house.public_url}/docs\n\nCtrl-C stops it all."
            )
            ended = house.watch()
            _fail(f"{ended} ended by itself; its last words are in {house.settings.var}/log/{ended}.log")
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
