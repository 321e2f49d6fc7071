"""The work of the night, as a job of the app: counting the day, then deleting what is over its term.

Rasa's memory is looked at every quarter of an hour.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from assistant.database import Database
from assistant.figures import roll_up
from assistant.placement.sequence import AMSTERDAM
from assistant.rights.purge import Stores, purge
from assistant.rights.terms import read_terms
from assistant.rights.tracker_store import TrackerStore
from assistant.settings import Settings

logger = structlog.get_logger(__name__)
ROOT = Path(__file__).resolve().parents[2]
QUARTER = 15 * 60.0  # seconds


def stores_of(settings: Settings, database: Database) -> Stores:
    """Return where this installation keeps data."""
    return Stores(database, TrackerStore(settings.tracker), settings.var, ROOT, settings.data)


def night_of(now: datetime, hour: int) -> str | None:
    """Return the day of which the nightly run is due, None before its hour."""
    local = now.astimezone(AMSTERDAM)
    return f"nacht {local.date()}" if local.hour >= hour else None


@asynccontextmanager
async def nightly(settings: Settings, database: Database) -> AsyncIterator[None]:
    """Run the job as long as the block lasts. Of several processes one does the nightly run."""
    task = asyncio.create_task(_every_quarter(stores_of(settings, database), settings.retention_hour))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _every_quarter(stores: Stores, hour: int) -> None:
    done = ""
    while True:
        await asyncio.sleep(QUARTER)
        night = night_of(datetime.now(UTC), hour)
        try:
            await asyncio.to_thread(clean_quiet_talks, stores, datetime.now(UTC))
            if night and night != done:
                await asyncio.to_thread(count_days, stores.database)  # before the talks they count may go
                report = await asyncio.to_thread(purge, stores, datetime.now(UTC), once=night)
                done = night
                logger.info("retention", report=report.id if report else None)
        except Exception as error:  # the job must live on: the next quarter tries again
            logger.error("retention failed", reason=type(error).__name__)


def count_days(database: Database) -> int:
    """Count the days that are over for the figures; returns how many."""
    with database.session() as session:
        return roll_up(session, now=datetime.now(UTC))


def clean_quiet_talks(stores: Stores, now: datetime) -> int:
    """Mask what is left of forms that nobody finished, in talks of the last day; returns how many talks changed."""
    term = read_terms(stores.data)["geheugen_schoon"]
    since = now - timedelta(days=1)
    recent = set(stores.tracker.quiet_since(term.border(now))) - set(stores.tracker.quiet_since(since))
    return sum(bool(stores.tracker.clean(talk, even_open=True)) for talk in recent)
