"""A learned step on top of the sentence vectors: which answer do these words ask for?

Softmax regression over all answers (and kinds of conversation), on the sentence vector, whitened
within answers, next to a compressed bag of character n-grams. It is trained on the sample questions
that editors write; measurements that led to it are in `docs/experiments.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Callable, Dict, List, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize
from sklearn.utils.extmath import randomized_svd
from threadpoolctl import threadpool_limits

from bot.nlu import remembered
from bot.nlu.encoder import Vectors
from bot.nlu.names import normalise
from bot.settings import cores

Owners = NDArray[np.int32]

_MOST_GRAMS = 20_000
_WORD_DIMENSIONS = 256
_ENOUGH_TEXTS = 10_000
"""To find these dimensions in."""
_WORD_WEIGHT = 0.7
_SCALE = 16.0
_DROPOUT = 0.3
_START = 0.75
_OUTSIDE_SCALE = 4.0


class WordSpace:
    """Character n-grams of a text, weighted by rarity and compressed to a few hundred numbers."""

    def __init__(self, vocabulary: Sequence[str], rarity: Vectors, components: Vectors):
        self.vocabulary = list(vocabulary)
        self.rarity = rarity
        self.components = components
        self._columns = {term: index for index, term in enumerate(self.vocabulary)}
        self._grams = _grams(vocabulary=self._columns)
        self._analyse: Callable[[str], List[str]] = self._grams.build_analyzer()
        self._columns_of = lru_cache(maxsize=remembered.WORDS)(self._find_columns)
        self._known: Tuple[Dict[str, int], csr_matrix] = ({}, csr_matrix((0, len(self.vocabulary)), dtype=np.float32))

    @classmethod
    def learn(cls, texts: Sequence[str]) -> Tuple[WordSpace, csr_matrix]:
        """The space of a collection of texts, and their rows of `sparse` in it."""
        grams, (words_of_texts, words) = _grams(), _words(texts)
        counts = words_of_texts @ grams.fit_transform(words)
        documents = np.bincount(counts.indices, minlength=counts.shape[1])
        often = np.flatnonzero(documents > 1)
        most = np.argsort(-np.asarray(counts.sum(axis=0))[0, often], kind="stable")[:_MOST_GRAMS]
        kept = np.sort(often[most])
        rarity = (np.log((1 + len(texts)) / (1 + documents[kept])) + 1).astype(np.float32)
        weighted = _weighted(counts[:, kept], rarity)
        size = min(_WORD_DIMENSIONS, weighted.shape[1] - 1, weighted.shape[0] - 1)
        # Directions of every third text, found in one go, rank texts that weren't learned from as well as those of all.
        some = weighted[:: max(1, len(texts) // _ENOUGH_TEXTS)]
        _, _, directions = randomized_svd(some, size, n_iter=1, random_state=0)
        components = np.ascontiguousarray(directions.T, dtype=np.float32)
        return cls(list(grams.get_feature_names_out()[kept]), rarity, components), weighted

    def sparse(self, texts: Sequence[str]) -> csr_matrix:
        """Weighted n-grams, a unit row a text.

        The rows of the largest collection so far are remembered: a new version of the knowledge base has most of them.
        """
        known, rows = self._known
        places = dict(known)
        for text in texts:
            places.setdefault(text, len(places))
        new = list(places)[len(known) :]
        every = vstack([rows, self._counted(new)], format="csr") if new else rows
        result = every[[places[text] for text in texts]]
        if len(texts) > len(known) // 2:
            self._known = {text: row for row, text in enumerate(texts)}, result
        return result

    def _counted(self, texts: Sequence[str]) -> csr_matrix:
        words_of_texts, words = _words(texts)
        return _weighted(words_of_texts @ self._grams.transform(words), self.rarity)

    def few(self, texts: Sequence[str]) -> csr_matrix:
        """`sparse` of the few texts of a turn, without what scikit-learn checks at each call: 0.13, not 0.31 ms."""
        rows = [self._row(text) for text in texts]
        starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
        columns = np.concatenate([columns for columns, _ in rows])
        weights = np.concatenate([weights for _, weights in rows])
        return csr_matrix((weights, columns, starts), shape=(len(rows), len(self.vocabulary)))

    def _row(self, text: str) -> Tuple[NDArray[np.int64], Vectors]:
        """Columns of a text's n-grams, in order, and their weights."""
        found: List[int] = []
        for word in normalise(text).split():
            found += self._columns_of(word)
        columns, counts = np.unique(np.array(found, dtype=np.int64), return_counts=True)
        weights = (np.log(counts) + 1) * self.rarity[columns]
        return columns, (weights / (np.linalg.norm(weights) or 1.0)).astype(np.float32)

    def _find_columns(self, word: str) -> List[int]:
        """Where the n-grams of a word stand; none goes on in another word."""
        return [self._columns[gram] for gram in self._analyse(word) if gram in self._columns]

    def compress(self, counts: csr_matrix) -> Vectors:
        """Rows of `sparse` as dense unit rows."""
        dense = np.asarray(counts @ self.components, dtype=np.float32)
        return dense / (np.linalg.norm(dense, axis=1, keepdims=True) + 1e-6)


