"""A process that is slowed down gets its share, and goes on as before afterwards."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from assistant.load.accounting import cost_of
from assistant.load.slow_core import slowed


@pytest.fixture
def busy() -> Iterator[int]:
    """A process that wants a whole core."""
    process = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    yield process.pid
    process.kill()
    process.wait()


def spent(pid: int, seconds: float) -> float:
    before = cost_of([pid]).cpu
    time.sleep(seconds)
    return cost_of([pid]).cpu - before


def test_it_gets_its_share_of_what_it_gets_otherwise(busy: int) -> None:
    with slowed([busy], 0.2):
        slow = spent(busy, 2)
    assert 0 < slow < 0.6 * spent(busy, 2), "stopped for four fifths of the time"


def test_a_process_that_ends_meanwhile_is_no_fault(busy: int) -> None:
    with slowed([busy], 0.5):
        subprocess.run(["kill", "-9", str(busy)], check=True)
        time.sleep(0.2)


def test_a_share_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 1"), slowed([], 0):
        pass
