"""Where the parts of a chart stand, worked out here so that a template only has to draw them. Sizes in SVG units.

Nothing is told by colour alone: series differ in pattern and in form, values stand beside their marks, and every chart
has its numbers as a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.placement.board import BoardRow

WIDTH, LEFT, RIGHT = 700, 95, 190
ROW, THICK = 26, 16
PLOT_HEIGHT, TOP, BOTTOM, AXIS = 200, 16, 34, 60
MOST_LABELS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """A horizontal bar, or with `low` a band with a mark at the value."""

    y: float
    x: float
    words: str
    kind: str
    low: float = 0
    high: float = 0


@dataclass(frozen=True, slots=True)
class YearBars:
    """One year of the target chart: its label, the norm as a line, and the bars under each other."""

    label: str
    y: float
    height: float
    norms: tuple[tuple[float, int], ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class TargetChart:
    """All years of one definition in one place."""

    years: tuple[YearBars, ...]
    height: float
    width: int = WIDTH
    left: int = LEFT
    thick: int = THICK


def target_chart(rows: Sequence[BoardRow]) -> TargetChart:
    """Realised by source (solid), counted by us (hatched, one bar per reading), forecast (band) and norm (line)."""
    most = max((value for row in rows for value in _values(row)), default=0) or 1
    scale = (WIDTH - LEFT - RIGHT) / most
    years: list[YearBars] = []
    y = 4.0
    for row in rows:
        bars = _bars(row, y, scale)
        height = max(2, len(bars)) * ROW  # two lines of words: the year and its norm
        norms = tuple((LEFT + norm * scale, norm) for norm in row.norms)
        years.append(YearBars(str(row.year), y, height, norms, tuple(bars)))
        y += height + 14
    return TargetChart(tuple(years), y)


@dataclass(frozen=True, slots=True)
class Point:
    """One column or point: where it is, how high, and what it says. y None: nothing to draw."""

    x: float
    y: float | None
    label: str
    value: str
    labelled: bool


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart over time: columns, or a line with points. lines: (y, words) of the horizontal help lines."""

    points: tuple[Point, ...]
    lines: tuple[tuple[float, str], ...]
    step: float
    width: int = WIDTH
    height: int = PLOT_HEIGHT + TOP + BOTTOM
    base: float = PLOT_HEIGHT + TOP
    left: int = AXIS

    @property
    def path(self) -> str:
        """The line through the points; broken where there is nothing."""
        parts, pen = [], "M"
        for point in self.points:
            if point.y is None:
                pen = "M"
            else:
                parts.append(f"{pen}{point.x:.1f} {point.y:.1f}")
                pen = "L"
        return " ".join(parts)


def plot(values: Sequence[tuple[str, float | None]], unit: str = "", most: float | None = None) -> Plot:
    """A chart of (label, value); most: the top of the scale, else the first round number above the values."""
    top = most or _round_up(max((value or 0 for _, value in values), default=0))
    step = (WIDTH - AXIS - 10) / max(1, len(values))
    every = -(-len(values) // MOST_LABELS) or 1
    points = tuple(
        Point(
            AXIS + (index + 0.5) * step,
            None if value is None else TOP + PLOT_HEIGHT * (1 - value / top),
            label,
            "geen" if value is None else f"{value:g}{unit}".replace(".", ","),
            index % every == 0,
        )
        for index, (label, value) in enumerate(values)
    )
    lines = tuple((TOP + PLOT_HEIGHT * (1 - part), f"{top * part:g}{unit}".replace(".", ",")) for part in (0, 0.5, 1))
    return Plot(points, lines, step)


def _bars(row: BoardRow, y: float, scale: float) -> list[Bar]:
    found = [Bar(0, value * scale, f"{value} volgens een bron", "solid") for value in row.realised]
    found += [
        Bar(0, count.value * scale, f"{_number(count.value)} eigen telling ({n})", "hatched")
        for n, count in enumerate(row.counted, start=1)
    ]
    if row.from_daycare is not None:
        found.append(Bar(0, row.from_daycare * scale, f"{_number(row.from_daycare)} eigen telling", "hatched"))
    if band := row.forecast:
        words = f"{band.low} tot {band.high} verwacht"
        found.append(Bar(0, band.expected * scale, words, "band", LEFT + band.low * scale, LEFT + band.high * scale))
    return [Bar(y + ROW * n, bar.x, bar.words, bar.kind, bar.low, bar.high) for n, bar in enumerate(found)]


def _values(row: BoardRow) -> list[float]:
    band = [row.forecast.high] if row.forecast else []
    return [*row.norms, *row.realised, *(count.value for count in row.counted), row.from_daycare or 0, *band]


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def _round_up(value: float) -> float:
    """7 → 10, 23 → 25, 480 → 500: a top whose half is easy to read too."""
    size = 1.0
    while size * 10 < value:
        size *= 10
    return next((size * n for n in (1, 2, 4, 5, 6, 8, 10) if size * n >= value), size * 10) if value > 2 else 2