@dataclass
class AnswerModel:
    """Weights, and the spaces that they are weights of."""

    labels: List[str]
    words: WordSpace
    mean: Vectors
    whiten: Vectors
    weights: Vectors
    """Features x labels."""
    bias: Vectors
    outside: Vectors
    """A direction in which questions from outside differ from others, with its threshold as last number."""

    @classmethod
    def learn(
        cls,
        labels: Sequence[str],
        texts: Sequence[str],
        vectors: Vectors,
        owners: Owners,
        outside: Sequence[bool] = (),
        epochs: int = 8,
    ) -> AnswerModel:
        """Train from nothing. `owners` gives for each text the position of its label, `outside` for each label
        whether its questions are ones that aren't answered."""
        words, counts = WordSpace.learn(texts)
        mean, whiten = within_class_whitening(vectors, owners)
        size = vectors.shape[1] + words.components.shape[1]
        weights = np.zeros((size, len(labels)), dtype=np.float32)
        bias, nothing = np.zeros(len(labels), dtype=np.float32), np.zeros(size + 1, dtype=np.float32)
        model = cls(list(labels), words, mean, whiten, weights, bias, nothing)
        features = model.features(vectors, counts)
        if any(outside):
            model.outside = _direction(features, np.asarray(outside, dtype=bool)[owners])
        # Each label starts as the centre of its samples: as good after 8 epochs as from nothing after 20.
        weights += _sums(features, owners, len(labels)).T
        weights *= _START / (np.linalg.norm(weights, axis=0) + 1e-6)
        # The one place where products are large enough for a second core: 5.9 -> 4.6 s for two epochs.
        with threadpool_limits(cores(), user_api="blas"):
            model._fit(features, owners, epochs)
        return model

    def adapted(self, labels: Sequence[str], texts: Sequence[str], vectors: Vectors, owners: Owners) -> AnswerModel:
        """The same spaces for other labels, in a moment: known labels keep their weights.

        A new label starts as the centre of its samples; the next training learns it properly.
        """
        if list(labels) == self.labels:
            return self
        known = {label: column for column, label in enumerate(self.labels)}
        is_new = np.array([label not in known for label in labels])
        rows = np.flatnonzero(is_new[owners])
        weights = np.zeros((self.weights.shape[0], len(labels)), dtype=np.float32)
        bias = np.full(len(labels), float(self.bias.mean()), dtype=np.float32)
        typical = float(np.linalg.norm(self.weights, axis=0).mean())
        if len(rows):
            features = self.features(vectors[rows], self.words.sparse([texts[row] for row in rows]))
            weights += _sums(features, owners[rows], len(labels)).T
            lengths = np.linalg.norm(weights, axis=0, keepdims=True) + 1e-6
            weights = np.where(is_new, weights / lengths * typical, 0).astype(np.float32)
        for column, label in enumerate(labels):
            if label in known:
                weights[:, column] = self.weights[:, known[label]]
                bias[column] = self.bias[known[label]]
        return AnswerModel(list(labels), self.words, self.mean, self.whiten, weights, bias, self.outside)

    def project(self, vectors: Vectors) -> Vectors:
        """Sentence vectors in the whitened space, as unit rows."""
        projected = (vectors - self.mean) @ self.whiten
        return (projected / (np.linalg.norm(projected, axis=1, keepdims=True) + 1e-6)).astype(np.float32)

    def features(self, vectors: Vectors, counts: csr_matrix) -> Vectors:
        """What the weights are multiplied with."""
        return np.hstack([self.project(vectors), _WORD_WEIGHT * self.words.compress(counts)]).astype(np.float32)

    def scores(self, features: Vectors) -> Vectors:
        """Every label's score, one row per text: the higher, the likelier, before its bias."""
        scores: Vectors = features @ self.weights
        return scores

    def log_probabilities(
        self, features: Vectors, columns: Optional[NDArray[np.int64]] = None, scores: Optional[Vectors] = None
    ) -> Vectors:
        """One row per text, one column per label; with `columns`, among these labels only.

        `scores`: those of every label, where they are known already.
        """
        columns = np.arange(len(self.labels)) if columns is None else columns
        chosen = features @ self.weights[:, columns] if scores is None else scores[:, columns]
        return _log_softmax(_SCALE * chosen + self.bias[columns])

    def outsideness(self, features: Vectors) -> Vectors:
        """How much each text looks like a question from outside; above 0 more than not."""
        return features @ self.outside[:-1] - self.outside[-1]

    def _fit(self, features: Vectors, owners: Owners, epochs: int) -> None:
        """Adam on the cross-entropy, with dropout on the features.

        Each batch only tells apart the labels that occur in it: as good as all, in half the time.
        """
        random = np.random.default_rng(0)
        rate, decay, batch = 2e-3, np.float32(1e-6), 512
        # Of numbers below 256, which take an eighth of the time of fractions.
        dropped = round(256 * _DROPOUT)
        scale = np.float32(_SCALE * 256 / (256 - dropped))
        weights = np.ascontiguousarray(self.weights.T)
        moments = [np.zeros_like(weights), np.zeros_like(weights)]
        bias_moments = [np.zeros_like(self.bias), np.zeros_like(self.bias)]
        step = 0
        for epoch in range(epochs):
            speed = rate * (1.0 if epoch < epochs * 0.7 else 0.3)
            order = random.permutation(len(features))
            for start in range(0, len(order), batch):
                rows = order[start : start + batch]
                step += 1
                inputs = features[rows]
                inputs *= random.integers(0, 256, inputs.shape, dtype=np.uint8) >= dropped
                inputs *= scale
                asked, right = np.unique(owners[rows], return_inverse=True)
                errors = _softmax(inputs @ weights[asked].T + self.bias[asked])
                errors[np.arange(len(rows)), right] -= 1
                errors /= len(rows)
                gradient = errors.T @ inputs
                gradient += decay * weights[asked]
                _adam(weights, asked, gradient, moments, step, speed)
                _adam(self.bias, asked, errors.sum(axis=0), bias_moments, step, speed)
        self.weights = np.ascontiguousarray(weights.T)

    def save(self, path: Path) -> None:
        """Write to a .npz file."""
        # Rasa compresses the model as a whole.
        np.savez(
            path,
            labels=np.array(self.labels),
            vocabulary=np.array(self.words.vocabulary),
            rarity=self.words.rarity,
            components=self.words.components.astype(np.float16),
            mean=self.mean,
            whiten=self.whiten,
            weights=self.weights,
            bias=self.bias,
            outside=self.outside,
        )

    @classmethod
    def load(cls, path: Path) -> AnswerModel:
        """Read what `save` wrote. Raises `OSError` or `KeyError` when it isn't there or isn't whole."""
        with np.load(path, allow_pickle=False) as arrays:
            stored: Dict[str, NDArray] = {name: arrays[name] for name in arrays.files}
        words = WordSpace(
            [str(term) for term in stored["vocabulary"]], stored["rarity"], stored["components"].astype(np.float32)
        )
        labels = [str(label) for label in stored["labels"]]
        return cls(
            labels, words, stored["mean"], stored["whiten"], stored["weights"], stored["bias"], stored["outside"]
        )


