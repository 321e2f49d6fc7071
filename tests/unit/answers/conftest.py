"""The real texts, read once; and a small house of texts of its own for tests that change a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answers import AnswerBook

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "data"
DAY = dt.date(2026, 11, 23)

NATIONAL = """
id: landelijk
name: uw gemeente
values: {gemeente: uw gemeente, telefoon: het nummer op de website}
"""
ANSWERS = """
loon/hoeveel:
  title: Wat verdien ik?
  audience: werkzoekende
  text: |
    U krijgt minstens het minimumloon. Daarover maakt u samen met uw werkgever een afspraak.
    [[In 2026 is dat € 14,99 per uur.]] Vraag {gemeente}.
  simple: |
    U krijgt loon. [[In 2026 is dat € 14,99 per uur.]] Vraag {gemeente}.
  newest: Kijk voor het nieuwste bedrag op rijksoverheid.nl.
  facts: [LOON-02]
  checked: 2026-11-21
  review_before: 2027-01-01
groeten:
  text: Hallo.
"""
FACTS = """
LOON-02:
  sources: [{short: Rijksoverheid, organisation: Rijksoverheid, title: Minimumloon, address: "https://example.nl"}]
  certainty: in_bron
  valid: "2026"
  figures: ["2026", "14,99"]
"""
Write = Callable[[str, str], Path]


@pytest.fixture(scope="session")
def book() -> AnswerBook:
    """The real texts on a fixed day."""
    return AnswerBook.read(DATA, lambda: DAY)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A folder `data` with one municipality-less set of texts."""
    data = tmp_path / "data"
    for name, text in {
        "municipalities/landelijk.yml": NATIONAL,
        "answers/loon.yml": ANSWERS,
        "facts.yml": FACTS,
    }.items():
        put(data, name, text)
    return data


@pytest.fixture
def write(house: Path) -> Write:
    """Write a file into the small house."""
    return lambda name, text: put(house, name, text)


def put(data: Path, name: str, text: str) -> Path:
    """Write a file, with its folders."""
    path = data / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
