"""Texts in which nothing personal was found, remembered so that they are not searched again.

Our own answers come by all the time, and so do "ja" and "wat is beschut werk". Only a number made of the text is kept
(Python's salted hash, in memory): the words themselves are not.
"""

from __future__ import annotations

from collections import OrderedDict

NEWEST = 8192


class CleanTexts:
    """The newest clean texts."""

    def __init__(self, newest: int = NEWEST) -> None:
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._newest = newest

    def __contains__(self, text: str) -> bool:
        return hash(text) in self._seen

    def add(self, text: str) -> None:
        """Remember a text in which nothing was found."""
        self._seen[hash(text)] = None
        if len(self._seen) > self._newest:
            self._seen.popitem(last=False)
