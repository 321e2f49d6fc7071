"""Every metric as a function of the counts. What it means stands under its name in data/figures/definities.yml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from assistant.figures.counting import Outcome

PARTS = ("gesprek", "bericht", "verloren", "mens", "wacht", "gezicht")
FACES = ("goed", "gaat_wel", "slecht")
OWN_WORDS = (
    Outcome.ANSWERED,
    Outcome.TO_PERSON,
    Outcome.ASKED_BACK,
    Outcome.NOT_UNDERSTOOD,
    Outcome.FAILURE,
)
"""What can come of a message in somebody's own words. Buttons cannot be misunderstood; danger has its own route."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts by (metric, part), as `assistant.figures.counting` makes them."""

    counts: Counter[tuple[str, str]]

    def count(self, metric: str, part: str = "") -> int:
        """One count; 0 when it never was."""
        return self.counts[metric, part]

    def messages(self, *outcomes: Outcome) -> int:
        """Messages with these outcomes; without any: all messages."""
        return sum(self.counts["bericht", outcome.value] for outcome in outcomes or tuple(Outcome))

    def waits(self) -> list[tuple[int, int]]:
        """(seconds, how many hand-overs waited so long), the shortest first."""
        found = ((int(part), count) for (metric, part), count in self.counts.items() if metric == "wacht" and count > 0)
        return sorted(found)

    def wait_at(self, share: float) -> int | None:
        """Seconds within which this share of the hand-overs was answered (nearest rank); None when there were none."""
        waits = self.waits()
        rank, passed = ceil(share * sum(count for _, count in waits)), 0
        for seconds, count in waits:
            passed += count
            if passed >= rank:
                return seconds
        return None


Value = float | int | None
"""None: there was nothing to take a share or a time of."""


def _share(part: int, whole: int) -> float | None:
    """Per cent with one decimal."""
    return round(100 * part / whole, 1) if whole else None


def _faces(figures: Figures) -> int:
    return sum(figures.count("gezicht", face) for face in FACES)


METRICS: dict[str, Callable[[Figures], Value]] = {
    "gesprekken": lambda f: f.count("gesprek"),
    "berichten": lambda f: f.messages(),
    "berichten_per_gesprek": lambda f: round(f.messages() / f.count("gesprek"), 1) if f.count("gesprek") else None,
    "eigen_woorden": lambda f: f.messages(*OWN_WORDS),
    "begrepen": lambda f: _share(f.messages(Outcome.ANSWERED, Outcome.TO_PERSON), f.messages(*OWN_WORDS)),
    "teruggevraagd": lambda f: _share(f.messages(Outcome.ASKED_BACK), f.messages(*OWN_WORDS)),
    "niet_begrepen": lambda f: _share(f.messages(Outcome.NOT_UNDERSTOOD), f.messages(*OWN_WORDS)),
    "storing": lambda f: _share(f.messages(Outcome.FAILURE), f.messages(*OWN_WORDS)),
    "gevaar": lambda f: f.messages(Outcome.DANGER),
    "verloren": lambda f: f.count("verloren"),
    "verloren_aandeel": lambda f: _share(f.count("verloren"), f.count("gesprek")),
    "mens_gevraagd": lambda f: f.count("mens", "gevraagd"),
    "mens_bereikt": lambda f: f.count("mens", "bereikt"),
    "mens_bereikt_aandeel": lambda f: _share(f.count("mens", "bereikt"), f.count("mens", "gevraagd")),
    "tijd_tot_mens_mediaan": lambda f: f.wait_at(0.5),
    "tijd_tot_mens_p90": lambda f: f.wait_at(0.9),
    "gezichten": _faces,
    "gezicht_goed": lambda f: _share(f.count("gezicht", "goed"), _faces(f)),
    "gezicht_gaat_wel": lambda f: _share(f.count("gezicht", "gaat_wel"), _faces(f)),
    "gezicht_slecht": lambda f: _share(f.count("gezicht", "slecht"), _faces(f)),
}
"""Name → value of it. Shares in per cent, times in seconds, the rest are counts."""
