"""A TCP proxy between two of our processes that can be slow, cut or give up halfway."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress


class Wire:
    """Listens on a port of its own and carries everything to another. Use as a context.

    delay: seconds before each piece of an answer. refuse: nobody gets in. keep: bytes of answers in all that still get
    through, after which the line is cut; None = all.
    """

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._target = 0
        self.good()
        self._open: set[socket.socket] = set()

    @property
    def url(self) -> str:
        """Where to call."""
        return f"http://127.0.0.1:{self.port}"

    def to(self, port: int) -> Wire:
        """Say where the wire leads."""
        self._target = port
        return self

    def good(self) -> None:
        """Make it a good wire again."""
        self.delay, self.refuse, self.keep = 0.0, False, None

    delay: float
    refuse: bool
    keep: int | None

    def cut(self) -> None:
        """Break every line that is open now."""
        for end in list(self._open):
            _close(end)

    def __enter__(self) -> Wire:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        if self.refuse:
            _close(near)
            return
        try:
            far = socket.create_connection(("127.0.0.1", self._target), timeout=5)
        except OSError:
            _close(near)
            return
        far.settimeout(None)
        self._open |= {near, far}
        threading.Thread(target=self._pump, args=(near, far, False), daemon=True).start()
        self._pump(far, near, True)

    def _pump(self, source: socket.socket, sink: socket.socket, answers: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(65536):
                sink.sendall(self._worn(piece) if answers else piece)
                if answers and self.keep == 0:
                    break
        for end in (source, sink):
            _close(end)
            self._open.discard(end)

    def _worn(self, piece: bytes) -> bytes:
        time.sleep(self.delay)
        if self.keep is None:
            return piece
        piece = piece[: self.keep]
        self.keep -= len(piece)
        return piece


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
