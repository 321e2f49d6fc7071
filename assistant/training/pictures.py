"""Inline SVG for the report: no library, no script, readable without colour."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

WIDTH, ROW = 640, 22
"""Pixels."""
_INK, _BAR, _LINE = "#1f2933", "#2f6f9f", "#b9c4cf"


def bars(title: str, rows: Sequence[tuple[str, float, tuple[float, float]]], goal: float | None = None) -> str:
    """Return horizontal bars of (name, share, interval), 0 to 100 %, with whiskers and a dashed goal line."""
    left, right = 190, WIDTH - 70
    height = 30 + ROW * len(rows)
    parts = [_text(0, 14, title, weight="bold")]
    for number, (name, value, (low, high)) in enumerate(rows):
        y = 26 + ROW * number
        scale = [left + (right - left) * part for part in (value, low, high)]
        parts += [
            _text(left - 8, y + 13, name, anchor="end"),
            f'<rect x="{left}" y="{y + 2}" width="{scale[0] - left:.1f}" height="14" fill="{_BAR}"/>',
            f'<path d="M{scale[1]:.1f} {y + 9}H{scale[2]:.1f}" stroke="{_INK}" stroke-width="2"/>',
            _text(right + 8, y + 13, f"{100 * value:.1f} %"),
        ]
    if goal is not None:
        x = left + (right - left) * goal
        parts.append(f'<path d="M{x:.1f} 22V{height}" stroke="{_INK}" stroke-dasharray="4 3"/>')
    return _svg(title, height, parts)


def curve(title: str, lines: dict[str, Sequence[tuple[float, float]]], *, diagonal: bool = False) -> str:
    """Return lines through (x, y), x scaled to its largest value and y from 0 to 1."""
    side, base = 260, 290
    most = 1.0 if diagonal else max((x for points in lines.values() for x, _ in points), default=1.0)
    parts = [_text(0, 14, title, weight="bold"), f'<path d="M40 30V{base}H{40 + side}" fill="none" stroke="{_INK}"/>']
    parts += [_text(34, base - side * tick, f"{100 * tick:.0f}", anchor="end") for tick in (0, 0.25, 0.5, 0.75, 1)]
    parts.append(_text(40 + side, base + 16, f"{most:g}", anchor="end"))
    if diagonal:
        parts.append(f'<path d="M40 {base}L{40 + side} {base - side}" stroke="{_LINE}" stroke-dasharray="4 3"/>')
    for number, (name, points) in enumerate(lines.items()):
        places = [(40 + side * x / most, base - side * y) for x, y in points]
        dashes = ("", ' stroke-dasharray="7 3"', ' stroke-dasharray="2 3"')[number % 3]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{_BAR}" stroke-width="2"{dashes}/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{_BAR}"/>' for x, y in places]
        if places:
            parts.append(_text(places[-1][0] + 8, places[-1][1] + 4, name))
    return _svg(title, base + 24, parts)


def _text(x: float, y: float, words: str, *, anchor: str = "start", weight: str = "normal") -> str:
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" font-size="13" fill="{_INK}" text-anchor="{anchor}" '
        f'font-weight="{weight}">{escape(words)}</text>'
    )


def _svg(title: str, height: float, parts: list[str]) -> str:
    return (
        f'<svg role="img" aria-label="{escape(title)}" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" '
        f'xmlns="http://www.w3.org/2000/svg" font-family="sans-serif">{"".join(parts)}</svg>'
    )
