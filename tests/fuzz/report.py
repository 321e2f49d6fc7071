"""The table of `make fuzz`: models/reports/fuzz.md."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fuzz.run import Outcome

BEFORE = Path(__file__).with_name("found.md")


def write(path: Path, outcomes: Sequence[Outcome], seconds: int) -> None:
    """Write what this run tried and found, and below it what was found and mended before."""
    rows = [
        f"| {one.name} | {one.tried:,} | {one.edges_of_seeds} | {one.new_edges} | {one.fault or 'none'}"
        f" | {one.seconds} |"
        for one in outcomes
    ]
    found = sum(one.case is not None for one in outcomes)
    text = f"""# Fuzzing

`make fuzz EACH={seconds}` wrote this on {date.today():%d-%m-%Y}: {sum(one.tried for one in outcomes):,} cases, \
{len(outcomes)} targets, {found} found in this run.
Each target runs in a process of its own under atheris, which looks at which edges between lines of ours a case
reaches and goes on from cases that reach a new one. "Edges of the seeds" is what `tests/fuzz/seeds.yml` reaches by
itself. A regular expression is one edge whatever it does, so where those do the work few edges are new.

| target | cases | edges of the seeds | new edges | found in this run | seconds |
|---|---|---|---|---|---|
{chr(10).join(rows)}

{BEFORE.read_text(encoding="utf-8")}"""
    path.write_text(text, encoding="utf-8")
