"""`meedoen retention ...`, `meedoen register ...` and `meedoen person ...`."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from assistant.core.scope import NATIONAL
from assistant.database import Database
from assistant.placement.municipalities import municipality_files
from assistant.rights.erase import Elsewhere, erase_person
from assistant.rights.errors import RightsError
from assistant.rights.holds import hold as hold_now
from assistant.rights.person import find_person, portable
from assistant.rights.purge import Stores, hash_of, preview, purge, reports
from assistant.rights.register import Installation, algorithm_entry, data_map, receipts
from assistant.rights.tracker_store import TrackerStore
from assistant.settings import Settings

T = TypeVar("T")
retention = typer.Typer(no_args_is_help=True, help="What is over its term, and deleting it.")
register = typer.Typer(no_args_is_help=True, help="Drafts for the algorithm register and the DPIA, and receipts.")
person = typer.Typer(no_args_is_help=True, help="See or erase what is kept of one person.")
_console = Console(highlight=False)


def _stores() -> Stores:
    settings = Settings()
    return Stores(
        Database(settings.database),
        TrackerStore(settings.tracker),
        settings.var,
        settings.data.resolve().parent,
        settings.data,
    )


def _everywhere() -> frozenset[str]:
    """The scope of who sits at the machine itself: all municipalities."""
    return frozenset({each.id for each in municipality_files()} | {NATIONAL})


@retention.command("preview")
def preview_command() -> None:
    """What a purge would delete now, and what it would leave because of a hold."""
    table = Table("klasse", "bewaard", "nu te verwijderen", "vastgehouden", "reden")
    for due in preview(_stores(), datetime.now(UTC)):
        table.add_row(due.term.name, str(due.term.kept), str(due.count), str(due.held), due.term.reason)
    _console.print(table)


@retention.command("purge")
def purge_command() -> None:
    """Delete what is over its term, and print the report."""
    report = purge(_stores(), datetime.now(UTC))
    assert report is not None
    for each in report.counts:
        _console.print(
            f"{each.data_class}: {each.deleted} verwijderd, {each.held} vastgehouden {each.failed or ''}".rstrip()
        )
    _console.print(f"verslag {report.id}, sha256 {report.hash}")


@retention.command("report")
def report_command() -> None:
    """The latest reports, and whether each still is as it was signed."""
    with Database(Settings().database).session(write=False) as session:
        for report in reports(session):
            proof = (
                "afgebroken" if report.ended_at is None else "klopt" if hash_of(report) == report.hash else "VERANDERD"
            )
            counts = ", ".join(f"{each.data_class} {each.deleted}" for each in report.counts if each.deleted) or "niets"
            _console.print(f"{report.id} {report.began_at:%Y-%m-%d %H:%M} {report.cause} {proof}: {counts}")


@retention.command("hold")
def hold_command(
    kind: Annotated[str, typer.Argument(help="aanmelding, gesprek, terugbelverzoek or aanbod.")],
    subject: Annotated[str, typer.Argument(help="Its number, or the id of the conversation.")],
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Last day on which it is kept.")],
    reason: Annotated[str, typer.Option(help="Why it must be kept.")],
) -> None:
    """Keep something although it is over its term."""
    day: date = until.date()
    with Database(Settings().database).session() as session:
        _try(lambda: hold_now(session, kind, subject, reason, day, scope=_everywhere(), by=None, now=datetime.now(UTC)))


@register.command("algorithm")
def algorithm_command() -> None:
    """A draft entry for the algorithm register, from what runs here."""
    _console.print_json(json.dumps(algorithm_entry(_installation()), ensure_ascii=False))


@register.command("dpia")
def dpia_command() -> None:
    """The data map for the DPIA, from the tables, the settings and the terms."""
    _console.print_json(json.dumps(data_map(_installation()), ensure_ascii=False))


@register.command("receipts")
def receipts_command() -> None:
    """What was received when: number, kind and moment of every registration, call-back and offer."""
    with Database(Settings().database).session(write=False) as session:
        for each in receipts(session, _everywhere()):
            _console.print(f"{each.at:%Y-%m-%dT%H:%M:%SZ} {each.number} {each.kind} {each.municipality}")


@person.command("show")
def show_command(number: str) -> None:
    """Everything that is kept of who has this number, as JSON."""
    stores, now = _stores(), datetime.now(UTC)
    with stores.database.session(write=False) as session:
        found = _try(lambda: find_person(session, number, scope=_everywhere(), var=stores.var))
        _console.print_json(json.dumps(portable(session, found, stores.tracker, now), ensure_ascii=False))


@person.command("erase")
def erase_command(number: str) -> None:
    """Erase everything of who has this number."""
    stores, now = _stores(), datetime.now(UTC)
    elsewhere = Elsewhere(stores.tracker, stores.var)
    with stores.database.session() as session:
        erased = _try(lambda: erase_person(session, number, elsewhere, scope=_everywhere(), by=None, now=now))
    _console.print(erased.counts)


def _installation() -> Installation:
    return Installation.of(Settings())


def _try(act: Callable[[], T]) -> T:
    """Do it; say in one line what is wrong and end with status 1."""
    try:
        return act()
    except RightsError as error:
        Console(stderr=True, highlight=False).print(f"meedoen: {type(error).__name__}: {error}")
        raise typer.Exit(1) from error
