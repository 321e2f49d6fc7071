"""The table of what happened: one row per fault, for models/reports/faults.md."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

HEAD = """# Faults that were really caused

`make faults` writes this table: each row is a test in tests/faults that broke something in a running house. "Seen" is
the sentence that the person read while it was broken; seconds count from the end of the fault (or, when the house
mends itself, from its beginning) until everything works. Lost and double are rows that were missing or there twice.

| fault | what the person sees | seconds | lost | double |
|---|---|---|---|---|
"""


@dataclass
class Table:
    """Rows in the order in which they were caused."""

    rows: list[tuple[str, str, float, int, int]] = field(default_factory=list)

    def row(self, fault: str, seen: str, seconds: float, lost: int, double: int) -> None:
        """Keep a row, and see to it that nothing was lost and nothing is there twice."""
        self.rows.append((fault, seen, seconds, lost, double))
        assert (lost, double) == (0, 0), f"{fault}: {lost} rows lost, {double} double"

    def write(self, path: Path) -> None:
        """Write the page."""
        lines = [
            f"| {fault} | {' '.join(seen.split())[:160]} | {seconds:.1f} | {lost} | {double} |\n"
            for fault, seen, seconds, lost, double in self.rows
        ]
        path.write_text(HEAD + "".join(lines), encoding="utf-8")
