"""Figures that are looked up when Prometheus asks, not counted as they happen: the backlog, answers, model, breaker."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from prometheus_client import generate_latest

from assistant.answers import AnswerBook, Library
from assistant.database import Database, DatabaseUnavailable
from assistant.placement.open_work import OpenWork, open_work
from assistant.review.patient_log import PatientLog
from assistant.watching.metrics import Metrics

EVERY = 30.0
"""Seconds for which the counts of the database are used again: asking more often would not help anybody."""


class Figures:
    """Brings the looked-up figures up to date and writes all of them out."""

    def __init__(
        self,
        metrics: Metrics,
        database: Database,
        library: Library,
        log: PatientLog,
        var: Path,
        resting: Callable[[], bool],
        in_the_queue: Callable[[], int] = lambda: 0,
    ) -> None:
        self._metrics, self._database, self._library = metrics, database, library
        self._log, self._var, self._resting, self._in_the_queue = log, var, resting, in_the_queue
        self._book: AnswerBook | None = None
        self._counted_at = float("-inf")

    async def text(self) -> bytes:
        """Return everything in the text format of Prometheus; a figure that cannot be had stays as it is."""
        await asyncio.to_thread(self._refresh)
        return generate_latest(self._metrics.registry)

    def _refresh(self) -> None:
        self._metrics.breaker_open.set(self._resting())
        self._log.catch_up()  # also when nobody says anything
        self._metrics.turns_late.set(self._log.late)
        self._answers()
        self._model()
        self._metrics.database_up.set(self._database.check())
        if time.monotonic() - self._counted_at >= EVERY:
            self._backlog()

    def _backlog(self) -> None:
        try:
            with self._database.session(write=False) as session:
                work = open_work(session, today=self._library.book.today)
            queue = self._in_the_queue()
        except DatabaseUnavailable:
            return
        self._counted_at = time.monotonic()
        self._show(work)
        self._metrics.waiting.labels("take_over").set(queue)

    def _show(self, work: OpenWork) -> None:
        for state, count in work.registrations.items():
            self._metrics.registrations.labels(state).set(count)
        waiting = {"call_back": work.call_backs, "offer": work.offers, "registration": work.registrations["nieuw"]}
        for what, count in waiting.items():
            self._metrics.waiting.labels(what).set(count)
        self._metrics.openings_stale.set(work.openings_stale)

    def _answers(self) -> None:
        book = self._library.book
        self._metrics.answers_problem.set(self._library.problem is not None)
        if book is not self._book:
            self._book = book
            self._metrics.answers.info({"version": answers_version(book)})

    def _model(self) -> None:
        state = _read(self._var / "model-state.json")
        self._metrics.model.info({"name": str(state.get("running") or "unknown")})
        self._metrics.model_problem.set(bool(state.get("problem")))


def answers_version(book: AnswerBook) -> str:
    """Return twelve characters that change when any answer of any edition changes."""
    digest = hashlib.sha256()
    for edition in book.shelf.editions:
        digest.update(repr((edition.valid_from, sorted(edition.standard.items()))).encode())
        for municipality, answers in sorted(edition.local.items()):
            digest.update(repr((municipality, sorted(answers.items()))).encode())
    return digest.hexdigest()[:12]


def _read(path: Path) -> dict[str, Any]:
    """Return what the supervisor wrote; nothing when there is none (another machine runs Rasa)."""
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}
