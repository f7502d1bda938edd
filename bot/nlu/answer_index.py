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

from bot.nlu.answer_model import AnswerModel
from bot.nlu.encoder import Vectors
from bot.nlu.names import TopicLinker
from knowledge.queries import Unit

Scores = NDArray[np.float32]

_LEAST_LOG_PROBABILITY = -12.0
_EXCLUDED = 5.0

FEATURES = (
    "model",
    "centre",
    "nearest",
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
    """An answer and how likely it is the one that is asked for."""

    id: str
    topic: str
    facet: str
    probability: float


class AnswerIndex:
    """Evidence of every kind for every unit; `rank` weighs it."""

    def __init__(
        self,
        units: Sequence[Unit],
        sample_vectors: Vectors,
        linker: TopicLinker,
        weights: Sequence[float],
        model: Optional[AnswerModel] = None,
    ):
        """`sample_vectors`: a row for each text of `index_texts(units)`, in that order.

        A `model` that was trained on other units is adapted to these; without one it is trained here.
        """
        self.units = list(units)
        self.weights = np.asarray(weights, dtype=np.float32)
        texts, owners_list = index_texts(units)
        owners = np.asarray(owners_list, dtype=np.int32)
        labels = [unit.id for unit in self.units]
        # Rows are grouped by unit, so that reduceat gives a maximum a unit.
        self._starts = np.searchsorted(owners, np.arange(len(self.units))).astype(np.int64)
        if model is None:
            self.model = AnswerModel.learn(labels, texts, sample_vectors, owners)
        else:
            self.model = model.adapted(labels, texts, sample_vectors, owners)
        self._samples = self.model.project(sample_vectors)
        centres = np.add.reduceat(self._samples, self._starts, axis=0)
        self._centres = centres / (np.linalg.norm(centres, axis=1, keepdims=True) + 1e-6)
        words = self.model.words.sparse(texts)
        membership = csr_matrix(
            (np.ones(len(owners), dtype=np.float32), (owners, np.arange(len(owners)))),
            shape=(len(self.units), len(owners)),
        )
        word_centres = (membership @ words).tocsr()
        lengths = np.sqrt(word_centres.multiply(word_centres).sum(axis=1)).A1 + 1e-6
        # Transposed once: scipy would do it again for every question.
        self._words = words.T.tocsr()
        self._word_centres = csr_matrix(word_centres.multiply(1 / lengths[:, None])).T.tocsr()
        self._topics = np.array([unit.topic for unit in self.units])
        self._regions = np.array([unit.region or "" for unit in self.units])
        self._mentioned = [
            frozenset(mention.value for mention in linker.link(unit.question)) | {unit.topic} for unit in self.units
        ]
        facets = sorted({unit.facet for unit in self.units})
        self._facet_names = facets
        self._facet_rows = np.array([facets.index(unit.facet) for unit in self.units])

    def evidence(self, question: Question) -> Scores:
        """One row a unit, one column for each of `FEATURES`."""
        counts = self.model.words.sparse(question.parts or (question.text,))
        features = self.model.features(question.vectors, counts)
        projected = features[:, : question.vectors.shape[1]]
        nearest = np.maximum.reduceat(projected @ self._samples.T, self._starts, axis=1)
        words = np.maximum.reduceat(np.asarray((counts @ self._words).todense()), self._starts, axis=1)
        word_centre = np.asarray((counts @ self._word_centres).todense())
        model = np.maximum(self.model.log_probabilities(features), _LEAST_LOG_PROBABILITY)
        columns = [column.max(axis=0) for column in (model, projected @ self._centres.T, nearest, words, word_centre)]
        none = np.zeros(len(self.units), dtype=np.float32)
        topic, mentioned, other, context, here, elsewhere = (none.copy() for _ in range(6))
        if question.topics:
            topic = np.isin(self._topics, list(question.topics)).astype(np.float32)
            mentioned = self._touch(question.topics) * (1 - topic)
            other = (1 - topic) * (1 - mentioned)
        if question.context:
            context = self._touch(question.context)
        if question.region:
            here = (self._regions == question.region).astype(np.float32)
            elsewhere = ((self._regions != "") & (here == 0)).astype(np.float32)
        if question.excluded:
            excluded = np.isin(self._topics, list(question.excluded))
            topic[excluded] = 0
            other[excluded] = _EXCLUDED
        facets = np.array([question.facets.get(name, 0.0) for name in self._facet_names], dtype=np.float32)
        columns += [topic, mentioned, other, facets[self._facet_rows], context, here, elsewhere]
        return np.stack(columns, axis=1).astype(np.float32)

    def _touch(self, topics: FrozenSet[str]) -> Scores:
        """1 for units of these topics, and for units whose question names one of them."""
        return np.array([not topics.isdisjoint(mentioned) for mentioned in self._mentioned], dtype=np.float32)

    def rank(self, question: Question, limit: int = 10) -> List[Candidate]:
        """The best answers, best first, each with its probability."""
        scores = self.evidence(question) @ self.weights
        odds = np.exp(scores - scores.max())
        probabilities = odds / odds.sum()
        best = np.argsort(-scores)[:limit]
        return [
            Candidate(self.units[row].id, self.units[row].topic, self.units[row].facet, float(probabilities[row]))
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


DEFAULT_WEIGHTS: Dict[str, float] = {
    "model": 0.9,
    "centre": 1.5,
    "nearest": 2.5,
    "words": 2.0,
    "word_centre": -0.3,
    "topic": 0.3,
    "topic_mentioned": 0.3,
    "other_topic": -0.6,
    "facet": 1.5,
    "context": 1.5,
    "region": 1.0,
    "region_other": -1.0,
}
"""Fitted on sample questions of voices that the index had not seen (`docs/retrieval.md`), so that
the scores' softmax is a probability; context and region, which samples lack, are set by hand."""
