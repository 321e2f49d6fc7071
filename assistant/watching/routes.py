"""The pages for machines, on the internal port only: figures, and whether we live and are ready.

live: the event loop turns; when not, start us again. ready: send people here. We are ready once the database and the
answers have worked, and stay so: when Rasa or the database is away for a while, an honest sentence and a phone number
from us are better than the error page of a balancer. What is away stands in the body and in the figures.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, Response

from assistant.watching.figures import Figures

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


def router(figures: Figures, health: Callable[[], Awaitable[dict[str, Any]]]) -> APIRouter:
    """Return the routes. `health` tells what works now: `database`, `answers` and `rasa` are booleans in it."""
    routes = APIRouter(tags=["operations"])
    was_ready = False

    @routes.get("/metrics")
    async def metrics() -> Response:
        """All figures, in the text format of Prometheus."""
        return Response(await figures.text(), media_type=PROMETHEUS)

    @routes.get("/health/live")
    async def live() -> dict[str, bool]:
        """200 as long as this process answers at all."""
        return {"live": True}

    @routes.get("/health/ready")
    async def ready(response: Response) -> dict[str, Any]:
        """200 from the first moment that people can be helped, else 503."""
        nonlocal was_ready
        state = await health()
        was_ready = was_ready or bool(state["database"] and state["answers"])
        response.status_code = 200 if was_ready else 503
        return {"ready": was_ready, **{name: state[name] for name in ("database", "answers", "rasa")}}

    return routes
