"""Words on health. They are flagged, not taken out: the answer depends on them, and who reads along must know."""

from __future__ import annotations

from assistant.core.masking.reading import lower
from assistant.core.masking.word_lists import stems


def health_words(text: str) -> tuple[str, ...]:
    """Return the words on health in a message, each once, in the order in which they stand.

    Source: AVG article 9 (special categories); the list is data/privacy/gezondheid.txt.
    """
    return tuple(dict.fromkeys(stems("gezondheid").findall(lower(text))))
