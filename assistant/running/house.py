"""`meedoen run`: everything that one machine needs, from a checkout to a green /health, and down again."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from assistant.database import Database, upgrade
from assistant.placement import seed
from assistant.placement.municipalities import municipality_files
from assistant.running.errors import NotReady, PortTaken
from assistant.running.supervise import Process, Seen, Ward
from assistant.running.supervise_model import ModelChoice, checked_model
from assistant.running.supervise_pings import app_ping, rasa_ping
from assistant.settings import Settings
from assistant.staff.examples import make_examples
from assistant.staff.passwords import Passwords
from assistant.staff.seal import Seal
from assistant.training.train import QUIET, ensure_model, rasa_command

READY_SECONDS = 180.0
LOOK_EVERY = 1.0
STOP_SECONDS = 10.0
Report = Callable[[str], None]


class Running:
    """The processes of a running house. Use as a context: leaving it ends every process that was started."""

    def __init__(self, root: Path, settings: Settings, report: Report) -> None:
        self._root, self.settings, self._report = root, settings, report
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._wards: list[Ward] = []
        self._choice: ModelChoice

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start everything and return when /health is green. Raises a StartError."""
        self._check_ports()
        self.settings.var.mkdir(parents=True, exist_ok=True)
        self._choice = ModelChoice(self._root, self.settings.var, self._usual_model, self._report)
        self._prepare_database()
        token = self._write_token()
        began = time.monotonic()
        self._wards = [self._rasa_ward(token), self._app_ward()]
        for ward in self._wards:
            self._must_live(ward, ward.start())
        self._wait()
        self._report(f"ready after {time.monotonic() - began:.0f} s")

    def supervise(self, stop: threading.Event | None = None) -> None:
        """Keep everything running until `stop` is set (never, without one). Raises GaveUp."""
        stop = stop or threading.Event()
        while not stop.wait(LOOK_EVERY):
            self._look()

    def stop(self) -> None:
        """End every process with its children: politely first, then for certain."""
        for process in self._processes.values():
            _signal(process, signal.SIGCONT)  # a frozen process hears nothing else
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
    def is_well(self) -> bool:
        """Whether every process answered when it was last asked."""
        return all(ward.ready for ward in self._wards)

    @property
    def public_url(self) -> str:
        """Address of the gateway."""
        return f"http://{self.settings.public_host}:{self.settings.public_port}"

    @property
    def console_url(self) -> str:
        """Address of the staff console."""
        return f"http://{self.settings.console_host}:{self.settings.console_port}"

    def _usual_model(self) -> Path:
        """Return the model of MEEDOEN_MODEL, else one that fits the data."""
        if not self.settings.model:
            return ensure_model(self._root, self._report)
        return checked_model(self._root, self.settings.model)

    def _look(self) -> None:
        """Look at every process once, and at the wish for another model."""
        for ward in self._wards:
            self._tell(ward, ward.look())
        if self._choice.look():
            self._report(f"model {self._choice.current.name} was chosen: starting Rasa with it ...")
            self._ward("rasa").restart()

    def _tell(self, ward: Ward, seen: Seen) -> None:
        """Say what was seen, and go back to the former model when Rasa cannot work with the new one."""
        if seen is Seen.READY:
            self._report(f"{ward.name} answers")
            if ward.name == "rasa":
                self._choice.works()
        if seen is Seen.ENDED:
            self._report(f"{ward.name} {ward.why}: starting it again; its last words are in {self._log(ward.name)}")
            if ward.name == "rasa" and self._choice.failed(ward.why):
                ward.restart()

    def _must_live(self, ward: Ward, seen: Seen) -> None:
        if seen is Seen.ENDED and ward.process is None:
            raise NotReady(f"{ward.name} {ward.why}; its last words are in {self._log(ward.name)}")

    def _ward(self, name: str) -> Ward:
        return next(ward for ward in self._wards if ward.name == name)

    def _rasa_ward(self, token: str) -> Ward:
        ping = rasa_ping(f"http://127.0.0.1:{self.settings.rasa_port}", token)
        return Ward("rasa", lambda: self._start_rasa(self._choice.to_load(), token), ping, self._end)

    def _app_ward(self) -> Ward:
        ping = app_ping(f"http://{self.settings.internal_host}:{self.settings.internal_port}")
        return Ward("app", self._start_app, ping, self._end)

    def _end(self, process: Process) -> None:
        """End a process and its children for certain: who was asked and did not answer is not asked again."""
        assert isinstance(process, subprocess.Popen)
        _signal(process, signal.SIGKILL)
        process.wait()

    def _check_ports(self) -> None:
        wanted = {
            "MEEDOEN_PUBLIC_PORT": self.settings.public_port,
            "MEEDOEN_CONSOLE_PORT": self.settings.console_port,
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
        upgrade(self.settings.database)
        database = Database(self.settings.database)
        try:
            with database.session() as session:
                seeded = seed(session)
            self._make_example_staff(database)
        finally:
            database.dispose()
        self._report(f"database ready: {seeded.openings} openings, {seeded.organisations} organisations loaded")

    def _make_example_staff(self, database: Database) -> None:
        """In development only: somebody of each role, when nobody has an account yet."""
        if not self.settings.dev:
            return
        file, seal = self.settings.var / "staff-example.txt", self.settings.var / "console-secret"
        scope = frozenset(one.id for one in municipality_files())
        sealed = Seal.of(self.settings.console_secret, seal)
        if make_examples(database, Passwords(), sealed, scope, file, datetime.now(UTC)):
            self._report(f"example accounts for the console, with passwords and keys: {file}")

    def _write_token(self) -> str:
        """Make the secret between us and Rasa anew, readable for this user only."""
        token = secrets.token_urlsafe(32)
        path = self.settings.var / "rasa-token"
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(token)
        return token

    def _start_rasa(self, model: Path, token: str) -> subprocess.Popen[bytes]:
        environment = {
            **QUIET,
            "PYTHONPATH": str(self._root),
            "MEEDOEN_INTERNAL_URL": f"http://{self.settings.internal_host}:{self.settings.internal_port}",
            "MEEDOEN_TRACKER_URL": self.settings.tracker,
            "MEEDOEN_RASA_TOKEN": token,  # by the environment, so that it is not in the list of processes
            "LOG_LEVEL": "WARNING",
            "LOG_LEVEL_LIBRARIES": "ERROR",
        }
        command = [
            str(Path(rasa_command(self._root)).with_name("python")), "tools/rasa_server.py",
            "--model", str(model), "--interface", "127.0.0.1", "--port", str(self.settings.rasa_port),
            "--endpoints", "endpoints.yml", "--credentials", "credentials.yml",
        ]  # fmt: skip
        self._report("starting Rasa ...")
        return self._spawn("rasa", command, environment)

    def _start_app(self) -> subprocess.Popen[bytes]:
        self._report("starting the app ...")
        environment = {**settings_environment(self.settings), "PYTHONPATH": str(self._root)}
        return self._spawn("app", [sys.executable, "-m", "assistant", "serve"], environment)

    def _spawn(self, name: str, command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
        """Start a process in a group of its own, its words in var/log/<name>.log."""
        self._log(name).parent.mkdir(parents=True, exist_ok=True)
        with self._log(name).open("ab") as kept:
            self._processes[name] = subprocess.Popen(
                command,
                cwd=self._root,
                env={**os.environ, **environment},
                stdout=kept,
                stderr=kept,
                start_new_session=True,
            )
        return self._processes[name]

    def _log(self, name: str) -> Path:
        return self.settings.var / "log" / f"{name}.log"

    def _wait(self) -> None:
        """Wait for green; what ends before that will end again, unless a former model takes the place of a new one."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            for ward in self._wards:
                seen = ward.look()
                self._tell(ward, seen)
                self._must_live(ward, seen)
            if all(ward.ready for ward in self._wards) and _is_green(f"{self.public_url}/health"):
                return
            time.sleep(0.5)
        raise NotReady(f"not ready after {READY_SECONDS:.0f} s; look in {self.settings.var}/log")


def settings_environment(settings: Settings) -> dict[str, str]:
    """Return the settings that are not left at their default, as the variables that a process reads them from."""
    found = {}
    for name in settings.model_fields_set:
        value = getattr(settings, name)
        if hasattr(value, "get_secret_value"):
            value = value.get_secret_value()
        is_list = isinstance(value, (tuple, list, frozenset, dict))
        found[f"MEEDOEN_{name.upper()}"] = json.dumps(list(value)) if is_list else str(value)
    return found


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
