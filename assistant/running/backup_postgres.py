"""PostgreSQL's own pg_dump and pg_restore; the password goes by the environment, never on a command line."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from assistant.running.errors import BackupRefused


def dump(url: str, to: Path) -> None:
    """Write one moment of the database. Raises BackupRefused."""
    _run(url, ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={to}"])


def load(url: str, source: Path) -> None:
    """Put a dump into an empty database, all or nothing. Raises BackupRefused."""
    _run(url, ["pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(source)])


def _run(url: str, command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        raise BackupRefused(f"{command[0]} is not installed here; on Debian it is in postgresql-client")
    address, password = _without_password(url)
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    done = subprocess.run(
        [*command[:1], f"--dbname={address}", *command[1:]],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise BackupRefused(f"{command[0]} failed: {last}")


def _without_password(url: str) -> tuple[str, str]:
    """Return the address as PostgreSQL's programs read it, and the password that was in it."""
    parts = urlsplit(re.sub(r"^postgres(ql)?(\+\w+)?:", "postgresql:", url))
    user, _, password = parts.netloc.rpartition("@")[0].partition(":")
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}@{host}" if user else host)), unquote(password)
