"""How fast the review pages are: `python -m tests.console.measure_review [--talks 100000] [--url postgresql://...]`.

Fills a database of its own (a temporary SQLite file, and a PostgreSQL schema that is dropped afterwards) with made-up
talks of four turns over a year, and asks each page as the console serves it, in this process: routing, session, audit
line, query, template. Milliseconds; the goal is 100 at p95 for every page. `cpu` is the processor time of this process
(on SQLite the whole work, on PostgreSQL without the server): it says more on a machine that others use too.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any
from uuid import uuid4

from sqlalchemy import create_engine, insert, make_url, text

from assistant.answers import Library
from assistant.database import Database, upgrade
from assistant.review.models import Conversation, Turn
from assistant.review.outcome import outcome_of
from assistant.review.sampling import Draw, draw_sample, week_of
from assistant.review.work_models import TalkSummary
from tests.unit.console.conftest import ROOT, Console, StaffClient

POSTGRES = "postgresql://root@127.0.0.1:5432/test"
TURNS = 4
ASKED = 60
PLACES = ("almere", "almere", "steenwijkerland", "landelijk")
SAID = (
    ("wat verdien ik daar", "loon/hoeveel", ["loon/hoeveel"]),
    ("hoe vraag ik het aan", "indicatie/aanvragen", ["indicatie/aanvragen"]),
    ("is er werk in het groen", "werkplek_zoeken", ["werkplek_zoeken/gevonden"]),
    ("mag mijn hond mee", "buiten_bereik_overig", ["twijfel/geen_idee"]),
    ("iets met geld", "loon/contract", ["twijfel/keuze"]),
    ("ik wil een mens spreken", "mens_spreken", ["mens_spreken"]),
)


def main() -> None:
    """Print a table for each database."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--talks", type=int, default=100_000)
    reader.add_argument("--url", default=POSTGRES)
    given = reader.parse_args()
    library = Library(ROOT / "data", every_seconds=1e9)
    with TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{Path(folder) / 'measure.db'}", given.talks, library, Path(folder))
        with schema(given.url) as url:
            measure("PostgreSQL", url, given.talks, library, Path(folder))


def measure(name: str, url: str, talks: int, library: Library, var: Path) -> None:
    """Fill, ask every page ASKED times, print."""
    upgrade(url)
    database = Database(url)
    began = perf_counter()
    ids = fill(database, talks, datetime.now(UTC))
    console = Console(database, library, var)
    print(f"{name}: {talks} talks written in {perf_counter() - began:.0f} s")
    client = console.login("reviewer", "beheerder", scope={"almere", "landelijk"})
    narrow = console.login("reviewer", scope={"steenwijkerland"})
    with database.session() as session:
        sample = draw_sample(session, Draw(week_of(datetime.now(UTC).date()), "almere"), "Meting", datetime.now(UTC)).id
    client.submit("/nieuwe-vragen/groeperen")
    print(f"{'page':<44}{'p50':>8}{'p95':>8}{'max':>8}{'cpu p50':>9}{'cpu p95':>9}")
    chance = random.Random(4)
    for label, pages in _pages(chance, ids, talks, sample).items():
        row(label, client, pages)
    row("inbox, another municipality", narrow, ["/gesprekken"] * ASKED)
    database.dispose()


def _pages(chance: random.Random, ids: list[str], talks: int, sample: int) -> dict[str, list[str]]:
    month = (datetime.now(UTC) - timedelta(days=200)).date()
    filters = {
        "inbox": "",
        "inbox, went wrong": "misgelopen=ja",
        "inbox, a subject and low certainty": "groep=loon&zeker_onder=40",
        "inbox, a month of half a year ago": f"van={month}&tot={month + timedelta(days=30)}&gezicht=slecht",
        "inbox, nothing fits": "oorzaak=verkeerd_beeld&kanaal=phone",
        "inbox, given to me": "van_mij=ja",
        "inbox, a sample": f"steekproef={sample}",
    }
    made = {label: [f"/gesprekken?{query}"] * ASKED for label, query in filters.items()}
    made["inbox, any page"] = [f"/gesprekken?voor={chance.randint(1, talks)}" for _ in range(ASKED)]
    made["one talk"] = [f"/gesprekken/{chance.choice(ids)}" for _ in range(ASKED)]
    made |= {path: [path] * ASKED for path in ("/steekproef", "/verbeteringen", "/nieuwe-vragen", "/taalmodel", "/")}
    return made


