"""`meedoen run`: everything that one machine needs, from a checkout to a green /health, and down again."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from assistant.database import Database, upgrade
from assistant.placement import seed
from assistant.running.errors import NotReady, PortTaken
from assistant.settings import Settings
from assistant.training.manifest import vouched_model
from assistant.training.train import QUIET, ensure_model, rasa_command

READY_SECONDS = 180.0
STOP_SECONDS = 10.0
Report = Callable[[str], None]


class Running:
    """The processes of a running house. Use as a context: leaving it ends every process that was started."""

    def __init__(self, root: Path, settings: Settings, report: Report) -> None:
        self._root, self.settings, self._report = root, settings, report
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start everything and return when /health is green. Raises a StartError."""
        self._check_ports()
        model = self._model()
        self._prepare_database()
        token = self._write_token()
        began = time.monotonic()
        self._start_rasa(model, token)
        self._start_app()
        self._wait()
        self._report(f"ready after {time.monotonic() - began:.0f} s")

    def watch(self) -> str:
        """Wait until a process ends by itself and return its name."""
        while True:
            for name, process in self._processes.items():
                if process.poll() is not None:
                    return name
            time.sleep(0.5)

    def stop(self) -> None:
        """End every process with its children: politely first, then for certain."""
        for process in self._processes.values():
            _signal(process, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for process in self._processes.values():
            try:
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal(process, signal.SIGKILL)
                process.wait()
        self._processes.clear()

    def pid(self, name: str) -> int:
        """Return the process id of `rasa` or `app`."""
        return self._processes[name].pid

    @property
    def public_url(self) -> str:
        """Address of the gateway."""
        return f"http://{self.settings.public_host}:{self.settings.public_port}"

    def _model(self) -> Path:
        """Return the model that was chosen by hand when its manifest vouches for it, else one that fits the data."""
        if not self.settings.model:
            return ensure_model(self._root, self._report)
        return vouched_model(self._root, self.settings.model)

    def _check_ports(self) -> None:
        wanted = {
            "MEEDOEN_PUBLIC_PORT": self.settings.public_port,
            "MEEDOEN_INTERNAL_PORT": self.settings.internal_port,
            "MEEDOEN_RASA_PORT": self.settings.rasa_port,
        }
        for name, port in wanted.items():
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind(("127.0.0.1", port))
                except OSError as error:
                    raise PortTaken(
                        f"port {port} is taken by another program: stop that, or choose another with {name}=..."
                    ) from error

    def _prepare_database(self) -> None:
        self.settings.var.mkdir(parents=True, exist_ok=True)
        upgrade(self.settings.database)
        database = Database(self.settings.database)
        try:
            with database.session() as session:
                seeded = seed(session)
        finally:
            database.dispose()
        self._report(f"database ready: {seeded.openings} openings, {seeded.organisations} organisations loaded")

    def _write_token(self) -> str:
        """Make the secret between us and Rasa anew, readable for this user only."""
        token = secrets.token_urlsafe(32)
        path = self.settings.var / "rasa-token"
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(token)
        return token

    def _start_rasa(self, model: Path, token: str) -> None:
        tracker = f"sqlite:///{(self.settings.var / 'tracker.db').resolve()}"
        environment = {
            **QUIET,
            "PYTHONPATH": str(self._root),
            "MEEDOEN_INTERNAL_URL": f"http://{self.settings.internal_host}:{self.settings.internal_port}",
            "MEEDOEN_TRACKER_URL": os.environ.get("MEEDOEN_TRACKER_URL", tracker),
            "MEEDOEN_RASA_TOKEN": token,  # by the environment, so that it is not in the list of processes
            "LOG_LEVEL": "WARNING",
            "LOG_LEVEL_LIBRARIES": "ERROR",
        }
        command = [
            str(Path(rasa_command(self._root)).with_name("python")), "tools/rasa_server.py", "run",
            "--model", str(model), "--enable-api", "--interface", "127.0.0.1", "--port", str(self.settings.rasa_port),
            "--endpoints", "endpoints.yml", "--credentials", "credentials.yml",
        ]  # fmt: skip
        self._report("starting Rasa (half a minute: it loads TensorFlow) ...")
        self._spawn("rasa", command, environment)

    def _start_app(self) -> None:
        self._report("starting the app ...")
        self._spawn("app", [sys.executable, "-m", "assistant", "serve"], {"PYTHONPATH": str(self._root)})

    def _spawn(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        """Start a process in a group of its own, its words in var/log/<name>.log."""
        log = self.settings.var / "log" / f"{name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as kept:
            self._processes[name] = subprocess.Popen(
                command,
                cwd=self._root,
                env={**os.environ, **environment},
                stdout=kept,
                stderr=kept,
                start_new_session=True,
            )

    def _wait(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            for name, process in self._processes.items():
                if process.poll() is not None:
                    raise NotReady(f"{name} ended by itself; its last words are in {self.settings.var}/log/{name}.log")
            if _is_green(f"{self.public_url}/health"):
                return
            time.sleep(0.5)
        raise NotReady(f"not ready after {READY_SECONDS:.0f} s; look in {self.settings.var}/log")


def _is_green(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310  an address of our own
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _signal(process: subprocess.Popen[bytes], sign: signal.Signals) -> None:
    try:
        os.killpg(process.pid, sign)
    except ProcessLookupError:
        return
