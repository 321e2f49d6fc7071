"""A text of the page for somebody who only hears.

Sentences about typing and pressing on a screen are left out, and what only the eye knows is said the way people say it.
"""

from __future__ import annotations

import re

from assistant.voice.dutch import sentences

_SCREEN = re.compile(
    r"\b(?:typ|typt|typen|getypt|hieronder|knop|knoppen|klik|klikt|scherm|deze pagina)\b", re.IGNORECASE
)
_SPEAKING = re.compile(r"\bzegt?\b(?! u ja\b)[^.!?]*:", re.IGNORECASE)
"""'Zeg dan: overslaan': nothing for who can only press keys."""
_OTHERWISE = (
    (re.compile(r"\+31(?=[1-9]\d{8}\b)"), "0"),
    (re.compile(r"(?<=woont in )(\d)(\d)(\d)(\d)\b(?! ?[A-Z]{2}\b)"), r"\1 \2 \3 \4"),
    (re.compile(r"\bzsm\b"), "zo snel mogelijk"),
)
"""A number as people know theirs, a postcode figure by figure, a short word in full."""


def by_ear(text: str, listens: bool = True) -> str:
    """Return what is worth saying; all of it when nothing else would be left."""
    for written, said in _OTHERWISE:
        text = written.sub(said, text)
    found = sentences(text)
    parts = [text[one.start : one.end].strip() for one in found]
    kept = [part for part in parts if not _SCREEN.search(part) and (listens or not _SPEAKING.search(part))]
    return " ".join(kept) if kept else text
