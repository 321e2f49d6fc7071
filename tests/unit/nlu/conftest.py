"""One recogniser for all entity tests, made of the lists in data/nlu/lexicon as training makes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from assistant.nlu.entities.recogniser import Recogniser

collect_ignore_glob = [] if find_spec("rasa") else ["test_entities_*.py", "test_intent_model.py", "test_lean_rasa.py"]
"""Rasa's code runs in the rasa room only; in the app room these tests are left out."""
LEXICON = Path(__file__).parents[3] / "data" / "nlu" / "lexicon"
NOW = datetime(2026, 11, 23, 9, 30)
"""A Monday morning."""
DERIVED = ("gemeente", "rol")

Find = Callable[[str], set[tuple[str, str]]]


@pytest.fixture(scope="session")
def recogniser() -> Recogniser:
    from rasa.shared.nlu.training_data.loading import load_data

    from assistant.nlu.entities.extractor import dutch_places, lists_of
    from assistant.nlu.entities.recogniser import Recogniser
    from assistant.nlu.spacy_language import load_dutch

    return Recogniser(lists_of(load_data(str(LEXICON)).lookup_tables), dutch_places(), load_dutch(), 88)


@pytest.fixture(scope="session")
def find(recogniser: Recogniser) -> Find:
    """Return (entity, value) pairs of a message without the derived ones."""

    def pairs(text: str) -> set[tuple[str, str]]:
        return {(found.entity, found.value) for found in recogniser.find(text, NOW) if found.entity not in DERIVED}

    return pairs


@pytest.fixture(scope="session")
def derived(recogniser: Recogniser) -> Find:
    """Return (entity, value) pairs of the derived entities only."""

    def pairs(text: str) -> set[tuple[str, str]]:
        return {(found.entity, found.value) for found in recogniser.find(text, NOW) if found.entity in DERIVED}

    return pairs