def within_class_whitening(vectors: Vectors, owners: Owners) -> tuple[Vectors, Vectors]:
    """Mean, and a matrix that shrinks the directions in which samples of one answer differ.

    Sentence vectors of a small encoder differ more by style than by subject. This is the whitening
    step of linear discriminant analysis, with the covariance shrunk towards the identity.
    """
    mean = vectors.mean(axis=0)
    counts = np.bincount(owners).astype(np.float32)
    centred = vectors - (_sums(vectors, owners, len(counts)) / np.maximum(counts, 1)[:, None])[owners]
    covariance = centred.T @ centred / max(len(vectors), 1)
    scale = np.trace(covariance) / covariance.shape[0]
    shrunk = 0.7 * covariance + 0.3 * scale * np.eye(covariance.shape[0], dtype=np.float32)
    values, directions = np.linalg.eigh(shrunk)
    whiten = directions @ np.diag(1 / np.sqrt(np.maximum(values, 1e-9))) @ directions.T
    return mean.astype(np.float32), whiten.astype(np.float32)


def _direction(features: Vectors, outside: NDArray[np.bool_]) -> Vectors:
    """Ridge regression of inside and outside, both counting as much; its threshold comes last."""
    share = outside.mean()
    importance = np.where(outside, 1 / share, 1 / (1 - share)).astype(np.float32)
    mean = np.average(features, axis=0, weights=importance)
    centred = features - mean
    size = features.shape[1]
    spread = (centred * importance[:, None]).T @ centred + len(features) / size * np.eye(size, dtype=np.float32)
    target = np.where(outside, _OUTSIDE_SCALE, -_OUTSIDE_SCALE).astype(np.float32)
    direction = np.linalg.solve(spread, centred.T @ (importance * target))
    return np.append(direction, mean @ direction).astype(np.float32)


