"""The real gateway and the real console on one database, in a process of their own that a test can kill.

`python -m tests.console.takeover_house <var> <public port> <console port>`. Only the understanding is scripted: "mens"
is the wish for a person, everything else is a question on pay. The clock begins on a Monday at ten in Almere.
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import time_machine
import uvicorn

from assistant.conversation.brain import Thought
from assistant.core.context import TalkContext
from assistant.running import app
from assistant.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
MONDAY_TEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Scripted:
    """Stands in for Rasa."""

    resting = False
    house: app.House

    async def think(self, conversation_id: str, text: str, page: dict[str, Any]) -> Thought:
        """Answer."""
        key = "mens_spreken" if "mens" in text else "loon/hoeveel"
        context = TalkContext(page.get("municipality"))
        return Thought((self.house.library.book.word(key, context),), key, 0.98)

    async def slots(self, conversation_id: str) -> dict[str, Any]:
        """Return a search of the person."""
        return {"zoekvraag": {"work_kind": "groen", "place": "Almere", "hours": [16, 24]}}

    async def is_ready(self) -> bool:
        """Return that it is there."""
        return True

    async def close(self) -> None:
        """Nothing to close."""


async def serve(var: Path, public: int, staff: int) -> None:
    """Serve both until the process ends."""
    brain = Scripted()
    app.brain_of = lambda settings, database: brain  # type: ignore[assignment, return-value]
    house = brain.house = app.House.open(Settings(data=ROOT / "data", var=var, database_url="", dev=True))
    servers = [
        uvicorn.Server(uvicorn.Config(made, port=port, log_level="error", ws="none", timeout_graceful_shutdown=1))
        for made, port in ((app.gateway_app(house), public), (app.console(house), staff))
    ]
    await asyncio.gather(*(server.serve() for server in servers))


if __name__ == "__main__":
    later = timedelta(minutes=float(os.environ.get("LATER_MINUTES", "0")))
    with time_machine.travel(MONDAY_TEN + later, tick=True):
        asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
