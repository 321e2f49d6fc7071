"""The Rasa component: what it stores, what it adds to a message, and what it leaves alone."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from assistant.nlu.entities.extractor import DutchEntityExtractor

LEXICON = Path(__file__).parents[3] / "data" / "nlu" / "lexicon"
CONFIG = {"fuzzy_score": 88}


class Parts:
    """A trained extractor and where it was stored."""

    def __init__(self, storage: Any, resource: Any, extractor: DutchEntityExtractor) -> None:
        self.storage, self.resource, self.extractor = storage, resource, extractor


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    from rasa.engine.storage.local_model_storage import LocalModelStorage
    from rasa.engine.storage.resource import Resource
    from rasa.shared.nlu.training_data.loading import load_data

    from assistant.nlu.entities.extractor import DutchEntityExtractor

    storage, resource = LocalModelStorage(tmp_path_factory.mktemp("model")), Resource("entities")
    extractor = DutchEntityExtractor.create(CONFIG, storage, resource, None)
    extractor.train(load_data(str(LEXICON)))
    yield Parts(storage, resource, extractor)


def entities(extractor: DutchEntityExtractor, text: str, given: list[dict[str, Any]] | None = None) -> Any:
    from rasa.shared.nlu.training_data.message import Message

    message = Message({"text": text, **({"entities": given} if given else {})})
    extractor.process([message])
    return message.get("entities")


def test_an_entity_has_the_place_of_the_typed_words(trained: Parts) -> None:
    (found,) = entities(trained.extractor, "ik wil Twintig uur werken")
    assert found == {
        "entity": "uren_per_week",
        "start": 7,
        "end": 18,
        "value": "20",
        "confidence_entity": 1.0,
        "extractor": "DutchEntityExtractor",
    }


def test_a_loaded_extractor_finds_the_same(trained: Parts) -> None:
    from assistant.nlu.entities.extractor import DutchEntityExtractor

    loaded = DutchEntityExtractor.load(CONFIG, trained.storage, trained.resource, None)
    text = "ik woon in steewijk en zoek inpakwerk bij een groenbedrijf"
    assert entities(loaded, text) == entities(trained.extractor, text)


def test_the_model_is_json_and_its_format_is_checked(trained: Parts) -> None:
    from assistant.nlu.entities.extractor import DutchEntityExtractor

    with trained.storage.write_to(trained.resource) as directory:
        (file,) = directory.iterdir()
        stored = json.loads(file.read_text(encoding="utf-8"))
        file.write_text(json.dumps({**stored, "format": 0}), encoding="utf-8")
        with pytest.raises(ValueError, match="train again"):
            DutchEntityExtractor.load(CONFIG, trained.storage, trained.resource, None)
        file.write_text(json.dumps(stored), encoding="utf-8")
    assert stored["lists"]["soort_werk"]["groen"]


def test_a_button_keeps_its_own_entities(trained: Parts) -> None:
    given = [{"entity": "soort_werk", "value": "groen"}]
    assert entities(trained.extractor, '/werkplek_zoeken{"soort_werk": "groen"}', given) == given


def test_entities_that_are_there_already_stay(trained: Parts) -> None:
    given = [{"entity": "vervoer", "value": "bus", "start": 0, "end": 3, "extractor": "other"}]
    found = entities(trained.extractor, "bus naar tuk", given)
    assert [entity["entity"] for entity in found] == ["vervoer", "plaats", "gemeente"]


@pytest.mark.parametrize(
    "text", ["", " ", "?", "İstanbul'da 20 uur", "ß" * 50, "1" * 400, "é" * 3000, "\n\t", "(((", "🙂 20 uur 🙂"]
)
def test_odd_messages_do_no_harm(trained: Parts, text: str) -> None:
    for found in entities(trained.extractor, text) or []:
        assert 0 <= found["start"] < found["end"] <= len(text)


def test_every_piece_lies_within_the_message(trained: Parts) -> None:
    text = "Ik heet Jan de Vries, nul zes twaalf vierendertig zesenvijftig achtenzeventig, drie dagen van zes uur"
    for found in entities(trained.extractor, text):
        assert text[found["start"] : found["end"]].strip() == text[found["start"] : found["end"]]


@pytest.mark.parametrize(
    "piece", ["a.", "a@", "A & ", "Van De ", "-", "1.", "0 6 ", "mevrouw ", "jan punt ", "2 uur tot "]
)
def test_no_message_of_the_longest_length_takes_long(trained: Parts, piece: str) -> None:
    started = time.process_time()
    entities(trained.extractor, (piece * 2000)[:2000])
    assert time.process_time() - started < 1
