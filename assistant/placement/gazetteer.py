"""The list of Dutch places and postcodes, read once at first use, looked up by name with room for mistakes.

In this order of trust: data/placement/places_own.tsv (ours: small villages of Steenwijkerland, districts of Almere,
Dutch names), GeoNames (`assistant.placement.geonames`), data/placement/postcodes.tsv (first and last postcode of a
place, four digits).
"""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from assistant.placement.geonames import Place, dutch_places

DATA = Path(__file__).parents[2] / "data"
OWN_PLACES = DATA / "placement" / "places_own.tsv"
POSTCODES = DATA / "placement" / "postcodes.tsv"

SAINT = re.compile(r"\b(sint|st)\b\.?")
NOT_A_LETTER = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Places by the plain form of each of their names, and postcode ranges from narrow to wide."""

    by_name: dict[str, Place]
    ranges: tuple[tuple[int, int, Place], ...]
    _by_start: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for plain_name in self.by_name:
            self._by_start[plain_name[0]].append(plain_name)

    def by_postcode(self, digits: int) -> Place | None:
        """The place of the narrowest range that holds the four digits."""
        return next((place for first, last, place in self.ranges if first <= digits <= last), None)

    def nearly(self, plain_name: str) -> Place | None:
        """The place one letter off, or two from ten letters on; the largest of equally near ones.

        Names under five letters and other first letters are not guessed: Ede is not Epe.
        """
        allowed = 0 if len(plain_name) < 5 else 1 if len(plain_name) < 10 else 2
        best: tuple[int, int, str] | None = None
        for known in self._by_start[plain_name[0]] if allowed else ():
            if len(known) >= 5 and abs(len(known) - len(plain_name)) <= allowed:
                off = letters_off(plain_name, known)
                candidate = (off, -self.by_name[known].people, known)
                best = candidate if off <= allowed and (best is None or candidate < best) else best
        return self.by_name[best[2]] if best else None


def plain(name: str) -> str:
    """A name without what people spell in different ways: "Sint-Jansklooster" → "stjansklooster".

    y, ei and ij sound the same, and speech is written down both ways.
    """
    letters = unicodedata.normalize("NFKD", name.casefold().replace("\u2019", "'"))
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    letters = SAINT.sub("st", re.sub(r"^\s*(gemeente|gem\.?)\s+", "", letters)).replace("y", "ij").replace("ei", "ij")
    return NOT_A_LETTER.sub("", letters)


def letters_off(left: str, right: str) -> int:
    """Letters to add, drop, change or swap with the next to make one word the other (string alignment)."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        previous, row, two_up = row, [i], before
        for j, b in enumerate(right, start=1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and b == left[i - 2]:
                cost = min(cost, two_up[j - 2] + 1)
            row.append(cost)
        before = previous
    return row[-1]


@cache
def gazetteer() -> Gazetteer:
    """Read everything at first use (about 2,000 places). Raises OSError when a file of ours is missing."""
    by_name: dict[str, Place] = {}
    others: list[tuple[str, Place]] = []
    for name, lat, lon, people, more in _rows(OWN_PLACES, cells=5):
        place = Place(name, float(lat), float(lon), int(people))
        by_name.setdefault(plain(name), place)
        others.extend((plain(other), place) for other in more.split("|") if other)
    for place in dutch_places():
        by_name.setdefault(plain(place.name), place)
    for other, place in others:  # a real name always wins from another place's second name
        by_name.setdefault(other, place)
    return Gazetteer(by_name, _ranges(by_name))


def _ranges(by_name: dict[str, Place]) -> tuple[tuple[int, int, Place], ...]:
    found = [(int(first), int(last), by_name[plain(name)]) for first, last, name in _rows(POSTCODES, cells=3)]
    return tuple(sorted(found, key=lambda row: (row[1] - row[0], row[0])))


def _rows(path: Path, cells: int) -> list[list[str]]:
    """The rows of a tab-separated file, comments and empty lines left out, short rows filled up."""
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return [line + [""] * (cells - len(line)) for line in lines]
