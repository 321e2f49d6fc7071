"""One hidden layer on the n-grams, trained and used with numpy alone: the second voter beside the linear machine.

It errs on other sentences than the linear machine and knows better what is out of scope (ADR 0003).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import softmax

from assistant.nlu.features import Row

Floats = NDArray[np.float32]
_FADE, _FADE_SQUARE, _TINY = np.float32(0.9), np.float32(0.99), np.float32(1e-7)


@dataclass(frozen=True)
class NetworkConfig:
    """How the network is trained."""

    hidden: int = 128
    epochs: int = 8
    batch: int = 128
    rate: float = 0.004
    """Step size of Adam at the start; it falls to a twentieth."""
    drop_hidden: float = 0.3
    drop_input: float = 0.6
    """Share of the hidden units and of the n-grams left out at each step."""
    smoothing: float = 0.1
    """Probability mass spread over all labels in the target."""


class SmallNetwork:
    """Weights of a trained network."""

    def __init__(self, first: Floats, first_bias: Floats, second: Floats, second_bias: Floats) -> None:
        self.parameters = [first, first_bias, second, second_bias]

    def scores(self, features: sparse.csr_matrix) -> Floats:
        """Return the logits, shape (rows, labels)."""
        first, first_bias, second, second_bias = self.parameters
        return np.asarray(np.maximum(features @ first + first_bias, 0) @ second + second_bias, dtype=np.float32)

    def scores_of(self, row: Row) -> Floats:
        """Return the logits of one sentence, shape (labels,)."""
        (places, values), (first, first_bias, second, second_bias) = row, self.parameters
        return np.asarray(np.maximum(values @ first[places] + first_bias, 0) @ second + second_bias, dtype=np.float32)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return the arrays to store: the large matrix as one byte per weight with one scale per hidden unit."""
        first, first_bias, second, second_bias = self.parameters
        scale = np.abs(first).max(axis=0) / 127 + _TINY
        small = np.round(first / scale).astype(np.int8)
        return {"net_1": small, "net_scale": scale, "net_b1": first_bias, "net_2": second, "net_b2": second_bias}

    @classmethod
    def restore(cls, arrays: dict[str, NDArray[np.generic]]) -> SmallNetwork:
        """Put back what `arrays` returned."""
        first = arrays["net_1"].astype(np.float32) * arrays["net_scale"]
        return cls(first, arrays["net_b1"], arrays["net_2"], arrays["net_b2"])

    @classmethod
    def fit(
        cls, features: sparse.csr_matrix, gold: NDArray[np.intp], labels: int, config: NetworkConfig, seed: int
    ) -> SmallNetwork:
        """Train with Adam on cross entropy; only the rows of n-grams in a batch are touched."""
        rng = np.random.default_rng(seed)
        network = cls(
            rng.standard_normal((features.shape[1], config.hidden), dtype=np.float32) * np.float32(0.1),
            np.zeros(config.hidden, np.float32),
            (rng.standard_normal((config.hidden, labels)) / np.sqrt(config.hidden)).astype(np.float32),
            np.zeros(labels, np.float32),
        )
        adam = _Adam(network.parameters)
        rows = features.shape[0]
        steps = config.epochs * -(-rows // config.batch)
        for _ in range(config.epochs):
            order = rng.permutation(rows)
            for start in range(0, rows, config.batch):
                chosen = order[start : start + config.batch]
                rate = config.rate * (1 - 0.95 * adam.steps / steps)
                batch = _thinned(features[chosen], config.drop_input, rng)
                _learn(network, adam, batch, gold[chosen], config, rng, rate)
        return network


class _Adam:
    """Running means of gradients and of their squares, per parameter."""

    def __init__(self, parameters: list[Floats]) -> None:
        self._means = [np.zeros_like(parameter) for parameter in parameters]
        self._squares = [np.zeros_like(parameter) for parameter in parameters]
        self._parameters = parameters
        self.steps = 0

    def step(self, number: int, gradient: Floats, rate: float, rows: NDArray[np.intp] | slice = slice(None)) -> None:
        """Move one parameter, or some of its rows, against the gradient."""
        pace = np.float32(rate * np.sqrt(1 - 0.99**self.steps) / (1 - 0.9**self.steps))
        mean = self._means[number][rows] * _FADE + (1 - _FADE) * gradient
        square = self._squares[number][rows] * _FADE_SQUARE + (1 - _FADE_SQUARE) * gradient * gradient
        self._means[number][rows], self._squares[number][rows] = mean, square
        self._parameters[number][rows] -= pace * mean / (np.sqrt(square) + _TINY)


def _learn(
    network: SmallNetwork,
    adam: _Adam,
    batch: sparse.csr_matrix,
    gold: NDArray[np.intp],
    config: NetworkConfig,
    rng: np.random.Generator,
    rate: float,
) -> None:
    """Take one step: forward, backward, move."""
    first, first_bias, second, second_bias = network.parameters
    used, places = np.unique(batch.indices, return_inverse=True)
    narrow = sparse.csr_matrix((batch.data, places, batch.indptr), shape=(batch.shape[0], len(used)))
    active = narrow @ first[used] + first_bias
    kept = (rng.random(active.shape, dtype=np.float32) > config.drop_hidden) / np.float32(1 - config.drop_hidden)
    hidden = np.maximum(active, 0) * kept
    error = softmax(hidden @ second + second_bias, axis=1)
    error -= config.smoothing / error.shape[1]
    error[np.arange(len(gold)), gold] -= 1 - config.smoothing
    error = (error / len(gold)).astype(np.float32)
    back = ((error @ second.T) * kept * (active > 0)).astype(np.float32)
    adam.steps += 1
    adam.step(0, np.asarray(narrow.T @ back, dtype=np.float32), rate, used)
    adam.step(1, back.sum(axis=0), rate)
    adam.step(2, hidden.T @ error, rate)
    adam.step(3, error.sum(axis=0), rate)


def _thinned(batch: sparse.csr_matrix, share: float, rng: np.random.Generator) -> sparse.csr_matrix:
    """Return the batch with a share of its n-grams left out and the others made as much heavier."""
    kept = rng.random(batch.nnz, dtype=np.float32) > share
    ends = np.concatenate([[0], np.cumsum(kept)])[batch.indptr]
    data = (batch.data[kept] / np.float32(1 - share)).astype(np.float32)
    return sparse.csr_matrix((data, batch.indices[kept], ends), shape=batch.shape)
