"""'Ik hoorde: ... Klopt dat?': a sentence that is not yet taken for said."""

from __future__ import annotations

import re
from dataclasses import dataclass

_YES = re.compile(r"\W*(?:ja|jawel|jazeker|klopt|dat klopt|goed|precies|inderdaad|yes|oke|oké)\b", re.IGNORECASE)
_NO = re.compile(r"\W*(?:nee|neen|niet|klopt niet|dat klopt niet|fout|verkeerd)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Doubt:
    """What was perhaps said; empty when there is no doubt."""

    text: str = ""

    def answer(self, said: str) -> bool | None:
        """Return whether somebody says that it was heard well; None when they say something else."""
        if len(said.split()) > 4:
            return None
        if _NO.match(said) or re.search(r"klopt niet|niet goed", said, re.IGNORECASE):
            return False
        return True if _YES.match(said) else None
