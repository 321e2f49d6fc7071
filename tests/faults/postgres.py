"""A PostgreSQL server of our own in a folder, made with the binaries of this machine; it may be stopped and killed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import create_engine, text

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
USER = "postgres" if os.geteuid() == 0 else None
"""PostgreSQL refuses to run as root."""


class Cluster:
    """Use as a context: it runs inside, and is gone afterwards."""

    def __init__(self, folder: Path, port: int) -> None:
        self._data, self.port = folder / "data", port
        if USER:
            shutil.chown(folder, USER)
        folder.chmod(0o700)
        self._folder = folder

    def __enter__(self) -> Cluster:
        self._run("initdb", "-D", str(self._data), "-U", "meedoen", "-A", "trust", "-N", "--locale=C.UTF-8")
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start and wait until it answers."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self._folder}"
        self._run("pg_ctl", "-D", str(self._data), "-w", "-l", str(self._folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        """Stop at once, as when the machine loses power: sessions are cut off."""
        self._run("pg_ctl", "-D", str(self._data), "-w", "-m", "immediate", "stop")

    def make(self, name: str) -> str:
        """Make an empty database and return its URL."""
        engine = create_engine(
            f"postgresql+psycopg://meedoen@127.0.0.1:{self.port}/postgres", isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return f"postgresql://meedoen@127.0.0.1:{self.port}/{name}"

    def _run(self, name: str, *arguments: str) -> None:
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
        done = subprocess.run(
            [str(BINARIES / name), *arguments], user=USER, cwd=self._folder, env=environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{name} ended with {done.returncode}; see {self._folder}/log"
