"""A stock Rasa for comparison: the default pipeline (DIET) and policies (TED, UnexpecTED, rules), fixed sentences.

The project and its model are kept in var/load/stock; they are made when they are not there (some minutes). Ten
training sentences for each intent and five epochs: what a message costs depends on neither. It is started as its
makers start it.
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
from assistant.training.bench_server import train_project, wait_for, write_project
from assistant.training.sentences import grouped, read_folder

PER_INTENT = 10


@dataclass(frozen=True)
class Started:
    """A server that answers: where, what processes it has, and how long it took to get there."""

    url: str
    pids: list[int]
    seconds: float


def stock_project(root: Path, folder: Path) -> Path:
    """Return the folder of a trained stock project."""
    if not (folder / "models" / "model.tar.gz").exists():
        chance = random.Random(3)
        held = grouped(read_folder(root / "data" / "nlu")).values()
        rows = [[row.intent, row.text] for rows in held for row in chance.sample(rows, min(PER_INTENT, len(rows)))]
        write_project(folder, rows, "rasa-diet")
        train_project(root, folder)
    return folder


@contextmanager
def stock_server(root: Path, folder: Path) -> Iterator[Started]:
    """Run `rasa run` in the folder for as long as the context lasts."""
    port, began = free_port(), time.monotonic()
    command = [str(root / ".venv-rasa" / "bin" / "rasa"), "run", "--port", str(port), "--interface", "127.0.0.1"]
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    with (folder / "run.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, cwd=folder, env={**os.environ, **quiet}, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/", began)
            yield Started(f"http://127.0.0.1:{port}", [process.pid], time.monotonic() - began)
        finally:
            process.terminate()
            process.wait(timeout=30)