def _grams(**options: object) -> CountVectorizer:
    return CountVectorizer(analyzer="char_wb", ngram_range=(2, 5), dtype=np.float32, **options)


def _words(texts: Sequence[str]) -> Tuple[csr_matrix, List[str]]:
    """How often each text has each word, and the words.

    An n-gram lies within a word, so that each word needs taking apart once: a fifth of the time for many texts.
    """
    numbers: Dict[str, int] = {}
    columns: List[int] = []
    ends = [0]
    for text in texts:
        columns += [numbers.setdefault(word, len(numbers)) for word in normalise(text).split()]
        ends.append(len(columns))
    ones = np.ones(len(columns), dtype=np.float32)
    return csr_matrix((ones, columns, ends), shape=(len(texts), len(numbers))), list(numbers)


def _weighted(counts: csr_matrix, rarity: Vectors) -> csr_matrix:
    """Rows of length one: the logarithm of each count, times the rarity of what is counted."""
    counts.data = (np.log(counts.data) + 1) * rarity[counts.indices]
    return normalize(counts, copy=False)


def _log_softmax(scores: Vectors) -> Vectors:
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def _softmax(scores: Vectors) -> Vectors:
    """The softmax of each row; in place, since this is done for millions of numbers."""
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    return scores


def _sums(rows: Vectors, owners: Owners, count: int) -> Vectors:
    """For each of `count` owners the sum of its rows; tens of times as fast as `numpy.add.at`."""
    ones = np.ones(len(owners), dtype=np.float32)
    return np.asarray(csr_matrix((ones, (owners, np.arange(len(owners)))), shape=(count, len(owners))) @ rows)


def _adam(
    values: Vectors, rows: NDArray[np.int32], gradient: Vectors, moments: List[Vectors], step: int, rate: float
) -> None:
    """One step of Adam for some rows, in place; the gradient is used up."""
    first, second = (moment[rows] for moment in moments)
    first *= 0.9
    gradient *= 0.1
    first += gradient
    second *= 0.999
    gradient *= gradient
    gradient *= 0.1
    second += gradient
    moments[0][rows], moments[1][rows] = first, second
    np.sqrt(second, out=gradient)
    gradient += 1e-8
    np.divide(first, gradient, out=gradient)
    gradient *= np.float32(rate * np.sqrt(1 - 0.999**step) / (1 - 0.9**step))
    values[rows] -= gradient
