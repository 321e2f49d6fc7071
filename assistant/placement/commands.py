"""The placement desk on the command line: `meedoen targets|funnel|coverage|stale|unmet|import|export`.

Every command reads the database of the settings, or the one of `--database`. Codes are printed as they are kept.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.orm import Session

from assistant.database import Database
from assistant.errors import MeedoenError
from assistant.placement.board import BoardRow, target_board
from assistant.placement.coverage import coverage as provider_coverage
from assistant.placement.freshness import stale as going_stale
from assistant.placement.funnel import funnel as counted_funnel
from assistant.placement.funnel import unmet as unmet_wishes
from assistant.placement.importing import ImportReport, explanation, export_openings, import_openings
from assistant.placement.sequence import today_here
from assistant.settings import Settings

app = typer.Typer(help="The placement desk: targets, flow, freshness, import and export.", no_args_is_help=True)

# typer 0.7 does not read `str | None`.
Address = Annotated[str, typer.Option("--database", help="Database address; empty = the one of the settings.")]
Where = Annotated[Optional[str], typer.Option("--municipality", help="Only this municipality, by id.")]  # noqa: UP045
Year = Annotated[int, typer.Option("--year", help="Year; 0 = this year.")]


@app.command()
def targets(municipality: Where = None, year: Year = 0, database: Address = "") -> None:
    """Norm against realised per year and definition, every source and reading side by side. Year 0: all years."""
    with _session(database) as session:
        rows = target_board(session, today=today_here(), municipality=municipality, year=year or None)
    heads = (
        "year",
        "definition",
        "about",
        "norm",
        "realised",
        "counted by us",
        "forecast 31 Dec",
        "disputed",
        "source",
    )
    _print(heads, map(_target_cells, rows))


@app.command()
def funnel(municipality: Where = None, year: Year = 0, database: Address = "") -> None:
    """From question to contract in one year."""
    since, until = _period(year)
    with _session(database) as session:
        rows = counted_funnel(session, since=since, until=until, municipality=municipality)
    _print(("step", "count", "of the step before"), ((row.step, row.count, _percent(row.share)) for row in rows))


@app.command()
def coverage(municipality: Where = None, database: Address = "") -> None:
    """Sheltered places per contracted provider of day care, those that fall short first."""
    with _session(database) as session:
        rows = provider_coverage(session, today=today_here(), municipality=municipality)
    heads = ("provider", "municipality", "places", "free", "asked", "met", "rule")
    _print(heads, ((r.organisation, r.municipality, r.places, r.free, r.asked, _yes(r.met), r.source) for r in rows))


@app.command()
def stale(municipality: Where = None, database: Address = "") -> None:
    """What goes stale in the coming week or has faded already."""
    with _session(database) as session:
        rows = going_stale(session, today=today_here(), municipality=municipality)
    heads = ("number", "title", "organisation", "what", "on", "confirmed on", "complete", "mail")
    cells = (
        (r.number, r.title, r.organisation, r.what, r.on, r.confirmed_on, f"{r.complete} %", _yes(r.has_mail))
        for r in rows
    )
    _print(heads, cells)


@app.command()
def unmet(municipality: Where = None, year: Year = 0, database: Address = "") -> None:
    """Work that was asked for and that no opening offered, the most asked first."""
    since, until = _period(year)
    with _session(database) as session:
        rows = unmet_wishes(session, since=since, until=until, municipality=municipality)
    heads = ("municipality", "work", "place", "missing", "times", "last")
    _print(heads, ((r.municipality, r.work_kind, r.place, r.missing, r.count, r.last) for r in rows))


@app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help="CSV or XLSX with the heads of docs/placement.md.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check and explain, write nothing.")] = False,
    good_rows: Annotated[
        bool, typer.Option("--good-rows", help="Write the good rows although others are wrong.")
    ] = False,
    database: Address = "",
) -> None:
    """Take openings in: all of them, or nothing and a line per wrong row. Exit code 1 when a row was wrong."""
    with _session(database, write=True) as session:
        report = import_openings(session, path, today=today_here(), dry_run=dry_run, good_rows=good_rows)
    _explain(report)
    if report.refused:
        raise typer.Exit(1)


@app.command("export")
def export(
    path: Annotated[Path, typer.Argument(help="The file to write, .csv or .xlsx.")],
    municipality: Where = None,
    database: Address = "",
) -> None:
    """Write every opening to a file that can be imported again."""
    with _session(database) as session:
        typer.echo(f"{export_openings(session, path, municipality)} openings → {path}")


@contextmanager
def _session(address: str, *, write: bool = False) -> Iterator[Session]:
    """A session; what we planned for ends with one line and exit code 2, without a trace."""
    database = Database(address or Settings().database)
    try:
        with database.session(write=write) as session:
            yield session
    except MeedoenError as error:
        typer.echo(f"{error.code}: {error}", err=True)
        raise typer.Exit(2) from error
    finally:
        database.dispose()


def _explain(report: ImportReport) -> None:
    for problem in report.problems:
        typer.echo(f"rij {problem.row}, kolom {problem.column}: {explanation(problem)}")
    done = "geschreven" if report.written else "niets geschreven"
    typer.echo(
        f"{report.rows} rijen: {report.good} goed ({report.new} nieuw, {report.changed} bijgewerkt), "
        f"{report.refused} geweigerd; {done}"
    )


def _target_cells(row: BoardRow) -> Sequence[object]:
    ours = [f"{count.value:g} {count.reading}{'' if count.sure else ' (?)'}" for count in row.counted]
    ours += [f"{row.from_daycare:g} %"] if row.from_daycare is not None else []
    band = f"{row.forecast.low}-{row.forecast.high} (≈{row.forecast.expected})" if row.forecast else None
    derived = any(view.norm_derived for view in row.stated)
    norms = " / ".join(f"{norm}{'*' if derived else ''}" for norm in row.norms)
    return (
        row.year, row.definition, row.municipality or row.organisation or "Nederland", norms,
        " / ".join(map(str, row.realised)), "\n".join(ours), band, _yes(row.disputed),
        "\n".join(view.source.split(",")[0] for view in row.stated),
    )  # fmt: skip


def _period(year: int) -> tuple[date, date]:
    year = year or today_here().year
    return date(year, 1, 1), date(year, 12, 31)


def _print(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    table = Table(*heads)
    for row in rows:
        table.add_row(*("-" if cell in (None, "") else str(cell) for cell in row))
    Console().print(table)


def _percent(share: int | None) -> str:
    return "" if share is None else f"{share} %"


def _yes(value: bool) -> str:
    return "ja" if value else "nee"
