"""The intent classifier as a Rasa component: fills `intent` and `intent_ranking` with whole ids and probabilities."""

from __future__ import annotations

import dataclasses
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu import whole_intents as whole_intents  # ids keep their slash wherever this component runs
from assistant.nlu.intent_model import IntentModel, ModelConfig, config_from


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DutchIntentClassifier(IntentClassifier, GraphComponent):
    """Two voters on character and word n-grams (see `intent_model`)."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"ranking_length": 10, **dataclasses.asdict(ModelConfig())}

    @staticmethod
    def required_packages() -> list[str]:
        return ["sklearn", "scipy"]

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, model: IntentModel | None
    ) -> None:
        self._ranking_length = int(config["ranking_length"])
        self._config = config_from(config)
        self._storage, self._resource, self._model = model_storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DutchIntentClassifier:
        return cls(config, model_storage, resource, None)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> DutchIntentClassifier:
        with model_storage.read_from(resource) as directory:
            return cls(config, model_storage, resource, IntentModel.load(directory))

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on all intent examples and store the model."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        texts = [message.get(TEXT) for message in examples]
        self._model = IntentModel.fit(texts, [message.get(INTENT) for message in examples], self._config)
        with self._storage.write_to(self._resource) as directory:
            self._model.save(directory)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent of each message that has text; a message that already has one (a button) keeps it."""
        for message in messages:
            if self._model is None or not message.get(TEXT):
                continue
            ranking = self._ranking(message.get(TEXT))
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _ranking(self, text: str) -> list[dict[str, Any]]:
        assert self._model is not None
        probabilities = self._model.probabilities_of(text)
        best = probabilities.argsort()[::-1][: self._ranking_length]
        return [{"name": self._model.labels[i], "confidence": float(probabilities[i])} for i in best]
