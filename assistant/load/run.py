"""`make load`: measure the house and stock Rasa in the same run, and write models/reports/load.md and .json.

    python -m assistant.load.run [--soak MINUTES] [--seconds 15] [--streams 2000] [--steps 5,10,20,30,45]

Everything is on this machine, the load itself too, so turns a second are what is left for the house; the seconds of
processor time for a turn are the number to trust.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.load.accounting import Cost, cost_of, machine_busy
from assistant.load.houses import Houses
from assistant.load.people import Chat, Outcome, Rest, Server, at_pace, flat_out
from assistant.load.report import markdown
from assistant.load.slow_core import slowed
from assistant.load.stock import stock_at_work, stock_project, stock_server
from assistant.load.streams import hold_streams

REPORT = Path("models/reports/load")
ROUNDS, TURNS = 3, 150
SHARE = 0.2
"""Of a core, for each Rasa, where the worth of a second one is measured."""


@dataclass(frozen=True)
class Row:
    """What one step measured; times in milliseconds, memory in MB."""

    name: str
    turns: int
    per_second: float
    p50: float
    p95: float
    p99: float
    errors: int
    cpu_ms: float
    memory: float
    others_busy: float
    """Cores that other programs of this machine (the load itself included) kept busy meanwhile."""


def measured(name: str, pids: list[int], work: Callable[[], Outcome]) -> Row:
    """Do the work and return what it cost the processes."""
    before, busy, began = cost_of(pids), machine_busy(), time.monotonic()
    outcome = work()
    after, wall = cost_of(pids), time.monotonic() - began
    spent, turns = after.cpu - before.cpu, max(1, len(outcome.seconds))
    p50, p95, p99 = (round(1000 * outcome.at(share), 1) for share in (0.5, 0.95, 0.99))
    others = (machine_busy() - busy - spent) / wall
    return Row(
        name, turns, round(turns / outcome.wall, 1), p50, p95, p99, outcome.errors,
        round(1000 * spent / turns, 2), round(after.memory), round(others, 2),
    )  # fmt: skip


def side_by_side(root: Path, folder: Path) -> dict[str, Any]:
    """Ours and stock in turns, with the same talks and the same number of people, and what starting them costs."""
    bare = stock_project(root, Path("var/load/stock").resolve())
    working = stock_project(root, Path("var/load/stock-at-work").resolve(), at_work=True)
    with stock_server(root, bare) as theirs, stock_at_work(root, working) as service:
        started = {
            "stock": _start(theirs.seconds, cost_of(theirs.pids)),
            "stock at work": _start(service.seconds, cost_of(service.pids)),
        }
        with timed(Houses(root, folder / "one")) as (house, seconds):
            started |= {"ours": _start(seconds, cost_of(house.pids()))}
            ours, rest, kept = Chat(house.urls), Rest(theirs.url), Rest(service.url)
            for warm in (ours, rest, kept):
                asyncio.run(flat_out(warm, 2, 30))
            rows = []
            for _ in range(ROUNDS):
                rows += [_flat("stock", theirs.pids, rest), _flat("stock at work", service.pids, kept)]
                rows += [_flat("ours", house.pids(), ours)]
                rows += [_flat("ours: Rasa alone", house.pids("rasa"), ours)]
    return {"started": started, "side_by_side": [asdict(row) for row in rows]}


def ladder(root: Path, folder: Path, steps: list[float], seconds: float, streams: int) -> dict[str, Any]:
    """The house at a growing pace, then with many open streams of events."""
    with Houses(root, folder / "ladder") as house:
        server = Chat(house.urls)
        asyncio.run(flat_out(server, 2, 30))
        rows = [measured(f"{pace:g}/s", house.pids(), _paced(server, pace, seconds)) for pace in steps]
        opened = asyncio.run(hold_streams(house.urls[0], streams, server, 10.0, 10.0, house.pids("gateway")))
    return {"ladder": [asdict(row) for row in rows], "streams": opened}


def scaling(root: Path, folder: Path) -> dict[str, Any]:
    """The most turns a second with one Rasa and with two: as fast as they can, and with a share of a core each."""
    rows = []
    for workers in (1, 2):
        with Houses(root, folder / f"workers{workers}", rasas=workers) as house:
            server = Chat(house.urls)
            asyncio.run(flat_out(server, 4, 40))
            for part in ("rasa", ""):
                row = measured(f"{workers} Rasa", house.pids(part), _crowded(server, 12, 300))
                rows.append(asdict(row) | {"part": part or "everything"})
            with slowed(house.pids("rasa"), SHARE):
                row = measured(
                    f"{workers} Rasa, slow", house.pids("rasa"), _crowded(server, 12 * workers, 300 * workers)
                )
            rows.append(asdict(row) | {"part": f"rasa on {SHARE:.0%} of a core each"})
    return {"scaling": rows}


def soak(root: Path, folder: Path, minutes: float, pace: float) -> dict[str, Any]:
    """A long run at one pace; memory once a minute, to see whether it grows."""
    with Houses(root, folder / "soak") as house:
        server, rows = Chat(house.urls), []
        asyncio.run(flat_out(server, 2, 60))
        for minute in range(max(1, round(minutes))):
            share = min(60.0, 60.0 * minutes)
            rows.append(asdict(measured(f"minute {minute + 1}", house.pids(), _paced(server, pace, share))))
    return {"soak": rows, "soak_pace": pace}


class timed:  # noqa: N801  reads as a word: with timed(Houses(...))
    """A house, with the seconds that it took to be ready."""

    def __init__(self, house: Houses) -> None:
        self._house = house

    def __enter__(self) -> tuple[Houses, float]:
        began = time.monotonic()
        self._house.__enter__()
        return self._house, time.monotonic() - began

    def __exit__(self, *_: object) -> None:
        self._house.stop()


def _start(seconds: float, cost: Cost) -> dict[str, float]:
    return {"seconds": round(seconds, 1), "cpu": round(cost.cpu, 1), "memory": round(cost.memory)}


def _flat(name: str, pids: list[int], server: Server) -> Row:
    return measured(name, pids, _crowded(server, 4, TURNS))


def _crowded(server: Server, people: int, turns: int) -> Callable[[], Outcome]:
    return lambda: asyncio.run(flat_out(server, people, turns))


def _paced(server: Server, pace: float, seconds: float) -> Callable[[], Outcome]:
    return lambda: asyncio.run(at_pace(server, pace, seconds))


def main() -> None:
    """Read the options, measure, write."""
    reader = argparse.ArgumentParser()
    reader.add_argument("--soak", type=float, default=1.0, help="minutes at --soak-pace turns a second")
    reader.add_argument("--soak-pace", type=float, default=10.0)
    reader.add_argument("--seconds", type=float, default=15.0, help="length of each step")
    reader.add_argument("--streams", type=int, default=2000)
    reader.add_argument("--steps", default="5,10,20,30,45")
    reader.add_argument("--parts", default="stock,ladder,scaling,soak")
    options = reader.parse_args()
    root, facts = Path.cwd(), {}
    facts["machine"] = {"cores": os.cpu_count(), "load_average_before": round(os.getloadavg()[0], 1)}
    with tempfile.TemporaryDirectory(prefix="meedoen-load-") as made:
        folder, parts = Path(made), options.parts.split(",")
        if "stock" in parts:
            facts |= side_by_side(root, folder)
        if "ladder" in parts:
            steps = [float(step) for step in options.steps.split(",")]
            facts |= ladder(root, folder, steps, options.seconds, options.streams)
        if "scaling" in parts:
            facts |= scaling(root, folder)
        if "soak" in parts:
            facts |= soak(root, folder, options.soak, options.soak_pace)
    before = json.loads(REPORT.with_suffix(".json").read_text("utf-8")) if REPORT.with_suffix(".json").exists() else {}
    facts = facts if len(parts) == 4 else before | facts
    REPORT.with_suffix(".json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    REPORT.with_suffix(".md").write_text(markdown(facts), encoding="utf-8")
    print(markdown(facts))


if __name__ == "__main__":
    main()
