"""A whole installation as plain processes on free ports: gateways, Rasa workers, and PostgreSQL and Redis when asked.

For `make load` and tests/scale. Everything is written to one folder; everything that is started is stopped.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.database import Database, upgrade
from assistant.load.ports import free_port
from assistant.placement import seed
from assistant.training.manifest import fitting_model

READY_SECONDS = 240.0


@dataclass
class Houses:
    """`gateways` and `rasas` processes over one database. Use as a context."""

    root: Path
    folder: Path
    gateways: int = 1
    rasas: int = 1
    database_url: str = ""
    tracker_url: str = ""
    redis_url: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    """More settings of every gateway, by field name."""
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict, init=False)
    ready_seconds: dict[str, float] = field(default_factory=dict, init=False)

    def __enter__(self) -> Houses:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.database_url = self.database_url or f"sqlite:///{self.folder / 'meedoen.db'}"
        self.tracker_url = self.tracker_url or f"sqlite:///{self.folder / 'tracker.db'}"
        self._ports = {
            f"{kind}{n}": free_port() for kind in ("gateway", "internal", "console", "rasa") for n in range(8)
        }
        token = self.folder / "rasa-token"
        token.write_text(secrets.token_urlsafe(24), encoding="utf-8")
        token.chmod(0o600)
        upgrade(self.database_url)
        database = Database(self.database_url)
        with database.session() as session:
            seed(session)
        database.dispose()
        try:
            for number in range(self.rasas):
                self.start_rasa(number)
            for number in range(self.gateways):
                self.start_gateway(number)
            self.wait()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def urls(self) -> tuple[str, ...]:
        """Addresses of the gateways."""
        return tuple(f"http://127.0.0.1:{self._ports[f'gateway{n}']}" for n in range(self.gateways))

    def pids(self, kind: str = "") -> list[int]:
        """Process ids of everything, or of `gateway` or `rasa` only."""
        return [process.pid for name, process in self.processes.items() if name.startswith(kind)]

    def start_rasa(self, number: int) -> None:
        """Start a worker (again)."""
        model = fitting_model(self.root)
        if model is None:
            raise FileNotFoundError("no model fits the data: run `meedoen train` first")
        doors = [f"http://127.0.0.1:{self._ports[f'internal{n}']}" for n in range(self.gateways)]
        mine = doors[number % len(doors) :] + doors[: number % len(doors)]
        environment = {
            "MEEDOEN_RASA_TOKEN": (self.folder / "rasa-token").read_text(encoding="utf-8"),
            "MEEDOEN_INTERNAL_URL": mine[0],
            "MEEDOEN_INTERNAL_URLS": " ".join(mine),
            "MEEDOEN_TRACKER_URL": self.tracker_url,
            "MEEDOEN_REDIS_URL": self.redis_url,
            "LOG_LEVEL": "WARNING",
            "LOG_LEVEL_LIBRARIES": "ERROR",
            "RASA_TELEMETRY_ENABLED": "false",
            "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        }
        python = str(self.root / ".venv-rasa" / "bin" / "python")
        command = [python, "tools/rasa_server.py", "--model", str(model), "--port", str(self._ports[f"rasa{number}"])]
        self._spawn(f"rasa{number}", command, environment)

    def start_gateway(self, number: int) -> None:
        """Start a gateway (again)."""
        rasas = [f"http://127.0.0.1:{self._ports[f'rasa{n}']}" for n in range(self.rasas)]
        plenty = 1_000_000_000
        settings = {
            "dev": 0,
            "var": self.folder,
            "data": self.root / "data",
            "database_url": self.database_url,
            "redis_url": self.redis_url,
            "rasa_urls": rasas,
            "public_port": self._ports[f"gateway{number}"],
            "internal_port": self._ports[f"internal{number}"],
            "console_port": self._ports[f"console{number}"],
            "messages_per_minute": plenty,
            "conversations_per_ten_minutes": plenty,
        } | self.settings
        environment = {f"MEEDOEN_{name.upper()}": _shown(value) for name, value in settings.items()}
        self._spawn(f"gateway{number}", [sys.executable, "-m", "assistant", "serve"], environment)

    def kill(self, name: str) -> None:
        """End a process without a word, as a machine that loses power."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def wait(self) -> None:
        """Return when every gateway is green. Raises TimeoutError or RuntimeError with the last words of who ended."""
        until = time.monotonic() + READY_SECONDS
        for name in [name for name in self.processes if name not in self.ready_seconds]:
            kind, number = name.rstrip("0123456789"), name.lstrip("abcdefghijklmnopqrstuvwxyz")
            path = "/health" if kind == "gateway" else "/"
            while not _answers(f"http://127.0.0.1:{self._ports[kind + number]}{path}"):
                if self.processes[name].poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"{name} is not ready: {self.words(name)[-2000:]}")
                time.sleep(0.1)

    def words(self, name: str) -> str:
        """What a process said."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """End everything: politely first, then for certain."""
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.processes.clear()

    def _spawn(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        everything = {**os.environ, "PYTHONPATH": str(self.root), **environment}
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=self.root, env=everything, stdout=log, stderr=log, start_new_session=True
            )


def _shown(value: object) -> str:
    return json.dumps(value) if isinstance(value, (list, dict, tuple)) else str(value)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310  an address of our own
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
