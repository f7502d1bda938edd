"""Rank the answers of the knowledge base for a question: vectors, words, topic, kind of question and context.

Nothing here knows Rasa. An index is made from one version of the knowledge base and is read-only,
so that several threads can use it and a new version can take its place in one assignment.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import AbstractSet, Callable, Dict, FrozenSet, Iterable, List, Mapping, Optional, Sequence, Tuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bot.nlu.answer_model import AnswerModel
from bot.nlu.coverage import Coverage
from bot.nlu.doubt import BOUNDARY
from bot.nlu.encoder import Vectors
from bot.nlu.likeness import Likeness, Rows, UnitTexts
from bot.nlu.names import Mention, TopicLinker
from knowledge.queries import Unit

Scores = NDArray[np.float32]

CLOSELY = 32
"""Units that are looked at closely for a question, at most."""
_KINDS_CLOSELY = 6
"""Kinds of conversation that are, at most; they have more samples than all these answers."""
_OF_TOPIC_CLOSELY = 12
"""Units of each topic that matters, and of the region, that are."""
_HOPELESS = 0.3
"""How much lower than the best the learned model's score may be: what it finds 120 times less likely won once in
1,628 turns."""
_LEAST_CLOSELY = 4
"""Units, and kinds of conversation, that are looked at closely however unlikely."""
_COARSE_FROM = 5000
_COARSE_DIMENSIONS = 64

_LEAST_LOG_PROBABILITY = -12.0
_EXCLUDED = 5.0
_ASIDE = 20.0
"""Enough to leave the other answers as likely as they are among themselves."""
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
        "ask_are_you_human",
    )
)
_ALLUDED_SHARE = 0.6
"""How much a topic that the last answer only named, or one before it was about, counts next to the last one's own."""
_COURTESY_PENALTY = 2.0
_BOUNDARY_PENALTY = 1.0

FEATURES = (
    "model",
    "centre",
    "nearest",
    "words",
    "word_centre",
    "body",
    "body_words",
    "covered",
    "topic",
    "topic_mentioned",
    "other_topic",
    "facet",
    "context",
    "region",
    "region_other",
)
_NEAREST = FEATURES.index("nearest")


@dataclass(frozen=True, eq=False)
class Question:
    """All that is known of a question when an answer is sought."""

    text: str
    vectors: Vectors
    """A row for the whole message, and one for each further reading of it."""
    parts: Tuple[str, ...] = ()
    """The texts that the rows of `vectors` belong to."""
    shares: Tuple[float, ...] = ()
    """How much the score of each reading after the first is added to that of the whole."""
    unnamed: Optional[int] = None
    """Which row leaves out the disorder that was named: it says less of the answers on that very disorder."""
    facets: Mapping[str, float] = field(default_factory=dict)
    """How likely each kind of question is."""
    mentions: Tuple[Mention, ...] = ()
    """The names of topics in `text`."""
    topics: FrozenSet[str] = frozenset()
    background: FrozenSet[str] = frozenset()
    """Topics that are named, but as a circumstance ("ik heb een depressie") as often as the subject."""
    excluded: FrozenSet[str] = frozenset()
    """Topics that the question rules out: "niet ips maar wgb"."""
    aside: FrozenSet[str] = frozenset()
    """Topics whose own answers surely aren't asked for: the Zvw in "wie betaalt ips, de zvw?"."""
    context: FrozenSet[str] = frozenset()
    """Topics the conversation is about, for a question that names none."""
    alluded: FrozenSet[str] = frozenset()
    """Topics that the last answer named besides its own."""
    leaning: float = 1.0
    """How much the question leans on the conversation: more for "en wie betaalt dat?"."""
    prior: Mapping[str, float] = field(default_factory=dict)
    """Points for single answers (those that were offered) or against (the one just given), by id."""
    region: Optional[str] = None


@dataclass(frozen=True)
class Candidate:
    """An answer and how likely it is the one that is asked for."""

    id: str
    topic: str
    facet: str
    probability: float
    nearest: float
    """Likeness of the most alike sample question."""


