"""The book that is in use now. An editor saves a file, the next answer comes from it; a broken file changes nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import structlog

from assistant.answers.book import AnswerBook
from assistant.answers.errors import AnswerFileError

logger = structlog.get_logger(__name__)
WATCHED = ("answers/**/*.yml", "municipalities/*.yml", "notices/*.yml", "facts.yml")


class Library:
    """Reads the answers at start and again when a file has changed, at most once every `every_seconds`."""

    def __init__(self, data: Path, every_seconds: float = 0.5, clock: Callable[[], float] = time.monotonic) -> None:
        self._data, self._every, self._clock = data, every_seconds, clock
        self._lock = threading.Lock()
        self._stamp = self._state()
        self._book = AnswerBook.read(data)
        self._looked = clock()
        self.problem: str | None = None
        """What is wrong with the files as they are now, in the editor's words; the book before it stays in use."""

    @property
    def book(self) -> AnswerBook:
        """The newest book without mistakes."""
        if self._clock() - self._looked >= self._every and self._lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._lock.release()
        return self._book

    def _look(self) -> None:
        self._looked = self._clock()
        stamp = self._state()
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._book, self.problem = AnswerBook.read(self._data), None
            logger.info("answers read again")
        except AnswerFileError as error:
            self.problem = str(error)
            logger.error("answers not read again", problem=self.problem)

    def _state(self) -> tuple[tuple[str, int, int], ...]:
        files = [file for pattern in WATCHED for file in self._data.glob(pattern)]
        return tuple((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in sorted(files))
