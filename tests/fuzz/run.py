"""Fuzz the targets, each in a process of its own, and tell what came of it. `python -m tests.fuzz.run --seconds 60`.

Ends with status 1 when something was found; the case is printed small, as a test to keep.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.register import ROOT, seed_bytes, seeds
from tests.fuzz.report import write

LONGEST = 3_000
"""Bytes of one case. A message has a thousand characters at most."""
STUCK_SECONDS = 25
"""A single case that takes so long is a fault: text must not be able to keep a process busy."""
MOST_WORDS = 300
_EDGES = re.compile(r"^#\d+\s+(?:INITED|DONE|NEW|REDUCE|pulse)\s+cov: (\d+)", re.MULTILINE)
_SECONDS = re.compile(r"^Done \d+ runs in (\d+) second", re.MULTILINE)
_TRIED = re.compile(r"^stat::number_of_executed_units:\s+(\d+)", re.MULTILINE)


@dataclass(frozen=True)
class Limits:
    """How much is tried of a target: cases (0: as many as time allows) and seconds. `seed` 0: others each time."""

    runs: int
    seconds: int
    seed: int = 0


@dataclass(frozen=True)
class Outcome:
    """What came of one target. `edges_of_seeds` is what the seeds alone reach."""

    name: str
    tried: int
    edges_of_seeds: int
    edges: int
    seconds: int
    case: bytes | None = None
    fault: str = ""
    said: str = ""

    @property
    def new_edges(self) -> int:
        """Edges between lines of ours that only what the fuzzer made came to."""
        return self.edges - self.edges_of_seeds

    def as_test(self) -> str:
        """Return the case as a test to keep."""
        room, function = self.name.split(".")
        return (
            f"from tests.fuzz.targets.{room} import {function}\n\n\n"
            f"def test_found_in_{room}_{function}() -> None:  # {self.fault}\n    {function}({self.case!r})\n"
        )


def fuzz(starts: Mapping[str, list[bytes]], limits: Limits, jobs: int = 2) -> list[Outcome]:
    """Fuzz targets from these cases, so many modules at a time; the outcomes in the order of the names."""
    modules: dict[str, list[str]] = {}
    for name in starts:
        modules.setdefault(name.partition(".")[0], []).append(name)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(jobs) as pool:
        for name, start in starts.items():
            _lay_out(Path(folder, name), start, limits)
        said = list(pool.map(lambda names: _run("one", folder, *names), modules.values()))
        return [_outcome(Path(folder, name), "".join(said)) for name in starts]


def _lay_out(place: Path, start: list[bytes], limits: Limits) -> None:
    """Put down what a target starts from: its cases, the words in them, and how it is fuzzed."""
    (place / "corpus").mkdir(parents=True)
    for number, one in enumerate(start):
        (place / "corpus" / f"{number:03d}").write_bytes(one)
    (place / "words").write_text(_dictionary(start), encoding="ascii")
    (place / "options").write_text("\n".join([*_options(place, limits), str(place / "corpus")]), encoding="utf-8")


def _outcome(place: Path, around: str) -> Outcome:
    """Read what a target said; `around` is what its process said before it came to that."""
    said = (place / "said").read_text(encoding="utf-8", errors="replace") if (place / "said").exists() else around
    case = next((path for path in place.iterdir() if path.name.startswith(("crash-", "timeout-", "oom-"))), None)
    fault = _made_small(place.name, case) if case else ""
    edges = [int(number) for number in _EDGES.findall(said)] or [0]
    tried, seconds = _TRIED.search(said), _SECONDS.search(said)
    return Outcome(
        place.name, int(tried[1]) if tried else 0, edges[0], edges[-1], int(seconds[1]) if seconds else 0,
        case.read_bytes() if case else None, fault, said,
    )  # fmt: skip


def _options(place: Path, limits: Limits) -> list[str]:
    runs = [f"-runs={limits.runs}"] if limits.runs else []
    return [
        *runs, f"-max_total_time={limits.seconds}", f"-seed={limits.seed}", f"-max_len={LONGEST}", "-len_control=20",
        f"-timeout={STUCK_SECONDS}", f"-artifact_prefix={place}/", f"-dict={place / 'words'}", "-print_final_stats=1",
        "-reload=0",
    ]  # fmt: skip


def _run(module: str, *arguments: str) -> str:
    """Run a module of ours and return all that it said. Its hashes are the same each time, so are its cases."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.fuzz.{module}", *arguments],
        cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": "."}, capture_output=True, check=False,
    )  # fmt: skip
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def _made_small(name: str, case: Path) -> str:
    """Make a case small in its file and return what goes wrong; one that takes all time or memory stays as it is."""
    if not case.name.startswith("crash-"):
        return case.name.partition("-")[0]
    said = _run("smaller", name, str(case)).strip().splitlines()
    return said[-1] if said else "nothing when it is played again"


def _dictionary(start: list[bytes]) -> str:
    """Return the words of the seeds in libFuzzer's form: pieces to build with."""
    words = sorted({word for one in start for word in re.findall(rb"[\w@./+-]{2,20}|[^\w\s]{1,3}", one)})[:MOST_WORDS]
    written = ("".join(f"\\x{byte:02x}" for byte in word) for word in words)
    return "".join(f'"{word}"\n' for word in written)


def main() -> int:
    """Fuzz what was asked for, print it, and write the report when a file is named."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=int, default=60, help="a target")
    asked.add_argument("--target", action="append", help="only this one (module.function); may be given more than once")
    asked.add_argument("--report", type=Path, help="where the table goes")
    given = asked.parse_args()
    outcomes = fuzz({name: seed_bytes(name) for name in given.target or seeds()}, Limits(0, given.seconds))
    for one in outcomes:
        print(f"{one.name:24} {one.tried:>9} cases, {one.new_edges:>4} new edges, {one.fault or 'nothing found'}")
    for one in outcomes:
        if one.case is not None or not one.tried:
            print(f"\n{one.as_test() if one.case is not None else one.said[-3000:]}")
    if given.report:
        write(given.report, outcomes, given.seconds)
    return int(any(one.case is not None or not one.tried for one in outcomes))


if __name__ == "__main__":
    sys.exit(main())
