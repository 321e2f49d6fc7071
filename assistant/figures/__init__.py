"""Figures that are right: each with a written definition, counted per day, and safe to publish.

::

    talks, turns, faces, hand-overs ─ counting ─→ figure_day (rollup, every night) ─┐
    days that are not in there yet ─ counting ──────────────────────────────────────┴→ tally → Figures → metrics

What a metric means stands in data/figures/definities.yml. A row of `figure_day` is a count without a person: it stays
when the talks behind it are deleted.
"""

from assistant.figures.definitions import Definition, definitions
from assistant.figures.metrics import METRICS, Figures
from assistant.figures.periods import Period, month, months_before
from assistant.figures.public import Report, public_report
from assistant.figures.rollup import roll_up
from assistant.figures.tally import Asked, Tally

__all__ = [
    "METRICS",
    "Asked",
    "Definition",
    "Figures",
    "Period",
    "Report",
    "Tally",
    "definitions",
    "month",
    "months_before",
    "public_report",
    "roll_up",
]
