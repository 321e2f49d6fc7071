"""What a browser is called in the list of sessions: enough to know one's own again, too little to follow anybody."""

from __future__ import annotations

from fastapi import Request

_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
"""The first that stands in the header: Edge and Opera say that they are Chrome, Chrome that it is Safari."""
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)  # fmt: skip


def browser_of(request: Request) -> str:
    """Return such as `Firefox op Windows`; only words of our own lists, whatever the header says."""
    said = request.headers.get("user-agent", "")
    browser = next((name for mark, name in _BROWSERS if mark in said), "Browser")
    system = next((name for mark, name in _SYSTEMS if mark in said), "")
    return f"{browser} op {system}" if system else browser
