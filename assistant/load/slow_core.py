"""Processes that get a share of a core, as on a smaller machine: stopped and let go on again, many times a second.

Two workers on two cores that also carry the gateway, the database and the load itself cannot show what a second worker
is worth. Slowed down there is room for both, and the question is left: does anything make them wait for each other?
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

PERIOD = 0.05
"""Seconds of one round of running and standing still."""


@contextmanager
def slowed(pids: list[int], share: float) -> Iterator[None]:
    """Let each process run for `share` (0 to 1) of the time while the context lasts; they take turns to begin."""
    if not 0 < share <= 1:
        raise ValueError("a share is more than 0 and at most 1")
    ended = threading.Event()
    pacers = [
        threading.Thread(target=_pace, args=(pid, share, PERIOD * number / len(pids), ended), daemon=True)
        for number, pid in enumerate(pids)
    ]
    for pacer in pacers:
        pacer.start()
    try:
        yield
    finally:
        ended.set()
        for pacer in pacers:
            pacer.join()


def _pace(pid: int, share: float, later: float, ended: threading.Event) -> None:
    began, round_ = time.monotonic() + later, 0
    with suppress(ProcessLookupError):
        try:
            while not ended.is_set():
                begins = began + round_ * PERIOD
                os.kill(pid, signal.SIGSTOP)
                time.sleep(max(0.0, begins - time.monotonic()))
                os.kill(pid, signal.SIGCONT)
                time.sleep(max(0.0, begins + share * PERIOD - time.monotonic()))
                round_ += 1
        finally:
            os.kill(pid, signal.SIGCONT)
