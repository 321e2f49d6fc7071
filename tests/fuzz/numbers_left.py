"""Whether a citizen service number is left in a text."""

from __future__ import annotations

import re

from assistant.core.masking import refuse_bsn
from assistant.core.masking.reading import lower

_CALLED = re.compile("bsn|sofi|burger")


def has_bsn(text: str) -> bool:
    """Whether one is there by its digits. What is only called so does not count: [bsn] calls what stands behind it."""
    return refuse_bsn(_CALLED.sub("x", lower(text)))[1]