class AnswerIndex:
    """Evidence of every kind for the likely units; `rank` weighs it.

    The learned model, in a few dimensions when there are many units, says which units are looked at closely; the units
    of the topics that matter and of conversation always are. So a turn costs hardly more with a hundred times the
    content.
    """

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
        if model is None:
            self.model = learn(self.units, sample_vectors)
        else:
            self.model = model.adapted([unit.id for unit in self.units], texts, sample_vectors, owners)
        self._is_large = len(self.units) > _COARSE_FROM
        self._preselect: Callable[[Scores], Scores] = self.model.scores
        if self._is_large:
            self._preselect = _Coarse(self.model)
        self._sample_mean = sample_vectors.mean(axis=0)
        self._looks: WeakKeyDictionary[Question, _Look] = WeakKeyDictionary()
        projected, words = self.model.project(sample_vectors), self.model.words.sparse(texts)
        self._samples = UnitTexts(projected, words, owners, len(units))
        bodies, body_owners = body_texts(units)
        self._bodies = UnitTexts(
            _unit_rows(body_vectors - body_vectors.mean(axis=0)),
            self.model.words.sparse(bodies),
            np.asarray(body_owners, dtype=np.int32),
            len(units),
        )
        self._rows = {unit.id: row for row, unit in enumerate(self.units)}
        self._same = np.array([self._rows.get(unit.same_as or "", row) for row, unit in enumerate(self.units)])
        self._has_twin = np.bincount(self._same, minlength=len(self.units))[self._same] > 1
        self.coverage = Coverage(self.units)
        self._topics = np.array([unit.topic for unit in self.units])
        self._regions = np.array([unit.region or "" for unit in self.units])
        self._mentioned = [
            frozenset(mention.value for mention in linker.link(unit.question)) | {unit.topic} for unit in self.units
        ]
        self._of_region = _grouped({region} - {""} for region in self._regions)
        self._touching = _grouped(self._mentioned)
        is_conversation = np.array([unit.topic_type == "conversation" for unit in self.units])
        self._conversation = np.flatnonzero(is_conversation)
        self._is_command = np.array(
            [unit.topic_type == "conversation" and unit.id not in _LONG_CONVERSATION for unit in self.units],
            dtype=np.float32,
        )
        self._is_courtesy = np.array([unit.id in _COURTESIES for unit in self.units], dtype=np.float32)
        self._is_boundary = np.array([unit.facet == BOUNDARY for unit in self.units], dtype=np.float32)
        facets = sorted({unit.facet for unit in self.units})
        self._facet_names = facets
        self._facet_rows = np.array([facets.index(unit.facet) for unit in self.units])

    def likely(self, questions: Sequence[Question]) -> Rows:
        """Rows of the units that are worth a closer look for these questions, in order."""
        if len(self.units) <= CLOSELY:
            return np.arange(len(self.units), dtype=np.int64)
        found: List[Rows] = []
        for question in questions:
            scores = self._look(question).scores
            for row in scores:
                kinds = self._conversation
                found.append(_promising(row, _highest(row, CLOSELY)))
                found.append(_promising(row, kinds[_highest(row[kinds], _KINDS_CLOSELY)]))
            topics = question.topics | question.background | question.context | question.alluded
            for group in [*(self._touching.get(topic) for topic in topics), self._of_region.get(question.region or "")]:
                if group is not None:
                    found.append(group[_highest(scores[0][group], _OF_TOPIC_CLOSELY)])
            found.append(np.array([self._rows[unit] for unit in question.prior if unit in self._rows], dtype=np.int64))
        return np.unique(np.concatenate(found))

    def _look(self, question: Question) -> _Look:
        """What several steps need of a question, made once."""
        look = self._looks.get(question)
        if look is None:
            counts = self.model.words.few(question.parts or (question.text,))
            features = self.model.features(question.vectors, counts)
            look = _Look(counts, features, self._preselect(features))
            self._looks[question] = look
        return look

    def evidence(self, questions: Sequence[Question], rows: Optional[Rows] = None) -> List[Scores]:
        """For each question and each of its parts: one row per unit of `rows`, with a column for each of `FEATURES`."""
        rows = np.arange(len(self.units), dtype=np.int64) if rows is None else rows
        looks = [self._look(question) for question in questions]
        vectors = np.concatenate([question.vectors for question in questions])
        asked = np.concatenate([look.counts.toarray() for look in looks])
        projected = np.concatenate([look.features[:, : vectors.shape[1]] for look in looks])
        samples = self._samples.likeness(rows, projected, asked)
        bodies = self._bodies.likeness(rows, _unit_rows(vectors - self._sample_mean), asked)
        ends = np.cumsum([len(question.vectors) for question in questions])
        return [
            self._evidence(question, look, rows, samples.part(first, last), bodies.part(first, last))
            for question, look, first, last in zip(questions, looks, [0, *ends], ends)
        ]

    def _evidence(self, question: Question, look: _Look, rows: Rows, samples: Likeness, bodies: Likeness) -> Scores:
        scores = None if self._is_large else look.scores
        of_parts = [
            np.maximum(self.model.log_probabilities(look.features, rows, scores), _LEAST_LOG_PROBABILITY),
            samples.centre,
            samples.nearest,
            samples.words,
            samples.word_centre,
            bodies.nearest,
            bodies.words,
            np.stack([self.coverage.shares(part)[rows] for part in question.parts or (question.text,)]),
        ]
        shape = (len(question.vectors), len(rows))
        of_whole = [np.broadcast_to(column, shape) for column in self._circumstances(question, rows)]
        return np.stack([*of_parts, *of_whole], axis=2).astype(np.float32)

    def _circumstances(self, question: Question, rows: Rows) -> List[Scores]:
        none = np.zeros(len(rows), dtype=np.float32)
        topic, mentioned, other, context, here, elsewhere = (none.copy() for _ in range(6))
        topics, regions = self._topics[rows], self._regions[rows]
        named = question.topics | question.background
        if named:
            topic = np.isin(topics, list(named)).astype(np.float32)
            mentioned = self._touch(named, rows) * (1 - topic)
        if question.topics:
            other = (1 - topic) * (1 - mentioned)
        if question.context:
            near = _ALLUDED_SHARE * self._touch(question.alluded, rows) if question.alluded else none
            context = question.leaning * np.maximum(self._touch(question.context, rows), near)
        if question.region:
            here = (regions == question.region).astype(np.float32)
            elsewhere = ((regions != "") & (here == 0)).astype(np.float32)
        if question.excluded:
            excluded = np.isin(topics, list(question.excluded))
            topic[excluded] = 0
            other[excluded] = _EXCLUDED
        if question.aside:
            other[np.isin(topics, list(question.aside))] = _ASIDE
        facets = np.array([question.facets.get(name, 0.0) for name in self._facet_names], dtype=np.float32)
        return [topic, mentioned, other, facets[self._facet_rows[rows]], context, here, elsewhere]

    def _touch(self, topics: FrozenSet[str], rows: Rows) -> Scores:
        """1 for units of these topics, and for units whose question names one of them."""
        return np.array([not topics.isdisjoint(self._mentioned[row]) for row in rows], dtype=np.float32)

    def clearness(self, question: Question) -> float:
        """How likely the likeliest answer is by the words alone, before a closer look."""
        look = self._look(question)
        return float(np.exp(self.model.log_probabilities(look.features[:1], scores=look.scores[:1])).max())

    def outsideness(self, question: Question) -> float:
        """How much the question looks like those that aren't answered here; above 0 more than not."""
        return float(self.model.outsideness(self._look(question).features)[0])

    def scores(self, question: Question, rows: Rows, evidence: Scores) -> Scores:
        """One number per unit of `rows`, from its `evidence`; their softmax is a probability."""
        of_parts = evidence @ self.weights
        if question.unnamed is not None:
            own = np.isin(self._topics[rows], list(question.background))
            of_parts[question.unnamed, own] = (of_parts[question.unnamed, own] + of_parts[0, own]) / 2
        scores = of_parts[0] + np.asarray(question.shares) @ of_parts[1:] if len(of_parts) > 1 else of_parts[0]
        scores = scores + self._conversation_penalty(question)[rows]
        for unit, points in question.prior.items():
            scores[rows == self._rows.get(unit, -1)] += points
        return scores

    def touches(self, unit: str, topics: Sequence[str]) -> bool:
        """Whether a unit is of, or names in its question, all of these topics."""
        return self._mentioned[self._rows[unit]].issuperset(topics)

    def is_about(self, unit: str, topics: FrozenSet[str]) -> bool:
        """Whether a unit is of, or names in its question, one of these topics."""
        return not self._mentioned[self._rows[unit]].isdisjoint(topics)

    def rank(
        self, question: Question, limit: int = 10, others: Sequence[Tuple[Question, float]] = ()
    ) -> List[Candidate]:
        """The best answers, best first, each with its probability.

        `others` are the same question read in other ways, each with its share of the score.
        """
        readings = [question, *(other for other, _ in others)]
        rows = self.likely(readings)
        evidence, *of_others = self.evidence(readings, rows)
        said = self.scores(question, rows, evidence)
        scores = (1 - sum(share for _, share in others)) * said
        for (other, share), found in zip(others, of_others):
            scores = scores + share * self.scores(other, rows, found)
        # a command is no likelier or less likely for what is added to it
        commands = np.isin(rows, self._conversation)
        scores[commands] = said[commands]
        odds = np.exp(scores - scores.max())
        probabilities = self._together(odds / odds.sum(), rows)
        best = np.argsort(-probabilities)[:limit]
        return [
            Candidate(
                self.units[rows[place]].id,
                self.units[rows[place]].topic,
                self.units[rows[place]].facet,
                float(probabilities[place]),
                float(evidence[0, place, _NEAREST]),
            )
            for place in best
        ]

    def _together(self, probabilities: Scores, rows: Rows) -> Scores:
        """Answers that say the same share their probability otherwise; here the likeliest of them gets it all."""
        twins = np.flatnonzero(self._has_twin[rows])
        for group in np.unique(self._same[rows[twins]]):
            places = twins[self._same[rows[twins]] == group]
            likeliest = places[np.argmax(probabilities[places])]
            total = probabilities[places].sum()
            probabilities[places] = 0
            probabilities[likeliest] = total
        return probabilities

    def _conversation_penalty(self, question: Question) -> Scores:
        """Commands and courtesies are short, and a question in the middle of a conversation is neither."""
        words = len(question.text.split())
        penalty = self._is_command * (-_PENALTY_A_WORD * max(0, words - _COMMAND_LENGTH))
        if question.context and question.leaning > 1:
            penalty = penalty - self._is_courtesy * _COURTESY_PENALTY - self._is_boundary * _BOUNDARY_PENALTY
        return penalty


