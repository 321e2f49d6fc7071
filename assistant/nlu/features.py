"""From sentences to numbers: letter groups as they are typed, words as they sound."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from assistant.nlu.normalise import by_ear, normalise


class Features:
    """Two TF-IDF matrices side by side: character n-grams within words, and words with their pairs."""

    def __init__(
        self,
        char_ngrams: tuple[int, int],
        word_ngrams: tuple[int, int],
        word_weight: float,
        max_char_features: int,
        max_word_features: int,
    ) -> None:
        self._word_weight = word_weight
        shared = {"lowercase": False, "sublinear_tf": True, "dtype": np.float32, "min_df": 2}
        self._chars = TfidfVectorizer(
            analyzer="char_wb", ngram_range=char_ngrams, max_features=max_char_features, **shared
        )
        self._words = TfidfVectorizer(
            analyzer="word", token_pattern=r"\w+", ngram_range=word_ngrams, max_features=max_word_features, **shared  # noqa: S106
        )  # fmt: skip

    def fit(self, texts: list[str]) -> sparse.csr_matrix:
        """Learn the vocabulary and return the matrix of these texts."""
        plain = [normalise(text) for text in texts]
        chars = self._chars.fit_transform(plain)
        words = self._words.fit_transform([by_ear(text) for text in plain])
        return sparse.hstack([chars, words * self._word_weight], format="csr", dtype=np.float32)

    def transform(self, texts: list[str]) -> sparse.csr_matrix:
        """Return the matrix, shape (texts, features)."""
        plain = [normalise(text) for text in texts]
        chars = self._chars.transform(plain)
        words = self._words.transform([by_ear(text) for text in plain])
        return sparse.hstack([chars, words * self._word_weight], format="csr", dtype=np.float32)

    def vocabulary(self) -> dict[str, list[str]]:
        """Return the terms of both matrices in column order, for JSON."""
        return {
            "chars": [str(term) for term in self._chars.get_feature_names_out()],
            "words": [str(term) for term in self._words.get_feature_names_out()],
        }

    def weights(self) -> dict[str, NDArray[np.float32]]:
        """Return the inverse document frequencies, in the same order."""
        return {
            "chars_idf": self._chars.idf_.astype(np.float32),
            "words_idf": self._words.idf_.astype(np.float32),
        }

    def restore(self, vocabulary: dict[str, list[str]], arrays: Any) -> Features:
        """Put back what `vocabulary` and `weights` returned."""
        for name, vectorizer in (("chars", self._chars), ("words", self._words)):
            vectorizer.set_params(vocabulary={term: index for index, term in enumerate(vocabulary[name])})
            vectorizer.idf_ = arrays[f"{name}_idf"]
        return self
