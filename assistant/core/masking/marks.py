"""What was masked before stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.core.masking.span import Span

MARK = re.compile(r"\[(?:bsn|iban|e-mail|telefoon|datum|adres|naam|code)\]")


def outside_marks(text: str, found: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans that touch no mark like [naam]."""
    marks = [match.span() for match in MARK.finditer(text)]
    for span in found:
        if not any(span.start < end and start < span.end for start, end in marks):
            yield span