def row(label: str, client: StaffClient, pages: list[str]) -> None:
    times, work = [], []
    for path in [*pages[:4], *pages]:
        began, busy = perf_counter(), process_time()
        assert client.get(path).status_code == 200, path
        times.append(1000 * (perf_counter() - began))
        work.append(1000 * (process_time() - busy))
    # the first ones open connections and compile templates
    p50, p95, most = _marks(times[4:])
    busy50, busy95, _ = _marks(work[4:])
    print(f"{label:<44}{p50:>8.1f}{p95:>8.1f}{most:>8.1f}{busy50:>9.1f}{busy95:>9.1f}", flush=True)


def _marks(times: list[float]) -> tuple[float, float, float]:
    ranked = sorted(times)
    return ranked[int(len(ranked) * 0.5)], ranked[int(len(ranked) * 0.95)], ranked[-1]


def fill(database: Database, talks: int, now: datetime) -> list[str]:
    """Write the talks with their summaries, a year of them; return the ids of those in Almere."""
    chance, ids = random.Random(6), []
    for start in range(0, talks, 5000):
        rows: dict[Any, list[dict[str, Any]]] = {Conversation: [], Turn: [], TalkSummary: []}
        for number in range(start, min(start + 5000, talks)):
            at = now - timedelta(days=365) * (1 - number / talks)
            place = chance.choice(PLACES)
            name = f"{number:032x}"
            ids += [name] if place == "almere" else []
            _talk(chance, rows, name, place, at)
        with database.session() as session:
            for table, held in rows.items():
                session.execute(insert(table), held)
    with database.session() as session:
        session.execute(text("ANALYZE"))
    return ids


def _talk(chance: random.Random, rows: dict[Any, list[dict[str, Any]]], name: str, place: str, at: datetime) -> None:
    role, channel = chance.choice(("werkzoekende", "werkgever", None)), chance.choice(("web", "web", "voice"))
    said = chance.choices(SAID, weights=(30, 20, 20, 3, 3, 2), k=TURNS)
    sure = [round(chance.uniform(0.3, 1.0), 3) for _ in said]
    outcomes = [outcome_of(answers, None) for _, _, answers in said]
    shown = None if place == "landelijk" else place
    rows[Conversation].append(
        {"id": name, "token_hash": "0" * 64, "municipality": shown, "role": role, "channel": channel, "started_at": at,
         "greeting": 1}
    )  # fmt: skip
    rows[Turn] += [
        {"conversation_id": name, "client_message_id": None, "at": at, "said": words, "intent": intent,
         "confidence": sure[index], "answers": answers, "replies": None, "milliseconds": 40, "danger": None,
         "guesses": [[intent, sure[index]], ["hulp", 0.1]], "outcome": outcomes[index], "messages": 1}
        for index, (words, intent, answers) in enumerate(said)
    ]  # fmt: skip
    rows[TalkSummary].append(
        {"conversation_id": name, "municipality": place, "role": role, "channel": channel, "started_at": at,
         "last_at": at, "turns": TURNS, "lowest": min(sure),
         "topics": "," + "".join(f"{one}," for one in sorted({intent.partition("/")[0] for _, intent, _ in said})),
         "asked_back": outcomes.count("teruggevraagd"), "lost": outcomes.count("niet_begrepen"),
         "handover": "mens" in outcomes, "danger": False, "trouble": False,
         "face": chance.choice((None, None, None, "goed", "gaat_wel", "slecht")), "judged": int(chance.random() < 0.05),
         "causes": ",geen_woord," if chance.random() < 0.01 else ",", "assigned_to": None, "second_reader": None}
    )  # fmt: skip


@contextmanager
def schema(url: str) -> Iterator[str]:
    """An empty schema of our own, dropped afterwards."""
    name = f"review_{uuid4().hex[:12]}"
    base = make_url(url).set(drivername="postgresql+psycopg")
    engine = create_engine(base, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    try:
        yield base.update_query_dict({"options": f"-csearch_path={name}"}).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
        engine.dispose()


if __name__ == "__main__":
    main()
