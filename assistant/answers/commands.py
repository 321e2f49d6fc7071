"""The command `meedoen check`, to be mounted in assistant/cli.py."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assistant.answers.check import accept as note_as_seen
from assistant.answers.check import findings


def check(
    data: Annotated[Path, typer.Option(help="Folder with answers, municipalities and facts.")] = Path("data"),
    accept: Annotated[bool, typer.Option(help="Note that the municipal texts were laid beside the standard.")] = False,
    on: Annotated[str, typer.Option(help="Check as if it were this day (jjjj-mm-dd).")] = "",
) -> None:
    """Check the texts of data/answers: complete, true to the facts, readable. Status 1 = something must be mended."""
    console = Console(highlight=False, soft_wrap=True, markup=False)
    day = dt.date.fromisoformat(on) if on else None
    if accept:
        console.print(f"{note_as_seen(data, day)} teksten van gemeenten opnieuw nagekeken.")
    found = findings(data, day)
    for finding in found:
        console.print(str(finding))
    mistakes = sum(finding.level == "fout" for finding in found)
    console.print(f"{mistakes} fouten, {len(found) - mistakes} keer let op." if found else "De teksten zijn in orde.")
    if mistakes:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(check)
