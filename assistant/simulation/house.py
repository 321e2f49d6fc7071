"""A house for the simulation: the one that runs already, or one of its own with an empty database."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.running.house import Running
from assistant.settings import Settings


@contextmanager
def open_house(root: Path, settings: Settings, url: str, database: str) -> Iterator[tuple[str, str]]:
    """Yield the address of the house and of its database."""
    if url:
        yield url.rstrip("/"), database or settings.database
        return
    with tempfile.TemporaryDirectory(prefix="meedoen-simulation-") as var:
        own = {"dev": True, "var": Path(var), "database_url": "", "public_port": _port(), "internal_port": _port()}
        settings = settings.model_copy(update=own | {"rasa_port": _port(), "console_port": _port()})
        for name in ("dev", "var", "public_port", "internal_port", "rasa_port", "console_port"):
            value = getattr(settings, name)
            os.environ[f"MEEDOEN_{name.upper()}"] = "1" if value is True else str(value)
        os.environ["MEEDOEN_DATABASE_URL"] = ""
        with Running(root, settings, print) as running:
            running.start()
            yield running.public_url, settings.database


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
