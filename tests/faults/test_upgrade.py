"""An upgrade that is killed halfway, and an upgrade from the first release."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine, inspect, select
from sqlalchemy import Table as Rows
from sqlalchemy.engine import Engine

from assistant.database import Database, current, upgrade
from tests.faults.conftest import ROOT
from tests.faults.postgres import Cluster
from tests.faults.table import Table

FIRST = "0001"
HALFWAY = """
import os, signal, sys
from sqlalchemy import event
from assistant.database import upgrade
from assistant.database import migrate
count = 0
def die(connection, cursor, statement, *rest):
    global count
    if statement.lstrip().upper().startswith(("CREATE", "ALTER", "INSERT", "UPDATE", "DROP")):
        count += 1
        if count == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
made = migrate.make_engine
def watched(*arguments, **words):
    engine = made(*arguments, **words)
    event.listen(engine, "after_cursor_execute", die)
    return engine
migrate.make_engine = watched
upgrade(sys.argv[1])
"""
"""Upgrades a database and kills itself with SIGKILL after the n-th statement that changes something."""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of this test alone."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'meedoen.db'}"
    name = f"upgrade_{time.monotonic_ns()}"
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.make(name)


def rows_of_the_first_release(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Fill the tables of the first release as it would have filled them, and return every row."""
    upgrade(url, FIRST)
    engine = engine_of(url)
    metadata = MetaData()
    metadata.reflect(engine)
    moment = "2026-01-15 10:00:00+00:00"
    first = {
        "municipality": [{"id": "almere", "name": "Almere"}, {"id": "steenwijkerland", "name": "Steenwijkerland"}],
        "number_sequence": [{"series": "AW", "year": 2026, "last": 2}],
        "registration": [{"number": f"AW-2026-0000{n}", "name": name} for n, name in ((1, "Jan"), (2, "Fatima"))],
    }
    with engine.begin() as connection:
        for table, rows in first.items():
            for row in rows:
                connection.execute(metadata.tables[table].insert().values(filled(metadata.tables[table], row, moment)))
    engine.dispose()
    return {name: read(url, name) for name in first}


def filled(table: Rows, row: dict[str, object], moment: str) -> dict[str, object]:
    """Return a row with something sensible in every column that must not be empty."""
    known = {"municipality_id": "almere", "phone": "+31612345678", "state": "nieuw", "days": "[]", "id": None}
    found = dict(row)
    for column in table.columns:
        if column.name in found or column.nullable or column.server_default is not None:
            continue
        if column.name in known:
            if known[column.name] is not None:
                found[column.name] = known[column.name]
        elif "TIME" in str(column.type).upper() or "DATE" in str(column.type).upper():
            found[column.name] = datetime.fromisoformat(moment)
        else:
            found[column.name] = 1 if "INT" in str(column.type).upper() else "x"
    return found | ({"phone": "+31612345678"} if "phone" in table.columns else {})


def engine_of(url: str) -> Engine:
    return create_engine(url.replace("postgresql://", "postgresql+psycopg://"))


def read(url: str, name: str, columns: list[str] | None = None) -> list[tuple[object, ...]]:
    """Return the rows of a table, only these columns when given, in order of the first column."""
    engine = engine_of(url)
    table = Rows(name, MetaData(), autoload_with=engine)
    chosen = [table.c[column] for column in columns] if columns else list(table.columns)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(select(*chosen).order_by(chosen[0]))]
    engine.dispose()
    return found


def shape(url: str) -> dict[str, list[str]]:
    """Return the columns of every table."""
    engine = engine_of(url)
    inspector = inspect(engine)
    tables = inspector.get_table_names()
    found = {table: sorted(column["name"] for column in inspector.get_columns(table)) for table in tables}
    engine.dispose()
    return found


def test_the_first_release_becomes_this_one_with_every_row(url: str, table: Table) -> None:
    """What was registered at version 0001 is there at the newest version, and is usable."""
    before = rows_of_the_first_release(url)
    columns = {name: shape(url)[name] for name in before}
    before = {name: read(url, name, columns[name]) for name in before}
    began = time.monotonic()
    upgrade(url)
    seconds = time.monotonic() - began
    after = {name: read(url, name, columns[name]) for name in before}
    lost = sum(len(set(map(str, before[name])) - set(map(str, after[name]))) for name in before)
    double = sum(len(after[name]) - len(before[name]) for name in before)
    database = Database(url)
    assert database.check()
    database.dispose()
    kind = url.partition(":")[0]
    table.row(f"upgrade from the first release ({kind})", "(niets: er draait nog niets)", seconds, lost, double)


@pytest.mark.parametrize("statement", [3, 20])
def test_an_upgrade_that_is_killed_leaves_the_old_state(url: str, table: Table, statement: int) -> None:
    """Old or new, never between; a second try brings it to the newest version with every row."""
    before = rows_of_the_first_release(url)
    columns = {name: shape(url)[name] for name in before}
    before = {name: read(url, name, columns[name]) for name in before}
    old = shape(url)
    script = [sys.executable, "-c", HALFWAY, url, str(statement)]
    done = subprocess.run(script, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == -9, done.stderr.decode()[-500:]
    began = time.monotonic()
    assert (current(url), shape(url)) == (FIRST, old)
    upgrade(url)
    seconds = time.monotonic() - began
    after = {name: read(url, name, columns[name]) for name in before}
    lost = sum(len(set(map(str, before[name])) - set(map(str, after[name]))) for name in before)
    double = sum(len(after[name]) - len(before[name]) for name in before)
    fault = f"upgrade killed at change {statement} ({url.partition(':')[0]})"
    table.row(fault, "(niets: er draait nog niets)", seconds, lost, double)
