"""A stock Rasa for comparison: the default pipeline (DIET) and policies (TED, UnexpecTED, rules), fixed sentences.

The project and its model are kept in var/load/stock; they are made when they are not there (some minutes). Ten
training sentences for each intent and five epochs: what a message costs depends on neither. It is started as its
makers start it, in two ways: bare (fixed sentences, talks in memory), and at work (an action server and SQLite).
"""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.load.ports import free_port
from assistant.training.bench_peers import write_yaml
from assistant.training.bench_server import train_project, wait_for, write_project
from assistant.training.sentences import grouped, read_folder

PER_INTENT = 10


@dataclass(frozen=True)
class Started:
    """A server that answers: where, what processes it has, and how long it took to get there."""

    url: str
    pids: list[int]
    seconds: float


def stock_project(root: Path, folder: Path, *, at_work: bool = False) -> Path:
    """Return the folder of a trained stock project; `at_work` lets a custom action give each answer."""
    if not (folder / "models" / "model.tar.gz").exists():
        chance = random.Random(3)
        held = grouped(read_folder(root / "data" / "nlu")).values()
        rows = [[row.intent, row.text] for rows in held for row in chance.sample(rows, min(PER_INTENT, len(rows)))]
        write_project(folder, rows, "rasa-diet", ACTION if at_work else "")
        train_project(root, folder)
    return folder


@contextmanager
def stock_server(root: Path, folder: Path) -> Iterator[Started]:
    """Run `rasa run` in the folder for as long as the context lasts."""
    port, began = free_port(), time.monotonic()
    with _rasa(root, folder, "run", port, ["--interface", "127.0.0.1"]) as process:
        wait_for(f"http://127.0.0.1:{port}/", began)
        yield Started(f"http://127.0.0.1:{port}", [process.pid], time.monotonic() - began)


@contextmanager
def stock_at_work(root: Path, folder: Path) -> Iterator[Started]:
    """As `stock_server`, as a service would run it: an action server gives the answers, talks are kept in SQLite."""
    port = free_port()
    (folder / "actions.py").write_text(SAYS, encoding="utf-8")
    (folder / "talks.db").unlink(missing_ok=True)
    kept = {"type": "SQL", "dialect": "sqlite", "db": str(folder / "talks.db")}
    endpoints = {"tracker_store": kept, "action_endpoint": {"url": f"http://127.0.0.1:{port}/webhook"}}
    write_yaml(folder / "endpoints.yml", endpoints)
    with _rasa(root, folder, "run actions", port, ["--actions", "actions"]) as actions:
        wait_for(f"http://127.0.0.1:{port}/health", time.monotonic())
        with stock_server(root, folder) as server:
            yield Started(server.url, [*server.pids, actions.pid], server.seconds)


@contextmanager
def _rasa(root: Path, folder: Path, what: str, port: int, more: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command of stock Rasa in the folder; what it says goes to a file there."""
    command = [str(root / ".venv-rasa" / "bin" / "rasa"), *what.split(), "--port", str(port), *more]
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    with (folder / f"{what.replace(' ', '-')}.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, cwd=folder, env={**os.environ, **quiet}, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)


ACTION = "action_say"
SAYS = f'''
from rasa_sdk import Action


class Say(Action):
    """Answer with a fixed sentence for the intent."""

    def name(self):
        return "{ACTION}"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text=tracker.latest_message["intent"]["name"])
        return []
'''
"""The action server of the stock project: as little as an action can do."""
