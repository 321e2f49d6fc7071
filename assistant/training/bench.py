"""`make bench`: the same training and test sentences before stock Rasa and other peers, in one run and one table.

    python -m assistant.training.bench [--per-intent 20] [--peers ours,rasa-diet] [--no-servers]

DIET takes hours on all sentences, so everybody gets N per intent. Writes models/reports/bench.md and .json; what the
steps leave behind is in var/bench. fastText is not part of Rasa's environment: it gets its own, when it installs.
A peer that fails is left out of the table and named below it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from assistant.training import bench_server
from assistant.training.bench_peers import PEERS, Rows
from assistant.training.measure import percentiles
from assistant.training.scores import Share, mcnemar
from assistant.training.sentences import grouped, read_folder

FOLDER = Path("var/bench")
REPORT = Path("models/reports/bench.md")
STEP_LIMIT = 3600
"""Seconds for one step of one peer."""


def main() -> None:
    """Read the options, run every peer, write the table."""
    reader = argparse.ArgumentParser()
    reader.add_argument("--per-intent", type=int, default=20)
    reader.add_argument("--peers", default=",".join(PEERS))
    reader.add_argument("--no-servers", action="store_true")
    reader.add_argument("--keep", action="store_true", help="use the steps of an earlier run on the same sentences")
    options = reader.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows, tests = sentences(Path.cwd(), options.per_intent)
    names = options.peers.split(",")
    results = {name: found for name in names if (found := run(name, keep=options.keep))}
    servers = {} if options.no_servers else run_servers(rows, [text for _, text in tests][::7][:300], keep=options.keep)
    facts = {"per_intent": options.per_intent, "training": len(rows), "peers": results, "servers": servers}
    facts |= {"tests": tests, "missing": [name for name in names if name not in results]}
    page = markdown(facts)
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(page, encoding="utf-8")
    print(page)


def sentences(root: Path, per_intent: int) -> tuple[Rows, Rows]:
    """Write and return N training sentences of each intent, chosen by a fixed seed, and all test sentences."""
    rng = random.Random(3)
    by_intent = grouped(read_folder(root / "data" / "nlu")).values()
    rows = [[row.intent, row.text] for held in by_intent for row in rng.sample(held, min(per_intent, len(held)))]
    tests = [[row.intent, row.text] for row in read_folder(root / "tests" / "nlu")]
    for name, content in (("train.json", rows), ("test.json", tests)):
        (FOLDER / name).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return rows, tests


def run(peer: str, *, keep: bool = False) -> dict[str, Any] | None:
    """Train and serve one peer, each in a process of its own; None when that does not work."""
    python = _fasttext_python() if peer == "fasttext" else sys.executable
    for step in ("train", "serve"):
        place = FOLDER / f"{peer}.{step}.json"
        if python and not (keep and place.exists()):
            print(f"{peer}: {step} ...", flush=True)
            command = [python, "-m", "assistant.training.bench_peers", step, peer, str(FOLDER)]
            with (FOLDER / f"{peer}.{step}.log").open("w", encoding="utf-8") as log:
                done = subprocess.run(
                    command, env=_environment(), stdout=log, stderr=log, timeout=STEP_LIMIT, check=False
                )
            if done.returncode:
                return None
    read = [FOLDER / f"{peer}.{step}.json" for step in ("train", "serve")]
    if not all(file.exists() for file in read):
        return None
    return dict(zip(("train", "serve"), (json.loads(file.read_text(encoding="utf-8")) for file in read), strict=True))


def run_servers(rows: Rows, texts: list[str], *, keep: bool = False) -> dict[str, Any]:
    """Train and measure our server and the stock one."""
    found = {}
    for name, peer in (("ours", "ours"), ("stock", "rasa-diet")):
        folder = (FOLDER / f"server-{name}").resolve()
        if not (keep and (folder / "models" / "model.tar.gz").exists()):
            print(f"server {name}: train ...", flush=True)
            bench_server.write_project(folder, rows, peer)
            bench_server.train_project(Path.cwd(), folder)
        print(f"server {name}: {len(texts)} messages ...", flush=True)
        found[name] = bench_server.measure(Path.cwd(), folder, texts)
    return found


def markdown(facts: dict[str, Any]) -> str:
    """Return the report."""
    inside = [not intent.startswith("buiten_bereik_") for intent, _ in facts["tests"]]
    lines = [
        "# Side by side",
        "",
        f"The same {facts['training']} training sentences ({facts['per_intent']} per intent) and the same "
        f"{len(inside)} test sentences by other writers, one run on one machine. Made by `make bench`. Training time "
        "is CPU seconds of the process (both cores added up); p50 and p95 are one message in process; p is McNemar's "
        "exact test.",
        "",
        "| peer | top-1 in scope | against ours | training CPU s | model MB | p50 / p95 ms | memory serving MB |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    peers = facts["peers"]
    ours = _inside(peers["ours"]["serve"]["hits"], inside) if "ours" in peers else None
    lines += [_line(name, found, inside, ours) for name, found in peers.items()]
    if facts["missing"]:
        lines += ["", f"Left out, because it did not install or failed here: {', '.join(facts['missing'])}."]
    if facts["servers"]:
        lines += ["", "## Whole server over REST, one rule and one sentence per intent", ""]
        lines += ["| server | start s | start CPU s | p50 / p95 ms | resident MB |", "| --- | --- | --- | --- | --- |"]
        lines += [
            f"| {name} | {each['start_s']:.1f} | {each['start_cpu_s']:.1f} | "
            f"{each['p50_ms']:.1f} / {each['p95_ms']:.1f} | {each['resident_mb']:.0f} |"
            for name, each in facts["servers"].items()
        ]
    return "\n".join(lines) + "\n"


def _line(name: str, found: dict[str, Any], inside: list[bool], ours: list[bool] | None) -> str:
    hits = _inside(found["serve"]["hits"], inside)
    middle, slow = percentiles(found["serve"]["ms"])
    against = "-"
    if ours is not None and name != "ours":
        against = difference(hits, ours)
    return (
        f"| {name} | {Share(sum(hits), len(hits))} | {against} | {found['train']['cpu_s']:.0f} | "
        f"{found['train']['bytes'] / 1e6:.1f} | {middle:.1f} / {slow:.1f} | {found['serve']['peak_mb']:.0f} |"
    )


def difference(hits: list[bool], ours: list[bool]) -> str:
    """Return the difference in points with its 95 % interval (paired rows) and McNemar's p."""
    n = len(hits)
    steps = [int(one) - int(other) for one, other in zip(hits, ours, strict=True)]
    mean = sum(steps) / n
    spread = 1.96 * (sum((step - mean) ** 2 for step in steps) / n / n) ** 0.5
    return f"{100 * mean:+.1f} ± {100 * spread:.1f} points, p = {mcnemar(hits, ours):.2g}"


def _inside(hits: list[bool], inside: list[bool]) -> list[bool]:
    return [hit for hit, kept in zip(hits, inside, strict=True) if kept]


def _fasttext_python() -> str | None:
    """Return a Python that has fastText, made on first use; None when it does not install."""
    python = FOLDER / "fasttext" / "bin" / "python"
    uv = shutil.which("uv") or shutil.which("uv", path=".uv/bin")  # tools/environments.py brings one when there is none
    if not python.exists() and uv:
        subprocess.run([uv, "venv", "--quiet", "--python", "3.11", str(python.parent.parent)], check=False)
        wanted = ["fasttext-wheel", "numpy<2", "pyyaml"]
        subprocess.run([uv, "pip", "install", "--quiet", "--python", str(python), *wanted], check=False)
    return str(python) if python.exists() else None


def _environment() -> dict[str, str]:
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    fresh = {"RASA_CACHE_DIRECTORY": mkdtemp(prefix="bench-")}  # a component from the cache would cost no time
    return {**os.environ, **quiet, **fresh, "PYTHONPATH": str(Path.cwd())}


if __name__ == "__main__":
    main()
