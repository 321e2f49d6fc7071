"""Values that a person gave before in the same talk: masked wherever they come back, also in our own replies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.core.masking.reading import lower
from assistant.core.masking.span import Span
from assistant.core.masking.word_lists import words

_SHORTEST = 2


def with_parts(names: Iterable[str]) -> frozenset[str]:
    """Return the names and each word of them that is a name by itself: a reply may call somebody by one of them."""
    found = set(names)
    for name in names:
        parts = lower(name).replace(",", " ").split()
        found |= {part for part in parts if len(part) >= _SHORTEST and _alone(part)}
    return frozenset(found)


def _alone(part: str) -> bool:
    return part not in words("tussenvoegsels") and (part in words("voornamen") or part not in words("gewone_woorden"))


def known_values(low: str, known: Iterable[str]) -> Iterator[Span]:
    """Yield where one of the values stands as a whole word, whatever its capitals."""
    values = sorted({lower(value.strip()) for value in known if len(value.strip()) >= _SHORTEST}, key=len, reverse=True)
    if values:
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, values))})(?!\w)")
        yield from (Span(*match.span(), "naam") for match in pattern.finditer(low))
