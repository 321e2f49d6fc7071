"""The book that is in use now. An editor saves a file or approves a text, the next answer comes from it; a broken file
changes nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from pathlib import Path

import structlog

from assistant.answers.book import AnswerBook
from assistant.answers.errors import AnswerFileError
from assistant.answers.versions import Version, VersionSource, with_versions

logger = structlog.get_logger(__name__)
WATCHED = ("answers/**/*.yml", "municipalities/*.yml", "notices/*.yml", "facts.yml")
APPROVED_EVERY = 2.0
"""Seconds between two looks at what was approved: so every gateway follows, whichever one the console runs in."""


class Library:
    """Reads the answers at start and again when a file has changed or a text was approved.

    `every_seconds` is the least time between two looks at the files. `source` gives what was approved in the console.
    `do` carries out a look: at once, or beside the talks, so that nobody waits for slow files or a database that hangs.
    """

    def __init__(
        self,
        data: Path,
        every_seconds: float = 0.5,
        clock: Callable[[], float] = time.monotonic,
        source: VersionSource | None = None,
        do: Callable[[Callable[[], None]], object] = lambda look: look(),
    ) -> None:
        self._do = do
        self._data, self._every, self._clock, self._source = data, every_seconds, clock, source
        self._lock = threading.Lock()
        self._stamp = self._state()
        self._approved: Hashable = None
        self._plain = AnswerBook.read(data)
        self._versions: tuple[Version, ...] = ()
        self._book = self._plain
        self.problem: str | None = None
        """What is wrong with the files as they are now, in the editor's words; the book before it stays in use."""
        self._looked = self._asked = clock()
        self._ask()

    @property
    def book(self) -> AnswerBook:
        """The newest book without mistakes that was read."""
        if self._clock() - self._looked >= self._every:
            self._looked = self._clock()
            self._do(self._look_unless_somebody_does)
        return self._book

    @property
    def versions(self) -> tuple[Version, ...]:
        """The approved texts that lie over the files now."""
        return self._versions

    @property
    def data(self) -> Path:
        """The folder that is read."""
        return self._data

    def refresh(self) -> None:
        """Look now, so that who approved a text sees it at once."""
        with self._lock:
            self._asked = float("-inf")
            self._look()

    def _look_unless_somebody_does(self) -> None:
        if self._lock.acquire(blocking=False):
            try:
                self._look()
            except Exception as error:  # nobody waits for this call, so nobody else would tell
                logger.error("answers not looked at", kind=type(error).__name__)
            finally:
                self._lock.release()

    def _look(self) -> None:
        self._looked = self._clock()
        if self._looked - self._asked >= APPROVED_EVERY:
            self._asked = self._looked
            self._ask()
        stamp = self._state()
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._plain, self.problem = AnswerBook.read(self._data), None
            self._book = with_versions(self._plain, self._versions)
            logger.info("answers read again")
        except AnswerFileError as error:
            self.problem = str(error)
            logger.error("answers not read again", problem=self.problem)
        except Exception as error:  # whatever was saved: people keep the answers that were there
            self.problem = f"de antwoorden kunnen niet gelezen worden ({type(error).__name__})"
            logger.error("answers not read again", problem=self.problem)

    def _ask(self) -> None:
        """Lay what was approved over the files when it changed; while the database is away nothing changes."""
        stamp = self._source.stamp() if self._source else None
        if self._source is None or stamp is None or stamp == self._approved:
            return
        self._approved, self._versions = stamp, self._source.versions()
        self._book = with_versions(self._plain, self._versions)

    def _state(self) -> tuple[tuple[str, int, int], ...]:
        files = [file for pattern in WATCHED for file in self._data.glob(pattern)]
        return tuple((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in sorted(files))