@dataclass(frozen=True)
class _Look:
    """A question as the learned model sees it; one row per part of the question."""

    counts: csr_matrix
    features: Scores
    scores: Scores
    """The model's score of every unit, about when there are very many."""


class _Coarse:
    """The learned model's scores in a few dimensions, for choosing among very many units."""

    def __init__(self, model: AnswerModel):
        sample = model.weights[:, :: max(1, model.weights.shape[1] // 4000)]
        directions, _, _ = np.linalg.svd(sample, full_matrices=False)
        self._basis = np.ascontiguousarray(directions[:, :_COARSE_DIMENSIONS], dtype=np.float32)
        self._weights = np.ascontiguousarray(self._basis.T @ model.weights, dtype=np.float32)

    def __call__(self, features: Scores) -> Scores:
        return (features @ self._basis) @ self._weights


def _highest(scores: Scores, count: int) -> Rows:
    """Where the `count` highest scores are, in no order; all places where there are no more."""
    if len(scores) <= count:
        return np.arange(len(scores), dtype=np.int64)
    return np.argpartition(-scores, count)[:count].astype(np.int64)


def _promising(scores: Scores, places: Rows) -> Rows:
    """Those of these places whose scores aren't hopeless, and the best few in any case."""
    if len(places) <= _LEAST_CLOSELY:
        return places
    there = scores[places]
    few = np.partition(there, -_LEAST_CLOSELY)[-_LEAST_CLOSELY]
    return places[there >= min(few, scores.max() - _HOPELESS)]


def _grouped(keys: Iterable[AbstractSet[str]]) -> Dict[str, Rows]:
    """The rows that have each key."""
    groups: Dict[str, List[int]] = {}
    for row, its in enumerate(keys):
        for key in its:
            groups.setdefault(key, []).append(row)
    return {key: np.array(rows, dtype=np.int64) for key, rows in groups.items()}


def learn(units: Sequence[Unit], sample_vectors: Vectors) -> AnswerModel:
    """A model trained on these units; `sample_vectors` has a row for each text of `index_texts(units)`."""
    texts, owners = index_texts(units)
    outside = [unit.facet == BOUNDARY for unit in units]
    labels = [unit.id for unit in units]
    return AnswerModel.learn(labels, texts, sample_vectors, np.asarray(owners, dtype=np.int32), outside)


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
    "covered": 4.0,
    "topic": 0.15,
    "topic_mentioned": 0.2,
    "other_topic": -0.6,
    "facet": 1.3,
    "context": 1.5,
    "region": 1.0,
    "region_other": -2.5,
}
"""Fitted on sample questions of voices that the index had not seen (`docs/experiments.md`), so that
the scores' softmax is a probability; context and region, which samples lack, are set by hand."""
