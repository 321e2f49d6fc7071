"""Log lines as JSON on stderr. Nothing that a person said is in them, not even by way of an error.

The words of an exception may quote what somebody typed, so of an exception we keep its kind and the places in the
code, and never its words.
"""

from __future__ import annotations

import io
import json
import logging
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO, cast

import structlog

CHATTY = ("rasa_sdk", "httpx", "httpcore", "opentelemetry", "alembic")
"""Libraries that log addresses with their query strings, or every call."""
LAST_FRAMES = 12


class Unfailing(io.TextIOBase):
    """A stream that loses a line rather than a message of a person: the disk of the log may be full."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, if that is possible."""
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush, if that is possible."""
        with suppress(OSError):
            self._stream.flush()


def configure_logging(stream: TextIO | None = None) -> None:
    """Write every line of ours and of the libraries as one line of JSON."""
    out = Unfailing(stream or sys.stderr)
    handler = logging.StreamHandler(out)
    handler.setFormatter(PlainLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_words,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, out)),
        cache_logger_on_first_use=False,
    )


def without_words(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Put the kind and the places of an exception in the place of the exception itself."""
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()[1]
    if isinstance(given, tuple):
        given = given[1]
    return {**event, "error": described(given)} if isinstance(given, BaseException) else event


def described(error: BaseException) -> dict[str, Any]:
    """Return kind and places ("file:line function", the innermost last) of an exception."""
    return {"kind": type(error).__name__, "where": _places(error.__traceback__)}


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-LAST_FRAMES:]
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]


class PlainLines(logging.Formatter):
    """Lines of libraries: their pattern without what is filled in when it is an error, and no words of exceptions."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line of JSON."""
        error = record.exc_info[1] if record.exc_info else None
        line: dict[str, Any] = {
            "event": str(record.msg) if record.levelno >= logging.ERROR else record.getMessage(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
        }
        return json.dumps(line | ({"error": described(error)} if error else {}), ensure_ascii=False)
