"""The conversation log that waits for its database: what could not be stored when it was said is stored later."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from assistant.database import Database, DatabaseUnavailable
from assistant.review.log import ConversationLog
from assistant.review.records import TurnRecord

KEPT = 5000
"""Masked turns that wait at most, about 10 MB; after that the oldest goes first."""
REST = 2.0
"""Seconds after a failure in which the database is left alone: nobody waits for what will not come."""

After = Callable[[float, Callable[[], None]], None]


def _in_a_thread(seconds: float, do: Callable[[], None]) -> None:
    """Do something later, without holding up the end of the program."""
    timer = threading.Timer(seconds, do)
    timer.daemon = True
    timer.start()


class PatientLog(ConversationLog):
    """A conversation log in which a turn that finds the database locked, full or away is stored with a later turn.

    They wait in the memory of this process, masked as they are in the table, and are stored in the order in which
    they were said.
    """

    def __init__(
        self, database: Database, clock: Callable[[], float] = time.monotonic, after: After = _in_a_thread
    ) -> None:
        super().__init__(database)
        self._after = after
        self._late: deque[TurnRecord] = deque(maxlen=KEPT)
        self._clock, self._rest_until = clock, 0.0
        self._storing = threading.Lock()

    @property
    def late(self) -> int:
        """How many turns wait."""
        return len(self._late)

    def record(self, turn: TurnRecord) -> None:
        """Store a turn, and before it those that wait. Raises DatabaseUnavailable when this one has to wait too."""
        if self._late:
            self._late.append(turn)
            self.catch_up()
            if self._late:
                raise DatabaseUnavailable("turns wait")
            return
        try:
            super().record(turn)
        except DatabaseUnavailable:
            self._late.append(turn)
            self._rest()
            raise

    def catch_up(self) -> None:
        """Store what waits, unless the database failed a moment ago or somebody else does this already."""
        if self._clock() < self._rest_until or not self._storing.acquire(blocking=False):
            return
        try:
            while self._late:
                super().record(self._late[0])
                self._late.popleft()
        except DatabaseUnavailable:
            self._rest()
        finally:
            self._storing.release()

    def _rest(self) -> None:
        """Leave the database alone for a moment, and try again then, also when nobody says anything more."""
        self._rest_until = self._clock() + REST
        self._after(REST + 0.1, self.catch_up)
