"""`meedoen`: the few verbs of this project."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from assistant.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
app = typer.Typer(no_args_is_help=True, add_completion=False, help="Meedoen: a Dutch assistant on sheltered work.")
_console = Console(highlight=False)


def main() -> None:
    """Run the command line."""
    app()


@app.command()
def run() -> None:
    """Train when needed, start everything, wait until it works, and stop it all at Ctrl-C."""
    from assistant.running.house import Running
    from assistant.training.errors import StartError

    signal.signal(signal.SIGTERM, signal.default_int_handler)
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
    from assistant.gateway.serve import main as serve_main

    serve_main()


@app.command()
def train(force: Annotated[bool, typer.Option(help="Train even when a model fits the data.")] = False) -> None:
    """Train a model for today's data, when there is none."""
    from assistant.training.errors import StartError
    from assistant.training.train import ensure_model

    try:
        ensure_model(ROOT, _console.print, force=force)
    except StartError as error:
        _fail(str(error))


def _fail(why: str) -> NoReturn:
    """Say what is wrong in one line and end with status 1."""
    Console(stderr=True, highlight=False).print(f"meedoen: {why}")
    raise typer.Exit(1)
