"""Staff on the command line: `meedoen staff add|list|reset|check|reseal|verify-audit`, for the first account and worse.

Who may run these may read the database anyway. What they do is in the audit log, as done by the system.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.console import Console
from rich.table import Table

from assistant.core.scope import NATIONAL
from assistant.database import Database
from assistant.errors import MeedoenError
from assistant.settings import Settings
from assistant.staff import accounts, chain
from assistant.staff.accounts import Giver, Grant
from assistant.staff.audit import all_lines
from assistant.staff.errors import ChainBroken
from assistant.staff.export import from_json, to_json
from assistant.staff.leaked import Leaked
from assistant.staff.rights import Role
from assistant.staff.seal import Seal
from assistant.staff.sealed import look_at, seal_anew

app = typer.Typer(help="Accounts of the staff console, and the check of the audit log.", no_args_is_help=True)
Address = Annotated[str, typer.Option("--database-url", help="Database address; empty = the one of the settings.")]


@app.command()
def add(
    email: Annotated[str, typer.Argument(help="Mail address; one logs in with it.")],
    name: Annotated[str, typer.Option(help="Name as colleagues see it.")],
    role: Annotated[list[str], typer.Option(help=f"One of {', '.join(Role)}; may be given more often.")],
    municipality: Annotated[list[str], typer.Option(help="Municipality id or landelijk; may be given more often.")],
    database_url: Address = "",
) -> None:
    """Make a local account and print the link that takes it into use, once, within three days."""
    settings = Settings()
    _check_municipalities(settings, municipality)
    with _database(database_url) as database, database.session() as session:
        grant = Grant(frozenset(role), frozenset(municipality))
        giver = Giver(None, grant.municipalities)
        _, token = accounts.invite(session, giver, email, name, grant, datetime.now(UTC))
    typer.echo(_link(settings, token))


@app.command("list")
def list_(database_url: Address = "") -> None:
    """Every account."""
    with _database(database_url) as database, database.session(write=False) as session:
        rows = accounts.everybody(session)
    table = Table("id", "name", "address", "kind", "roles", "municipalities", "state")
    for row in rows:
        state = "off" if not row.active else "ready" if row.is_ready else "invited"
        kind = "local" if row.is_local else "provider"
        table.add_row(
            str(row.id), row.name, row.email, kind, ", ".join(row.roles), ", ".join(row.municipalities), state
        )
    Console().print(table)


@app.command()
def reset(email: str, database_url: Address = "") -> None:
    """Take away password, second step and sessions of a local account, and print a new link."""
    with _database(database_url) as database, database.session() as session:
        account_id = accounts.find_by_email(session, email)
        scope = accounts.everywhere_of(session, account_id)
        token = accounts.start_again(session, Giver(None, scope), account_id, datetime.now(UTC))
    typer.echo(_link(Settings(), token))


@app.command()
def check(database_url: Address = "") -> None:
    """Say how the sealed secrets stand, and whether there is a list of leaked passwords (exit code 1: unreadable)."""
    settings = Settings()
    with _database(database_url) as database, database.session(write=False) as session:
        found = look_at(session, _seal(settings))
    typer.echo(f"tweede stap: {found.all} verzegeld, {found.former} met het vorige geheim, {found.lost} onleesbaar")
    place = settings.leaked_passwords
    try:
        listed = Leaked(Path(place)).standing() if place else "geen (MEEDOEN_LEAKED_PASSWORDS is leeg)"
    except OSError as error:
        typer.echo(f"lijst van gelekte wachtwoorden: niet te lezen ({error.strerror})", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"lijst van gelekte wachtwoorden: {listed}")


@app.command()
def reseal(database_url: Address = "") -> None:
    """Seal with MEEDOEN_CONSOLE_SECRET what MEEDOEN_CONSOLE_SECRET_FORMER still seals; then the former one can go."""
    with _database(database_url) as database, database.session() as session:
        before = seal_anew(session, _seal(Settings()))
    typer.echo(f"{before.former} opnieuw verzegeld, {before.lost} onleesbaar: nodig die collega's opnieuw uit")


@app.command()
def verify_audit(
    file: Annotated[Optional[Path], typer.Argument(help="An export of the audit log (.jsonl).")] = None,  # noqa: UP045
    database: Annotated[bool, typer.Option("--database", help="Check the log in the database itself.")] = False,
    export: Annotated[Optional[Path], typer.Option(help="Write the checked log of the database to a file.")] = None,  # noqa: UP045
    anchor: Annotated[list[str], typer.Option(help="number:hash that was written down earlier.")] = [],  # noqa: B006
    database_url: Address = "",
) -> None:
    """Check the chain of the audit log, without needing anything but the export. Exit code 1 when it was changed."""
    if database == (file is not None):
        raise typer.BadParameter("give a FILE, or --database")
    try:
        anchors = [(int(one.partition(":")[0]), one.partition(":")[2]) for one in anchor]
    except ValueError as error:
        raise typer.BadParameter("an anchor is number:hash") from error
    try:
        done = _check_file(file, anchors) if file else _check_database(database_url, anchors, export)
    except ChainBroken as error:
        typer.echo(f"verbroken: {error}", err=True)
        raise typer.Exit(1) from error
    withheld = f", waarvan {done.withheld} alleen als hash" if done.withheld else ""
    typer.echo(f"klopt: {done.lines} regels{withheld}; anker {done.lines}:{done.last}")


def _seal(settings: Settings) -> Seal:
    return Seal.of(settings.console_secret, settings.var / "console-secret", settings.console_secret_former)


def _check_file(file: Path, anchors: list[tuple[int, str]]) -> chain.Checked:
    with file.open(encoding="utf-8") as texts:
        return chain.check(from_json(texts), anchors)


def _check_database(address: str, anchors: list[tuple[int, str]], export: Path | None) -> chain.Checked:
    with _database(address) as database, database.session(write=False) as session:
        if export is not None:
            with export.open("w", encoding="utf-8") as file:
                file.writelines(to_json(all_lines(session), None))
        return chain.check(all_lines(session), anchors)


def _check_municipalities(settings: Settings, chosen: list[str]) -> None:
    known = {path.stem for path in (settings.data / "municipalities").glob("*.yml")} | {NATIONAL}
    if unknown := set(chosen) - known:
        raise typer.BadParameter(f"{', '.join(sorted(unknown))}: choose from {', '.join(sorted(known))}")


def _link(settings: Settings, token: str) -> str:
    base = settings.console_url or f"http://{settings.console_host}:{settings.console_port}"
    return f"{base.rstrip('/')}/uitnodiging/{token}"


@contextmanager
def _database(address: str) -> Iterator[Database]:
    """A database; what we planned for ends with one line and exit code 2, without a trace."""
    database = Database(address or Settings().database)
    try:
        yield database
    except ChainBroken:
        raise
    except MeedoenError as error:
        typer.echo(f"{error.code}: {error}", err=True)
        raise typer.Exit(2) from error
    finally:
        database.dispose()
