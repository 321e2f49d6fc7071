"""How fast every page of the console is: `PYTHONPATH=. python -m tests.console.measure_pages [--talks 100000]`.

The pages are taken from the route table, so that none is forgotten; a page with an id gets one by the examples of the
access test. Beside the talks of measure_review.py a year of work is made up: registrations in every state, hand-overs,
and an audit log of as many lines as there are talks. Milliseconds; the goal is 100 at p95.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from fastapi.routing import APIRoute
from sqlalchemy import insert, select, text

from assistant.answers import Library
from assistant.console.access import asked_right
from assistant.database import Database, upgrade
from assistant.figures.rollup import roll_up
from assistant.handover.models import Handover, Line
from assistant.placement.models import Registration
from assistant.placement.workflow import STATES
from assistant.staff.chain import BEGINNING
from assistant.staff.chain import Line as AuditLine
from assistant.staff.models import AuditRow
from assistant.staff.rights import Role
from tests.console.measure_review import POSTGRES, fill, row, schema
from tests.unit.console import desk_rows
from tests.unit.console.conftest import ROOT, Console
from tests.unit.console.objects import EXAMPLES, Make
from tests.unit.console.test_access import ROUTES

ASKED = 30
HERE = "almere"


def main() -> None:
    """Print a table for each database."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--talks", type=int, default=100_000)
    reader.add_argument("--registrations", type=int, default=20_000)
    reader.add_argument("--url", default=POSTGRES)
    reader.add_argument("--only", choices=("SQLite", "PostgreSQL"))
    given = reader.parse_args()
    library = Library(ROOT / "data", every_seconds=1e9)
    with TemporaryDirectory() as folder:
        files = Path(folder)
        if given.only != "PostgreSQL":
            measure("SQLite", f"sqlite:///{files / 'measure.db'}", given, library, files)
        if given.only != "SQLite":
            with schema(given.url) as url:
                measure("PostgreSQL", url, given, library, files)


def measure(name: str, url: str, given: argparse.Namespace, library: Library, var: Path) -> None:
    """Fill, ask every page ASKED times, print."""
    upgrade(url)
    database, now, began = Database(url), datetime.now(UTC), perf_counter()
    console = Console(database, library, var)
    talks = fill(database, given.talks, now)
    work(database, given.registrations, talks, now)
    audit(database, given.talks, now)
    with database.session() as session:
        roll_up(session, now=now)
        session.execute(text("ANALYZE"))
    print(
        f"{name}: {given.talks} talks, {given.registrations} registrations, written in {perf_counter() - began:.0f} s"
    )
    print(f"{'page':<52}{'p50':>8}{'p95':>8}{'max':>8}{'cpu p50':>9}{'cpu p95':>9}")
    made: dict[Make, dict[str, str]] = {}
    for route in (route for route in ROUTES if "GET" in route.methods):
        page(console, route, made)
    database.dispose()


def page(console: Console, route: APIRoute, things: dict[Make, dict[str, str]]) -> None:
    """Ask one page as a role that may, of a thing in its own municipality."""
    ids: dict[str, str] = {}
    if "{" in route.path:
        if (made := EXAMPLES.get(route.path)) is None or made.personal:
            return
        if made.make not in things:
            things[made.make] = made.make(console, HERE)
        ids = things[made.make]
    path = route.path_format.format(**ids)
    client = console.login(*Role, scope={HERE, "landelijk"})
    first = client.get(path)
    if first.status_code != 200 or "content-disposition" in first.headers:  # sends on, or a file to take along: no page
        return
    right = asked_right(route)[1]
    row(f"{route.path} ({right})" if right else route.path, client, [path] * ASKED)


def work(database: Database, registrations: int, talks: list[str], now: datetime) -> None:
    """A year of registrations, one of a real one each, and a hand-over for every twentieth of their number."""
    chance = random.Random(8)
    number = desk_rows.registration(database, now)
    with database.session() as session:
        like = dict(session.execute(select(Registration.__table__).where(Registration.number == number)).one()._mapping)
        del like["id"]
        like |= {"conversation_id": None, "idempotency_key": None}
        session.execute(insert(Registration.__table__), [
            like | {
                "number": f"AW-2026-{10_000 + each:05d}", "state": chance.choice(list(STATES)),
                "created_at": now - timedelta(minutes=26 * each), "name": chance.choice(desk_rows.NAMES),
                "phone": f"+316{each:08d}", "email": f"m{each}@example.nl",
            }
            for each in range(registrations)
        ])  # fmt: skip
        session.execute(insert(Handover.__table__), [
            handover(each + 1, talk, now - timedelta(hours=8 * each))
            for each, talk in enumerate(talks[: registrations // 20])
        ])  # fmt: skip
        session.execute(insert(Line.__table__), [
            {"handover_id": each + 1, "number": said, "conversation_id": talk, "who": "person", "at": now,
             "text": "", "masked": "hoe gaat het verder"}
            for each, talk in enumerate(talks[: registrations // 20]) for said in range(6)
        ])  # fmt: skip
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("SELECT setval(pg_get_serial_sequence('handover', 'id'), max(id)) FROM handover"))


def handover(number: int, talk: str, at: datetime) -> dict[str, Any]:
    """A hand-over that has ended."""
    moments = dict.fromkeys(("asked_at", "queued_at", "waits_since", "claimed_at", "ended_at", "changed_at"), at)
    return moments | {
        "id": number, "conversation_id": talk, "municipality": HERE, "state": "afgerond", "staff_id": 1, "lines": 6,
        "staff_name": "Test", "summary": {}, "shares_summary": False, "consented_at": at,
    }  # fmt: skip


def audit(database: Database, lines: int, now: datetime) -> None:
    """An audit log whose chain is right."""
    previous, rows = BEGINNING, []
    for number in range(1, lines + 1):
        at = now - timedelta(seconds=300 * (lines - number))
        line = AuditLine(number, at, 1 + number % 7, "gesprek gelezen", f"{number:032x}", HERE, None, previous)
        rows.append(asdict(line) | {"hash": line.own_hash()})
        previous = rows[-1]["hash"]
    with database.session() as session:
        for start in range(0, lines, 5000):
            session.execute(insert(AuditRow.__table__), rows[start : start + 5000])


if __name__ == "__main__":
    main()
