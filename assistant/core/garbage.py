"""Python's search for circular garbage, at a pace that fits a server.

By default it looks after every 700 new objects, and goes through all that was ever loaded now and then: a whole house
of code, answers and models in which nothing is garbage. Here what is loaded at the start is left out of the search, and
the search itself comes less often; a turn makes a few thousand objects, most of which go without it.
"""

from __future__ import annotations

import gc

NEW_OBJECTS = 50_000
"""New objects after which the youngest are looked at; the older ones every tenth and every hundredth time."""


def calm() -> None:
    """Leave out of the search what is there by now, and search less often. Call it when everything is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, 10, 10)
