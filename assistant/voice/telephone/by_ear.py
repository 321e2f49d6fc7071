"""A text of the page for somebody who only hears: sentences about typing and pressing on a screen are left out."""

from __future__ import annotations

import re

from assistant.voice.dutch import sentences

_SCREEN = re.compile(
    r"\b(?:typ|typt|typen|getypt|hieronder|knop|knoppen|klik|klikt|scherm|deze pagina)\b", re.IGNORECASE
)


def by_ear(text: str) -> str:
    """Return what is worth saying; all of it when nothing else would be left."""
    found = sentences(text)
    kept = [text[one.start : one.end].strip() for one in found if not _SCREEN.search(text[one.start : one.end])]
    return " ".join(kept) if kept else text
