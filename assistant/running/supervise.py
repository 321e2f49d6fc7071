"""Keeping one process alive: ask whether it answers, end it when it is frozen, start it again after a growing pause."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from assistant.running.errors import GaveUp
from assistant.training.errors import StartError

PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
"""Seconds before a start, after the first end in a row, the second, and so on; the last one goes on for ever."""


class Process(Protocol):
    """What we need of a process."""

    def poll(self) -> int | None:
        """None while it runs, else how it ended."""


class Answer(Enum):
    """What came back on a ping."""

    READY = auto()
    SILENT = auto()
    USELESS = auto()
    """It answers, and says that it cannot do its work: waiting will not help."""


class Seen(Enum):
    """What a look at a process brought to light."""

    NOTHING = auto()
    READY = auto()
    ENDED = auto()


@dataclass(frozen=True)
class Patience:
    """How long we wait for what, in seconds."""

    start: float = 120.0
    """From start to ready."""
    failed_pings: int = 3
    """That many silent pings in a row, and a process that was ready counts as frozen."""
    steady: float = 60.0
    """Ready for this long: what went wrong before is forgotten."""
    stillborn: int = 5
    """Ended that many times in a row without ever having been ready: then a human must look."""


class Ward:
    """One process under guard. `look` is called about once a second and never waits longer than a ping does."""

    def __init__(
        self,
        name: str,
        launch: Callable[[], Process],
        ping: Callable[[], Answer],
        end: Callable[[Process], None],
        *,
        patience: Patience | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name, self._launch, self._ping, self._end = name, launch, ping, end
        self._patience, self._clock = patience or Patience(), clock
        self.process: Process | None = None
        self.ready, self.why = False, ""
        self._due, self._since = clock(), clock()
        self._missed, self._ends, self._stillborn = 0, 0, 0

    def start(self) -> Seen:
        """Start the process now; one that cannot be started counts as one that ended at once."""
        self.ready, self._missed, self._since = False, 0, self._clock()
        try:
            self.process = self._launch()
        except (StartError, OSError) as error:
            return self._ended(f"cannot be started: {error}")
        return Seen.NOTHING

    def restart(self) -> Seen:
        """End the process and start it again, as somebody wished it: nothing went wrong."""
        if self.process is not None:
            self._end(self.process)
        self._stillborn = 0
        return self.start()

    def look(self) -> Seen:
        """See how it is and do what is needed. Raises GaveUp after too many starts that led nowhere."""
        if self.process is None:
            return self.start() if self._clock() >= self._due else Seen.NOTHING
        if (code := self.process.poll()) is not None:
            return self._ended(f"ended by itself with status {code}")
        return self._asked(self._ping())

    def _asked(self, answer: Answer) -> Seen:
        if answer is Answer.READY:
            return self._answered()
        if answer is Answer.USELESS:
            return self._put_away("answers, but cannot work")
        if not self.ready:
            late = self._clock() - self._since > self._patience.start
            return self._put_away(f"was not ready after {self._patience.start:.0f} s") if late else Seen.NOTHING
        self._missed += 1
        if self._missed < self._patience.failed_pings:
            return Seen.NOTHING
        return self._put_away(f"did not answer {self._missed} times in a row")

    def _answered(self) -> Seen:
        self._missed = 0
        if not self.ready:
            self.ready, self._since, self._stillborn = True, self._clock(), 0
            return Seen.READY
        if self._clock() - self._since > self._patience.steady:
            self._ends = 0
        return Seen.NOTHING

    def _put_away(self, why: str) -> Seen:
        assert self.process is not None
        self._end(self.process)
        return self._ended(why)

    def _ended(self, why: str) -> Seen:
        self.why, self.process = why, None
        self._stillborn = 0 if self.ready else self._stillborn + 1
        self._due = self._clock() + PAUSES[min(self._ends, len(PAUSES) - 1)]
        self._ends += 1
        self.ready = False
        if self._stillborn >= self._patience.stillborn:
            raise GaveUp(f"{self.name} {why}, {self._stillborn} times in a row without ever being ready")
        return Seen.ENDED
