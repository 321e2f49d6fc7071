"""The intent model, free of Rasa: n-grams in, two voters, calibrated probabilities out.

A linear machine and a small network look at the same n-grams; their scores are added and one temperature makes honest
probabilities of them. What was tried beside this, and lost, stands in ADR 0003.
"""

from __future__ import annotations

import io
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import logsumexp, softmax
from sklearn.model_selection import train_test_split

from assistant.nlu.augment import augmented
from assistant.nlu.features import Features
from assistant.nlu.linear_model import LinearModel, fit_linear
from assistant.nlu.small_network import NetworkConfig, SmallNetwork

FORMAT = 2


@dataclass(frozen=True)
class ModelConfig:
    """What can be set in `config.yml`, with the defaults that won on held-out writers."""

    char_ngrams: tuple[int, int] = (2, 5)
    word_ngrams: tuple[int, int] = (1, 2)
    word_weight: float = 0.7
    """Weight of the word matrix beside the character matrix, 0 leaves it out."""
    max_char_features: int = 60_000
    max_word_features: int = 20_000
    c: float = 0.5
    """Inverse regularisation strength of the linear support vector machine."""
    subject_weight: float = 0.25
    """Share of the score of the subject (`loon` in `loon/hoeveel`) in the score of the intent."""
    network_weight: float = 0.25
    """Share of the network's scores; 0 trains no network."""
    network: NetworkConfig = field(default_factory=NetworkConfig)
    copies: int = 1
    """Noisy copies of each training sentence, 0 to 3 (see `augment`)."""
    seed: int = 20_261_121


class IntentModel:
    """Fitted features, two voters and a temperature."""

    def __init__(
        self,
        features: Features,
        linear: LinearModel,
        network: SmallNetwork | None,
        config: ModelConfig,
        labels: list[str],
        temperature: float = 1.0,
    ) -> None:
        self._features, self._linear, self._network, self._config = features, linear, network, config
        self.labels, self._temperature = labels, temperature

    @classmethod
    def fit(cls, texts: list[str], labels: list[str], config: ModelConfig) -> IntentModel:
        """Fit on sentences and their intents; the temperature comes from a quarter that a second one does not see.

        The second model does without noisy copies: half the work, the same scale of scores.
        """
        seen, unseen, seen_labels, unseen_labels = train_test_split(
            texts, labels, test_size=0.25, stratify=labels, random_state=config.seed
        )
        with ThreadPoolExecutor(2) as pool:
            whole = pool.submit(_fit, texts, labels, config)
            part = pool.submit(_fit, seen, seen_labels, replace(config, copies=0))
            model = whole.result()
            model._temperature = part.result().best_temperature(unseen, unseen_labels)
        return model

    def scores(self, texts: list[str]) -> NDArray[np.float32]:
        """Return the added scores of both voters, shape (texts, labels)."""
        features = self._features.transform(texts)
        scores = self._linear.scores(features)
        return scores + self._config.network_weight * self._network.scores(features) if self._network else scores

    def probabilities(self, texts: list[str]) -> NDArray[np.float32]:
        """Return calibrated probabilities, shape (texts, labels); rows sum to one."""
        return np.asarray(softmax(self.scores(texts) / self._temperature, axis=1), dtype=np.float32)

    def probabilities_of(self, text: str) -> NDArray[np.float32]:
        """As `probabilities` for one sentence, shape (labels,), without making matrices for it."""
        row = self._features.row(text)
        scores = self._linear.scores_of(row)
        if self._network:
            scores = scores + self._config.network_weight * self._network.scores_of(row)
        return np.asarray(softmax(scores / self._temperature), dtype=np.float32)

    def best_temperature(self, texts: list[str], labels: list[str]) -> float:
        """Return the temperature with the lowest log loss on sentences that the model did not see."""
        position = {label: index for index, label in enumerate(self.labels)}
        scores = self.scores(texts).astype(np.float64)
        gold = np.array([position[label] for label in labels])

        def loss(temperature: float) -> float:
            scaled = scores / temperature
            return float(np.mean(logsumexp(scaled, axis=1) - scaled[np.arange(len(gold)), gold]))

        return float(minimize_scalar(loss, bounds=(0.02, 5.0), method="bounded").x)

    def save(self, directory: Path) -> None:
        """Write vocabulary as JSON and weights as npz (no pickle: a model file can never run code)."""
        described = {
            "format": FORMAT,
            "config": asdict(self._config),
            "labels": self.labels,
            "temperature": self._temperature,
            "vocabulary": self._features.vocabulary(),
        }
        (directory / "intents.json").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
        buffer = io.BytesIO()
        network = self._network.arrays() if self._network else {}
        linear = {"weights": self._linear.weights.astype(np.float16), "intercept": self._linear.intercept}
        np.savez_compressed(buffer, **linear, **self._features.weights(), **network)
        (directory / "intents.npz").write_bytes(buffer.getvalue())

    @classmethod
    def load(cls, directory: Path) -> IntentModel:
        """Read what `save` wrote; a file of another format is refused with `ValueError`."""
        described = json.loads((directory / "intents.json").read_text(encoding="utf-8"))
        if described["format"] != FORMAT:
            raise ValueError(f"intent model has format {described['format']}, this program reads {FORMAT}: train again")
        config = config_from(described["config"])
        with np.load(directory / "intents.npz", allow_pickle=False) as arrays:
            features = _features(config).restore(described["vocabulary"], arrays)
            linear = LinearModel(np.ascontiguousarray(arrays["weights"].astype(np.float32)), arrays["intercept"])
            network = SmallNetwork.restore(dict(arrays)) if "net_1" in arrays else None
        return cls(features, linear, network, config, described["labels"], described["temperature"])


def config_from(values: dict[str, object]) -> ModelConfig:
    """Return the configuration in a plain mapping; names that are not ours are left out."""
    known = {name: value for name, value in values.items() if name in ModelConfig.__dataclass_fields__}
    network = NetworkConfig(**dict(known.pop("network", None) or {}))
    return ModelConfig(**{k: tuple(v) if isinstance(v, list) else v for k, v in known.items()}, network=network)


def _features(config: ModelConfig) -> Features:
    return Features(
        config.char_ngrams,
        config.word_ngrams,
        config.word_weight,
        config.max_char_features,
        config.max_word_features,
    )


def _fit(texts: list[str], labels: list[str], config: ModelConfig) -> IntentModel:
    own = len(texts)
    texts, labels = augmented(texts, labels, config.copies, config.seed) if config.copies else (texts, labels)
    features = _features(config)
    matrix = features.fit(texts)
    names = sorted(set(labels))
    linear = fit_linear(matrix, labels, config.c, config.seed)
    subjects = [label.split("/")[0] for label in labels]
    order = sorted(set(subjects))
    if config.subject_weight and len(order) > 1:
        columns = [order.index(name.split("/")[0]) for name in names]
        by_subject = fit_linear(matrix[:own], subjects[:own], config.c, config.seed)
        linear = linear.plus(by_subject, config.subject_weight, columns)
    network = None
    if config.network_weight:
        place = {name: index for index, name in enumerate(names)}
        gold = np.array([place[label] for label in labels])
        network = SmallNetwork.fit(matrix, gold, len(names), config.network, config.seed)
    return IntentModel(features, linear, network, config, names)
