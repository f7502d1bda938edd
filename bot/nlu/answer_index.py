"""Rank the answers of the knowledge base for a question: vectors, words, topic, kind of question and context.

Nothing here knows Rasa. An index is made from one version of the knowledge base and is read-only,
so that several threads can use it and a new version can take its place in one assignment.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Dict, FrozenSet, List, Mapping, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.encoder import Vectors
from bot.nlu.names import TopicLinker, normalise
from knowledge.queries import Unit

Scores = NDArray[np.float32]

FEATURES = (
    "nearest",
    "near",
    "linear",
    "words",
    "word_centre",
    "topic",
    "topic_mentioned",
    "other_topic",
    "facet",
    "context",
    "region",
    "region_other",
)


@dataclass(frozen=True)
class Question:
    """All that is known of a question when an answer is sought."""

    text: str
    vectors: Vectors
    """A row for the whole message, and one for each sentence of a long one."""
    parts: Tuple[str, ...] = ()
    """The texts that the rows of `vectors` belong to."""
    facets: Mapping[str, float] = field(default_factory=dict)
    """How likely each kind of question is."""
    topics: FrozenSet[str] = frozenset()
    excluded: FrozenSet[str] = frozenset()
    """Topics that the question rules out: "niet ips maar wgb"."""
    context: FrozenSet[str] = frozenset()
    """Topics the conversation is about, for a question that names none."""
    region: Optional[str] = None


@dataclass(frozen=True)
class Candidate:
    """An answer and how well it fits."""

    id: str
    topic: str
    facet: str
    score: float
    features: Tuple[float, ...] = ()


class AnswerIndex:
    """Evidence of every kind for every unit; `rank` weighs it."""

    def __init__(
        self,
        units: Sequence[Unit],
        sample_vectors: Vectors,
        linker: TopicLinker,
        weights: Sequence[float],
        ridge: float = 2.0,
    ):
        """`sample_vectors`: a row for each text of `index_texts(units)`, in that order."""
        self.units = list(units)
        self.weights = np.asarray(weights, dtype=np.float32)
        texts, owners = index_texts(units)
        self._owners = np.asarray(owners, dtype=np.int32)
        # Rows are grouped by unit, so that reduceat gives a maximum a unit.
        self._starts = np.searchsorted(self._owners, np.arange(len(self.units))).astype(np.int64)
        self._mean, self._whiten = _within_class_whitening(sample_vectors, self._owners)
        self._samples = self._project(sample_vectors)
        self._linear = _ridge_classifier(self._samples, self._owners, len(self.units), ridge)
        self._vectorizer = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2, dtype=np.float32, max_features=60000
        )
        self._words: csr_matrix = self._vectorizer.fit_transform([normalise(text) for text in texts])
        membership = csr_matrix(
            (np.ones(len(owners), dtype=np.float32), (self._owners, np.arange(len(owners)))),
            shape=(len(self.units), len(owners)),
        )
        centres = (membership @ self._words).tocsr()
        lengths = np.sqrt(centres.multiply(centres).sum(axis=1)).A1 + 1e-6
        self._word_centres = csr_matrix(centres.multiply(1 / lengths[:, None]))
        self._topics = [unit.topic for unit in self.units]
        self._facets = [unit.facet for unit in self.units]
        self._regions = [unit.region for unit in self.units]
        self._mentioned = [
            frozenset(mention.value for mention in linker.link(f"{unit.question}")) for unit in self.units
        ]

    def _project(self, vectors: Vectors) -> Vectors:
        projected = (vectors - self._mean) @ self._whiten
        return (projected / (np.linalg.norm(projected, axis=1, keepdims=True) + 1e-6)).astype(np.float32)

    def evidence(self, question: Question) -> Scores:
        """One row a unit, one column for each of `FEATURES`."""
        projected = self._project(question.vectors)
        similarities = projected @ self._samples.T
        nearest = np.maximum.reduceat(similarities, self._starts, axis=1)
        near = _mean_of_best(similarities, self._owners, self._starts, len(self.units), 4)
        linear = projected @ self._linear
        parts = self._vectorizer.transform([normalise(part) for part in question.parts or (question.text,)])
        overlap = np.asarray((parts @ self._words.T).todense())
        words = np.maximum.reduceat(overlap, self._starts, axis=1)
        word_centre = np.asarray((parts @ self._word_centres.T).todense())
        columns = [column.max(axis=0) for column in (nearest, near, linear, words, word_centre)]
        named = question.topics
        topic = np.array([t in named for t in self._topics], dtype=np.float32)
        mentioned = np.array([bool(m & named) for m in self._mentioned], dtype=np.float32) if named else topic * 0
        other = np.zeros_like(topic)
        if named:
            other = (1 - topic) * (1 - mentioned)
        facet = np.array([question.facets.get(f, 0.0) for f in self._facets], dtype=np.float32)
        context = np.zeros_like(topic)
        if question.context:
            context = np.array(
                [t in question.context or bool(m & question.context) for t, m in zip(self._topics, self._mentioned)],
                dtype=np.float32,
            )
        here = np.array([r is not None and r == question.region for r in self._regions], dtype=np.float32)
        elsewhere = np.array(
            [r is not None and question.region is not None and r != question.region for r in self._regions],
            dtype=np.float32,
        )
        if question.excluded:
            excluded = np.array([t in question.excluded for t in self._topics])
            topic[excluded] = 0
            other[excluded] = 2
        columns += [topic, mentioned * (1 - topic), other, facet, context, here, elsewhere]
        return np.stack(columns, axis=1).astype(np.float32)

    def rank(self, question: Question, limit: int = 10) -> List[Candidate]:
        """The best answers, best first."""
        evidence = self.evidence(question)
        scores = evidence @ self.weights
        best = np.argsort(-scores)[:limit]
        return [
            Candidate(
                self.units[row].id,
                self.units[row].topic,
                self.units[row].facet,
                float(scores[row]),
                tuple(float(value) for value in evidence[row]),
            )
            for row in best
        ]


def index_texts(units: Sequence[Unit]) -> Tuple[List[str], List[int]]:
    """Every text of every unit that a question may look like, and the row of its unit."""
    texts: List[str] = []
    owners: List[int] = []
    for row, unit in enumerate(units):
        for text in [unit.question, *(sample for _, sample in unit.samples)]:
            texts.append(text)
            owners.append(row)
    return texts, owners


def _within_class_whitening(vectors: Vectors, owners: NDArray[np.int32]) -> Tuple[Vectors, Vectors]:
    """Mean, and a matrix that shrinks the directions in which samples of one answer differ.

    Sentence vectors of a small encoder differ more by style than by subject. This is the whitening
    step of linear discriminant analysis, with the covariance shrunk towards the identity.
    """
    mean = vectors.mean(axis=0)
    counts = np.bincount(owners).astype(np.float32)
    sums = np.zeros((len(counts), vectors.shape[1]), dtype=np.float32)
    np.add.at(sums, owners, vectors)
    centred = vectors - (sums / np.maximum(counts, 1)[:, None])[owners]
    covariance = centred.T @ centred / max(len(vectors), 1)
    scale = np.trace(covariance) / covariance.shape[0]
    shrunk = 0.7 * covariance + 0.3 * scale * np.eye(covariance.shape[0], dtype=np.float32)
    values, directions = np.linalg.eigh(shrunk)
    whiten = directions @ np.diag(1 / np.sqrt(np.maximum(values, 1e-9))) @ directions.T
    return mean.astype(np.float32), whiten.astype(np.float32)


def _ridge_classifier(samples: Vectors, owners: NDArray[np.int32], classes: int, ridge: float) -> Vectors:
    """Weights (dimension x classes) of a one-against-all ridge regression, in closed form."""
    size = samples.shape[1]
    targets = np.zeros((size, classes), dtype=np.float32)
    np.add.at(targets.T, owners, samples)
    gram = samples.T @ samples + ridge * np.eye(size, dtype=np.float32)
    counts = np.bincount(owners, minlength=classes).astype(np.float32)
    return np.linalg.solve(gram, targets / np.sqrt(np.maximum(counts, 1))[None, :]).astype(np.float32)


def _mean_of_best(
    similarities: Scores, owners: NDArray[np.int32], starts: NDArray[np.int64], units: int, best: int
) -> Scores:
    """For each unit the mean similarity of its `best` nearest samples."""
    counts = np.bincount(owners, minlength=units)
    widest = int(counts.max())
    result = np.empty((similarities.shape[0], units), dtype=np.float32)
    column = np.arange(len(owners)) - starts[owners]
    for row, values in enumerate(similarities):
        padded = np.full((units, widest), -1.0, dtype=np.float32)
        padded[owners, column] = values
        top = np.partition(padded, widest - min(best, widest), axis=1)[:, -min(best, widest) :]
        result[row] = np.where(top > -1, top, 0).sum(axis=1) / np.minimum(counts, best)
    return result


DEFAULT_WEIGHTS: Dict[str, float] = {
    "nearest": 2.0,
    "near": 3.0,
    "linear": 3.0,
    "words": 1.0,
    "word_centre": 1.5,
    "topic": 0.8,
    "topic_mentioned": 0.6,
    "other_topic": -0.4,
    "facet": 0.3,
    "context": 0.5,
    "region": 0.5,
    "region_other": -0.5,
}
