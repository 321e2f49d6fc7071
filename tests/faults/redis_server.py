"""A Redis of our own on a free port; it may be killed and come back empty."""

from __future__ import annotations

import socket
import subprocess
import time
from contextlib import suppress


class RedisServer:
    """Use as a context. Nothing is kept on disk, as in an installation: what is in Redis may be lost."""

    def __init__(self, port: int) -> None:
        self.port, self._process = port, None
        self.url = f"redis://127.0.0.1:{port}/0"

    _process: subprocess.Popen[bytes] | None

    def __enter__(self) -> RedisServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Start and wait until it listens."""
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            time.sleep(0.05)
        raise AssertionError("redis-server does not listen")

    def kill(self) -> None:
        """End it at once (SIGKILL)."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
