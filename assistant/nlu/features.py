"""From sentences to numbers: letter groups as they are typed, words as they sound."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from assistant.nlu.normalise import by_ear, normalise

Row = tuple[NDArray[np.intp], NDArray[np.float32]]
"""Columns that are not zero, and what stands in them."""


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
        self._word_weight = np.float32(word_weight)
        self._one: tuple[_OneSentence, _OneSentence] | None = None
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

    def row(self, text: str) -> Row:
        """Return the row of one sentence: the same numbers as `transform`, without building matrices for it."""
        plain = normalise(text)
        self._one = self._one or (_OneSentence(self._chars), _OneSentence(self._words))
        chars, words = self._one
        places, values = chars.row(plain)
        more, weighed = words.row(by_ear(plain))
        return np.concatenate([places, more + chars.width]), np.concatenate([values, weighed * self._word_weight])

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


class _OneSentence:
    """A fitted TfidfVectorizer for one sentence at a time (scikit-learn's own way takes four times as long for one)."""

    def __init__(self, fitted: TfidfVectorizer) -> None:
        self._grams, self._places, self._idf = fitted.build_analyzer(), fitted.vocabulary_, fitted.idf_
        self.width = len(self._places)

    def row(self, text: str) -> Row:
        """Return term frequency (its logarithm plus one) times inverse document frequency, at length one."""
        found = Counter(self._grams(text))
        known = [(place, count) for gram, count in found.items() if (place := self._places.get(gram)) is not None]
        places = np.array([place for place, _ in known], dtype=np.intp)
        counts = np.array([count for _, count in known], dtype=np.float32)
        values = ((np.log(counts) + 1) * self._idf[places]).astype(np.float32)
        length = np.sqrt(values @ values)
        return places, values / length if length else values
