"""Rank the answers of the knowledge base for a question: vectors, words, topic, kind of question and context.

Nothing here knows Rasa. An index is made from one version of the knowledge base and is read-only,
so that several threads can use it and a new version can take its place in one assignment.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Callable, Dict, FrozenSet, List, Mapping, Optional, Sequence, Tuple

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
_COMMAND_LENGTH = 7
_PENALTY_A_WORD = 0.35
_LONG_CONVERSATION = frozenset(
    "intent:" + name
    for name in (
        "out_of_scope",
        "vent",
        "speak_english",
        "other_language",
        "gibberish",
        "insult",
        "frustration",
        "start_disclosure",
        "start_eligibility",
        "start_financing",
    )
)
"""Kinds of conversation that are as long as a question is."""
_COURTESIES = frozenset(
    "intent:" + name
    for name in (
        "greet",
        "goodbye",
        "thank",
        "ask_capabilities",
        "compliment_or_filler",
        "vent",
        "out_of_scope",
        "gibberish",
        "frustration",
        "ask_how_are_you",
    )
)
_COURTESY_PENALTY = 2.0

FEATURES = (
    "model",
    "centre",
    "nearest",
    "words",
    "word_centre",
    "body",
    "body_words",
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
    """A row for the whole message, and one for each further reading of it."""
    parts: Tuple[str, ...] = ()
    """The texts that the rows of `vectors` belong to."""
    shares: Tuple[float, ...] = ()
    """How much the score of each reading after the first is added to that of the whole."""
    facets: Mapping[str, float] = field(default_factory=dict)
    """How likely each kind of question is."""
    topics: FrozenSet[str] = frozenset()
    background: FrozenSet[str] = frozenset()
    """Topics that are named, but as a circumstance ("ik heb een depressie") as often as the subject."""
    excluded: FrozenSet[str] = frozenset()
    """Topics that the question rules out: "niet ips maar wgb"."""
    context: FrozenSet[str] = frozenset()
    """Topics the conversation is about, for a question that names none."""
    leaning: float = 1.0
    """How much the question leans on the conversation: more for "en wie betaalt dat?"."""
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
        body_vectors: Vectors,
        linker: TopicLinker,
        weights: Sequence[float],
        model: Optional[AnswerModel] = None,
    ):
        """`sample_vectors`: a row for each text of `index_texts(units)`, in that order; `body_vectors`: likewise for
        `body_texts(units)`.

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
        bodies, body_owners = body_texts(units)
        self._with_body = np.unique(np.asarray(body_owners, dtype=np.int64))
        self._body_starts = np.searchsorted(np.asarray(body_owners), self._with_body)
        self._body_mean = body_vectors.mean(axis=0)
        self._bodies = _unit_rows(body_vectors - self._body_mean)
        self._sample_mean = sample_vectors.mean(axis=0)
        self._body_words = self.model.words.sparse(bodies).T.tocsr()
        self._topics = np.array([unit.topic for unit in self.units])
        self._regions = np.array([unit.region or "" for unit in self.units])
        self._mentioned = [
            frozenset(mention.value for mention in linker.link(unit.question)) | {unit.topic} for unit in self.units
        ]
        self._is_command = np.array(
            [unit.topic_type == "conversation" and unit.id not in _LONG_CONVERSATION for unit in self.units],
            dtype=np.float32,
        )
        self._is_courtesy = np.array([unit.id in _COURTESIES for unit in self.units], dtype=np.float32)
        facets = sorted({unit.facet for unit in self.units})
        self._facet_names = facets
        self._facet_rows = np.array([facets.index(unit.facet) for unit in self.units])

    def evidence(self, question: Question) -> Scores:
        """For each part of the question a row a unit, with a column for each of `FEATURES`."""
        counts = self.model.words.sparse(question.parts or (question.text,))
        features = self.model.features(question.vectors, counts)
        projected = features[:, : question.vectors.shape[1]]
        body = _unit_rows(question.vectors - self._sample_mean) @ self._bodies.T
        of_parts = [
            np.maximum(self.model.log_probabilities(features), _LEAST_LOG_PROBABILITY),
            projected @ self._centres.T,
            np.maximum.reduceat(projected @ self._samples.T, self._starts, axis=1),
            np.maximum.reduceat(np.asarray((counts @ self._words).todense()), self._starts, axis=1),
            np.asarray((counts @ self._word_centres).todense()),
            self._best_body(body),
            self._best_body(np.asarray((counts @ self._body_words).todense())),
        ]
        shape = (len(question.vectors), len(self.units))
        of_whole = [np.broadcast_to(column, shape) for column in self._circumstances(question)]
        return np.stack([*of_parts, *of_whole], axis=2).astype(np.float32)

    def _best_body(self, overlap: Scores) -> Scores:
        result = np.zeros((overlap.shape[0], len(self.units)), dtype=np.float32)
        result[:, self._with_body] = np.maximum.reduceat(overlap, self._body_starts, axis=1)
        return result

    def _circumstances(self, question: Question) -> List[Scores]:
        none = np.zeros(len(self.units), dtype=np.float32)
        topic, mentioned, other, context, here, elsewhere = (none.copy() for _ in range(6))
        named = question.topics | question.background
        if named:
            topic = np.isin(self._topics, list(named)).astype(np.float32)
            mentioned = self._touch(named) * (1 - topic)
        if question.topics:
            other = (1 - topic) * (1 - mentioned)
        if question.context:
            context = question.leaning * self._touch(question.context)
        if question.region:
            here = (self._regions == question.region).astype(np.float32)
            elsewhere = ((self._regions != "") & (here == 0)).astype(np.float32)
        if question.excluded:
            excluded = np.isin(self._topics, list(question.excluded))
            topic[excluded] = 0
            other[excluded] = _EXCLUDED
        facets = np.array([question.facets.get(name, 0.0) for name in self._facet_names], dtype=np.float32)
        return [topic, mentioned, other, facets[self._facet_rows], context, here, elsewhere]

    def _touch(self, topics: FrozenSet[str]) -> Scores:
        """1 for units of these topics, and for units whose question names one of them."""
        return np.array([not topics.isdisjoint(mentioned) for mentioned in self._mentioned], dtype=np.float32)

    def rank(self, question: Question, limit: int = 10) -> List[Candidate]:
        """The best answers, best first, each with its probability."""
        of_parts = self.evidence(question) @ self.weights
        scores = of_parts[0] + np.asarray(question.shares) @ of_parts[1:] if len(of_parts) > 1 else of_parts[0]
        scores = scores + self._conversation_penalty(question)
        odds = np.exp(scores - scores.max())
        probabilities = odds / odds.sum()
        best = np.argsort(-probabilities)[:limit]
        return [
            Candidate(self.units[row].id, self.units[row].topic, self.units[row].facet, float(probabilities[row]))
            for row in best
        ]

    def _conversation_penalty(self, question: Question) -> Scores:
        """Commands and courtesies are short, and a question in the middle of a conversation is neither."""
        words = len(question.text.split())
        penalty = self._is_command * (-_PENALTY_A_WORD * max(0, words - _COMMAND_LENGTH))
        if question.context and question.leaning > 1:
            penalty = penalty - self._is_courtesy * _COURTESY_PENALTY
        return penalty


