"""Asking Rasa and the app whether they are there, with a short wait."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from assistant.running.supervise import Answer

SECONDS = 3.0
"""How long a ping may take. Rasa has one thread, so under load its answer can be a second late."""
NO_MODEL = 409
"""What Rasa's status page answers when it runs without a model."""


def app_ping(url: str) -> Callable[[], Answer]:
    """Return a ping of the app: does its event loop still turn?"""
    return lambda: Answer.READY if _get(f"{url}/health/live")[0] == 200 else Answer.SILENT


def rasa_ping(url: str, token: str) -> Callable[[], Answer]:
    """Return a ping of Rasa: is a model loaded?"""

    def ping() -> Answer:
        status, body = _get(f"{url}/status?token={token}")
        if status == 200 and body.get("model_file"):
            return Answer.READY
        return Answer.USELESS if status in (200, NO_MODEL) else Answer.SILENT

    return ping


def _get(url: str) -> tuple[int, dict[str, Any]]:
    """Return status and JSON of an address on our own machine; status 0 when nothing usable came back in time."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=SECONDS)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path)
        response = connection.getresponse()
        return response.status, dict(json.loads(response.read()))
    except (OSError, http.client.HTTPException, ValueError, TypeError):
        return 0, {}
    finally:
        connection.close()
