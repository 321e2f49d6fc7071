"""The intent model itself, free of Rasa: n-grams in, calibrated probabilities out.

Character n-grams see through typing errors and Dutch compounds, word pairs see "wie beslist" beside "wie helpt".
Measured against DIET and nine other models on public Dutch data: see ADR 0003.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize_scalar
from scipy.special import logsumexp, softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import train_test_split
from sklearn.svm import LinearSVC

from assistant.nlu.augment import augmented
from assistant.nlu.normalise import normalise

FORMAT = 1


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
    copies: int = 1
    """Noisy copies of each training sentence, 0 to 3 (see `augment`)."""
    seed: int = 20_261_121


class LinearIntentModel:
    """Fitted vectorizers, one weight vector per intent and a temperature."""

    def __init__(
        self,
        chars: TfidfVectorizer,
        words: TfidfVectorizer,
        config: ModelConfig,
        labels: list[str],
        weights: NDArray[np.float32],
        intercept: NDArray[np.float32],
        temperature: float,
    ) -> None:
        self._chars, self._words, self._config = chars, words, config
        self.labels = labels
        self._weights, self._intercept, self._temperature = weights, intercept, temperature

    @classmethod
    def fit(cls, texts: list[str], labels: list[str], config: ModelConfig) -> LinearIntentModel:
        """Fit on sentences and their intents; the temperature comes from a quarter that is held out."""
        temperature = _temperature(texts, labels, config)
        model = _fit_weights(texts, labels, config)
        model._temperature = temperature
        return model

    def scores(self, texts: list[str]) -> NDArray[np.float32]:
        """Return the raw one-against-the-rest margins, shape (texts, labels)."""
        features = _transform(self._chars, self._words, self._config, texts)
        return np.asarray(features @ self._weights + self._intercept, dtype=np.float32)

    def probabilities(self, texts: list[str]) -> NDArray[np.float32]:
        """Return calibrated probabilities, shape (texts, labels); rows sum to one."""
        return np.asarray(softmax(self.scores(texts) / self._temperature, axis=1), dtype=np.float32)

    def save(self, directory: Path) -> None:
        """Write vocabulary as JSON and weights as npz (no pickle: a model file can never run code)."""
        described = {
            "format": FORMAT,
            "config": self._config.__dict__,
            "labels": self.labels,
            "temperature": self._temperature,
            "chars": _vocabulary(self._chars),
            "words": _vocabulary(self._words),
        }
        (directory / "intents.json").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
        buffer = io.BytesIO()
        np.savez_compressed(
            buffer,
            weights=self._weights.astype(np.float16),
            intercept=self._intercept,
            chars_idf=self._chars.idf_.astype(np.float32),
            words_idf=self._words.idf_.astype(np.float32),
        )
        (directory / "intents.npz").write_bytes(buffer.getvalue())

    @classmethod
    def load(cls, directory: Path) -> LinearIntentModel:
        """Read what `save` wrote; a file of another format is refused with `ValueError`."""
        described = json.loads((directory / "intents.json").read_text(encoding="utf-8"))
        if described["format"] != FORMAT:
            raise ValueError(f"intent model has format {described['format']}, this program reads {FORMAT}: train again")
        config = ModelConfig(**{name: _tupled(value) for name, value in described["config"].items()})
        with np.load(directory / "intents.npz", allow_pickle=False) as arrays:
            chars = _restored(_char_vectorizer(config), described["chars"], arrays["chars_idf"])
            words = _restored(_word_vectorizer(config), described["words"], arrays["words_idf"])
            weights = np.ascontiguousarray(arrays["weights"].astype(np.float32))
            intercept = arrays["intercept"]
        return cls(chars, words, config, described["labels"], weights, intercept, described["temperature"])


def _char_vectorizer(config: ModelConfig) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char_wb", ngram_range=config.char_ngrams, lowercase=False, sublinear_tf=True, dtype=np.float32,
        min_df=2, max_features=config.max_char_features,
    )  # fmt: skip


def _word_vectorizer(config: ModelConfig) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="word", token_pattern=r"\w+", ngram_range=config.word_ngrams, lowercase=False, sublinear_tf=True,  # noqa: S106
        dtype=np.float32, min_df=2, max_features=config.max_word_features,
    )  # fmt: skip


def _transform(
    chars: TfidfVectorizer, words: TfidfVectorizer, config: ModelConfig, texts: list[str]
) -> sparse.csr_matrix:
    plain = [normalise(text) for text in texts]
    return sparse.hstack([chars.transform(plain), words.transform(plain) * config.word_weight], format="csr")


def _fit_weights(texts: list[str], labels: list[str], config: ModelConfig) -> LinearIntentModel:
    if config.copies:
        texts, labels = augmented(texts, labels, config.copies, config.seed)
    plain = [normalise(text) for text in texts]
    chars, words = _char_vectorizer(config).fit(plain), _word_vectorizer(config).fit(plain)
    machine = LinearSVC(C=config.c, random_state=config.seed)
    machine.fit(_transform(chars, words, config, texts), labels)
    weights = np.ascontiguousarray(machine.coef_.T.astype(np.float32))
    intercept = machine.intercept_.astype(np.float32)
    return LinearIntentModel(chars, words, config, list(machine.classes_), weights, intercept, 1.0)


def _temperature(texts: list[str], labels: list[str], config: ModelConfig) -> float:
    """Return the temperature with the lowest log loss on a quarter of the sentences that the model did not see."""
    seen, unseen, seen_labels, unseen_labels = train_test_split(
        texts, labels, test_size=0.25, stratify=labels, random_state=config.seed
    )
    model = _fit_weights(seen, seen_labels, config)
    position = {label: index for index, label in enumerate(model.labels)}
    scores = model.scores(unseen).astype(np.float64)
    gold = np.array([position[label] for label in unseen_labels])

    def loss(temperature: float) -> float:
        scaled = scores / temperature
        return float(np.mean(logsumexp(scaled, axis=1) - scaled[np.arange(len(gold)), gold]))

    return float(minimize_scalar(loss, bounds=(0.02, 2.0), method="bounded").x)


def _vocabulary(vectorizer: TfidfVectorizer) -> list[str]:
    return [str(term) for term in vectorizer.get_feature_names_out()]


def _restored(vectorizer: TfidfVectorizer, terms: list[str], idf: NDArray[np.float32]) -> TfidfVectorizer:
    vectorizer.set_params(vocabulary={term: index for index, term in enumerate(terms)})
    vectorizer.idf_ = idf
    return vectorizer


def _tupled(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
