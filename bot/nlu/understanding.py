"""From a message and its conversation to an understanding: what is asked, about what, and which answers fit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, FrozenSet, List, Mapping, Optional, Sequence, Tuple

from bot.nlu.answer_index import DEFAULT_WEIGHTS, FEATURES, AnswerIndex, Question, index_texts
from bot.nlu.answer_model import AnswerModel
from bot.nlu.encoder import Encoder, VectorStore, clean
from bot.nlu.names import Mention, PlaceLinker, TopicLinker, tokens_of
from knowledge.queries import Snapshot, Unit

FACET_OF_INTENT: Dict[str, str] = {
    "ask_what_is": "wat",
    "ask_for_whom": "voor_wie",
    "ask_how_to_apply": "aanmelden",
    "ask_who_pays": "betaling",
    "ask_does_it_work": "werking",
    "ask_how_does_it_go": "verloop",
    "ask_how_long": "duur",
    "ask_who_is_involved": "betrokkenen",
    "ask_who_to_contact": "contact",
    "ask_where_written": "vindplaats",
    "ask_numbers": "cijfers",
    "ask_tips": "tips",
    "ask_may_must": "mag_moet",
    "ask_why": "waarom",
    "ask_origin": "herkomst",
    "ask_experiences": "ervaringen",
    "ask_difference": "verschil",
    "ask_list": "lijst",
    "ask_region": "ervaringen",
}
"""Intents are kinds of question; facets are kinds of answer."""

QUESTION_INTENTS = frozenset(FACET_OF_INTENT)
_INTENT_PREFIX = "intent:"
_LONG_MESSAGE = 110
_MAX_PARTS = 6
_SENTENCE = re.compile(r"(?<=[.!?\n])\s+|\n+")


@dataclass(frozen=True)
class Thresholds:
    """When to answer and when to ask which is meant, as probabilities; below both it isn't known."""

    answer: float = 0.22
    clarify: float = 0.10


@dataclass(frozen=True)
class Context:
    """What the conversation so far says about a message."""

    topics: Tuple[str, ...] = ()
    last_answers: Tuple[str, ...] = ()
    region: Optional[str] = None
    role: Optional[str] = None
    flow: Optional[str] = None


@dataclass(frozen=True)
class Understanding:
    """What a message means; see the module `retriever` for its form in a tracker."""

    intent: str
    confidence: float
    decision: str
    candidates: Tuple[Tuple[str, str, str, float], ...] = ()
    topics: Tuple[str, ...] = ()
    region: Optional[str] = None
    place: Optional[str] = None
    extras: Dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> Dict[str, Any]:
        """As JSON-able values."""
        return {
            "decision": self.decision,
            "candidates": [
                {"id": id_, "topic": topic, "facet": facet, "confidence": round(confidence, 3)}
                for id_, topic, facet, confidence in self.candidates
            ],
            "topics": list(self.topics),
            "region": self.region,
            "place": self.place,
        }


class Reader:
    """Understands messages with one version of the knowledge base."""

    def __init__(
        self,
        snapshot: Snapshot,
        encoder: Encoder,
        vectors_path: Path,
        conversation_examples: Mapping[str, Sequence[str]],
        model: Optional[AnswerModel] = None,
        thresholds: Thresholds = Thresholds(),
    ):
        self.version = snapshot.version
        self._encoder = encoder
        self._thresholds = thresholds
        self._topics = TopicLinker(snapshot.names)
        self._places = PlaceLinker(snapshot.places)
        units = list(snapshot.units) + _conversation_units(conversation_examples)
        texts, _ = index_texts(units)
        weights = [DEFAULT_WEIGHTS[name] for name in FEATURES]
        vectors = VectorStore(encoder, vectors_path).encode(texts)
        self._index = AnswerIndex(units, vectors, self._topics, weights, model)

    @property
    def model(self) -> AnswerModel:
        """The learned part, to be kept with a trained model."""
        return self._index.model

    def question(self, text: str, ranking: Mapping[str, float], context: Context) -> Tuple[Question, List[Mention]]:
        """What is known of the message, for the index; and the places it names."""
        parts = split(text)
        mentions = self._topics.link(text)
        places = self._places.link(text)
        named = frozenset(m.value for m in mentions if not m.negated)
        excluded = frozenset(m.value for m in mentions if m.negated) - named
        facets: Dict[str, float] = {}
        for intent, facet in FACET_OF_INTENT.items():
            facets[facet] = facets.get(facet, 0.0) + ranking.get(intent, 0.0)
        region = places[0].value if places else context.region
        return (
            Question(
                text=text,
                vectors=self._encoder.encode(parts),
                parts=tuple(parts),
                facets=facets,
                topics=named,
                excluded=excluded,
                context=_relevant_context(text, named, context),
                region=region,
            ),
            places,
        )

    def read(self, text: str, ranking: Mapping[str, float], context: Context) -> Understanding:
        """Understand one message; `ranking` gives each intent's confidence."""
        question, places = self.question(text, ranking, context)
        candidates = self._index.rank(question, 12)
        best = candidates[0]
        topics = tuple(sorted(question.topics))
        region = places[0].value if places else None
        place = places[0].name if places else None
        if best.id.startswith(_INTENT_PREFIX):
            intent = best.id[len(_INTENT_PREFIX) :]
            return Understanding(intent, best.probability, "conversation", (), topics, region, place)
        answers = [candidate for candidate in candidates if not candidate.id.startswith(_INTENT_PREFIX)]
        decision = "unknown"
        if best.probability >= self._thresholds.answer:
            decision = "answer"
        elif best.probability >= self._thresholds.clarify:
            decision = "clarify"
        facet = max(question.facets, key=lambda name: question.facets[name])
        intent = next(name for name, value in FACET_OF_INTENT.items() if value == facet)
        found = tuple((c.id, c.topic, c.facet, c.probability) for c in answers[:5])
        return Understanding(intent, best.probability, decision, found, topics, region, place)


def _conversation_units(examples: Mapping[str, Sequence[str]]) -> List[Unit]:
    """Kinds of conversation as units, so that they compete with answers on equal terms."""
    return [
        Unit(
            id=_INTENT_PREFIX + intent,
            topic="",
            topic_type="conversation",
            facet="",
            region=None,
            question=texts[0],
            text="",
            samples=tuple(("", text) for text in texts[1:]),
        )
        for intent, texts in sorted(examples.items())
        if texts
    ]


def split(text: str) -> List[str]:
    """The whole message, and for a long one each of its sentences: the question hides in one of them."""
    whole = clean(text)
    if len(whole) <= _LONG_MESSAGE:
        return [whole or "-"]
    sentences = [part.strip() for part in _SENTENCE.split(text) if len(part.strip()) >= 15]
    return [whole, *[clean(part) for part in sentences if clean(part) != whole][-_MAX_PARTS:]]


def _relevant_context(text: str, named: FrozenSet[str], context: Context) -> FrozenSet[str]:
    """The conversation's topics, when the message leans on them: it names none itself."""
    if named:
        return frozenset()
    return frozenset(context.topics) if len(tokens_of(text)) <= 25 else frozenset()
