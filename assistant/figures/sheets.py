"""Figures as a CSV or XLSX, one line per number, safe to open in a spreadsheet."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.figures.definitions import definitions
from assistant.figures.metrics import METRICS, Figures
from assistant.figures.public import Report, Table
from assistant.placement.tables import write_table

HEADS = ("waarvan", "cijfer", "waarde", "eenheid", "regel")
REPORT_HEADS = ("gemeente", "maand", "tabel", "deel", "aantal")
TOO_FEW = "minder dan 5 of verborgen"


def figures_sheet(entries: Iterable[tuple[str, Figures]], kind: str) -> bytes:
    """Every metric of each entry ("alles", "kanaal web", ...) with its rule. kind: "csv" or "xlsx"."""
    rows = [
        (of, definition.name, _number(METRICS[name](figures)), definition.unit, definition.rule)
        for of, figures in entries
        for name, definition in definitions().items()
    ]
    return table_file(HEADS, rows, kind, "cijfers")


def report_sheet(report: Report, kind: str) -> bytes:
    """The public report, a line per count. kind: "csv" or "xlsx"."""
    place = (report.municipality, report.month)
    rows = [(*place, table.name, part, _shown(count)) for table in report.tables for part, count in _lines(table)]
    waits = (("de helft, minuten", report.wait_median), ("negen van de tien, minuten", report.wait_p90))
    rows += [(*place, "Wachttijd op een medewerker", name, _shown(minutes)) for name, minutes in waits]
    return table_file(REPORT_HEADS, rows, kind, "maandbericht")


def table_file(heads: Sequence[str], rows: Iterable[Sequence[str]], kind: str, title: str) -> bytes:
    """A table as the bytes of a file. Cells that a spreadsheet would run get an apostrophe (`placement.tables`)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{title}.{kind}"
        write_table(path, heads, rows, title)
        return path.read_bytes()


def _lines(table: Table) -> list[tuple[str, int | None]]:
    return [("totaal", table.total), *table.parts]


def _number(value: float | int | None) -> str:
    return "" if value is None else str(value).replace(".", ",")


def _shown(count: int | None) -> str:
    return TOO_FEW if count is None else str(count)
