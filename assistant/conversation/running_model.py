"""Which model a Rasa runs with, asked of that Rasa itself."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import urlsplit

import httpx

PATIENCE = 1.5
"""Seconds: a page waits for this."""


def running_model(url: str, token: str) -> str | None:
    """Return the file name of the model; None when that Rasa does not answer or has none. Never raises."""
    if urlsplit(url).scheme not in ("http", "https"):
        return None
    try:
        answer = httpx.get(f"{url.rstrip('/')}/status", params={"token": token}, timeout=PATIENCE)
        said = answer.json() if answer.status_code == 200 else {}
    except (httpx.HTTPError, ValueError):
        return None
    name = said.get("model_file") if isinstance(said, dict) else None
    return PurePath(str(name)).name if name else None
