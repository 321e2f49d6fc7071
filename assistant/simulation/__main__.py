"""`python -m assistant.simulation`: let simulated people talk to a house, and write the report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.settings import Settings
from assistant.simulation.report import write
from assistant.simulation.run import play_all

ROOT = Path(__file__).resolve().parents[2]


def main(
    talks: Annotated[int, typer.Option(help="How many talks.")] = 500,
    seed: Annotated[int, typer.Option(help="The same seed gives the same people.")] = 20261121,
    at_once: Annotated[int, typer.Option(help="How many people talk at the same time.")] = 4,
    url: Annotated[str, typer.Option(help="A running house; empty = start one for this.")] = "",
    database: Annotated[str, typer.Option(help="Address of its database, to look at the rows.")] = "",
    random_turns: Annotated[int, typer.Option(help="Turns of random talk afterwards.")] = 10_000,
    folder: Annotated[Path, typer.Option(help="Where the report goes.")] = ROOT / "models" / "reports",
) -> None:
    """Play the talks and write simulation.md and simulation.json."""
    from assistant.simulation.house import open_house

    with open_house(ROOT, Settings(), url, database) as (address, rows):
        result = play_all(address, rows, talks=talks, seed=seed, at_once=at_once, random_turns=random_turns)
    typer.echo(write(result, folder))
    if not result.good:
        raise typer.Exit(1)


typer.run(main)
