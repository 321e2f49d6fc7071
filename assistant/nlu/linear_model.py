"""The linear voter: a support vector machine per intent and per subject, added up into one weight matrix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.svm import LinearSVC

from assistant.nlu.features import Row


@dataclass(frozen=True)
class LinearModel:
    """One column of weights per label; scores are margins."""

    weights: NDArray[np.float32]
    intercept: NDArray[np.float32]

    def scores(self, features: sparse.csr_matrix) -> NDArray[np.float32]:
        """Return the margins, shape (rows, labels)."""
        return np.asarray(features @ self.weights + self.intercept, dtype=np.float32)

    def scores_of(self, row: Row) -> NDArray[np.float32]:
        """Return the margins of one sentence, shape (labels,)."""
        places, values = row
        return np.asarray(values @ self.weights[places] + self.intercept, dtype=np.float32)

    def plus(self, other: LinearModel, share: float, columns: list[int]) -> LinearModel:
        """Return this model with a share of another one's columns added to each of its own."""
        return LinearModel(
            np.ascontiguousarray(self.weights + share * other.weights[:, columns], dtype=np.float32),
            (self.intercept + share * other.intercept[columns]).astype(np.float32),
        )


def fit_linear(features: sparse.csr_matrix, gold: list[str], c: float, seed: int) -> LinearModel:
    """Fit one machine per label against all others; columns are the labels in alphabetical order.

    `c` is the inverse strength of the regularisation. The work is done outside Python's lock, so two can run at once.
    """
    machine = LinearSVC(C=c, random_state=seed).fit(features, gold)
    weights, intercept = machine.coef_.T, machine.intercept_
    if weights.shape[1] == 1:  # scikit-learn keeps one column for two labels
        weights, intercept = np.hstack([-weights, weights]), np.concatenate([-intercept, intercept])
    return LinearModel(np.ascontiguousarray(weights, dtype=np.float32), intercept.astype(np.float32))