def index_texts(units: Sequence[Unit]) -> Tuple[List[str], List[int]]:
    """Every text of every unit that a question may look like, and the row of its unit."""
    return _texts(units, lambda unit: [unit.question, *(sample for _, sample in unit.samples)])


def body_texts(units: Sequence[Unit]) -> Tuple[List[str], List[int]]:
    """Every text of an answer itself, and the row of its unit; conversation has none."""
    return _texts(units, lambda unit: list(unit.texts))


def _texts(units: Sequence[Unit], texts_of: Callable[[Unit], List[str]]) -> Tuple[List[str], List[int]]:
    pairs = [(text, row) for row, unit in enumerate(units) for text in texts_of(unit)]
    return [text for text, _ in pairs], [row for _, row in pairs]


def _unit_rows(rows: Vectors) -> Vectors:
    return (rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-6)).astype(np.float32)


DEFAULT_WEIGHTS: Dict[str, float] = {
    "model": 0.9,
    "centre": 0.8,
    "nearest": 2.4,
    "words": 2.0,
    "word_centre": -1.0,
    "body": 3.5,
    "body_words": 2.5,
    "topic": 0.15,
    "topic_mentioned": 0.2,
    "other_topic": -0.6,
    "facet": 1.3,
    "context": 1.5,
    "region": 1.0,
    "region_other": -1.0,
}
"""Fitted on sample questions of voices that the index had not seen (`docs/retrieval.md`), so that
the scores' softmax is a probability; context and region, which samples lack, are set by hand."""
