"""What is known of a message before an answer is sought: its readings, what it names, what kind of question it is."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import AbstractSet, Dict, FrozenSet, List, Mapping, Sequence, Tuple

from bot.nlu.answer_index import Question
from bot.nlu.conversation.circumstances import Circumstances
from bot.nlu.conversation.context import Context
from bot.nlu.conversation.reading import Conversation
from bot.nlu.doubt import Doubt
from bot.nlu.encoder import Encoder, Vectors, clean, shared_encoder
from bot.nlu.figures import Figures
from bot.nlu.names import Mention, tokens_of
from bot.nlu.phrases.circumstances import is_told_of_someone, supposes
from bot.nlu.phrases.meaning import NAME, asks_meaning
from bot.nlu.phrases.speaking import asks_what_fits, without_speaker
from bot.nlu.subjects import Subjects
from bot.nlu.understanding import FACET_OF_INTENT

SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n+")
"""What is between two sentences."""
_LONG_MESSAGE = 110
_MAX_PARTS = 6
_SHORTEST_PART = 15
_SENTENCES_SHARE = 0.5
_UNNAMED_SHARE = 0.6
_ANY_DISORDER = "psychische aandoening"
_EMPLOYER, _AS_EMPLOYER, _EMPLOYER_SHARE = "employer", "als werkgever:", 0.4
"""An employer's question is also read with these words: "wie betaalt de coach" has another answer then."""
_UMBRELLAS = frozenset({"cmd", "burn-out"})
"""Topics of disorders that people also name by what falls under them: stress, a depression, anxiety."""
_HAS_IT = -2.5
"""Points for what answers "heb ik adhd?", when it is told that someone has it: "ik heb adhd, wat helpt"."""
_QUESTION = re.compile(
    r"\?|\b(wie|wat|wanneer|waar|waarom|hoe|hoeveel|hoelang|welke?|mag|moet|kan|kunnen|is er|zijn er|of)\b"
)


class Questions:
    """Puts together what is known of messages, for the index."""

    def __init__(
        self,
        subjects: Subjects,
        encoder: Encoder,
        conversation: Conversation,
        circumstances: Circumstances,
        doubt: Doubt,
        figures: Figures,
        diagnoses: Sequence[str],
    ):
        """`diagnoses`: the answers to "heb ik adhd?", which isn't asked where it is told."""
        self._subjects = subjects
        self._encoder = encoder
        self._conversation = conversation
        self._circumstances = circumstances
        self._doubt = doubt
        self._figures = figures
        self._diagnoses = diagnoses

    def of(self, text: str, ranking: Mapping[str, float], context: Context) -> Question:
        """What is known of the message; `ranking` gives each intent's confidence."""
        parts, shares = split(text)
        if context.role == _EMPLOYER:
            parts.append(clean(f"{_AS_EMPLOYER} {text}"))
            shares.append(_EMPLOYER_SHARE)
        mentions = without_speaker(text, self._subjects.topics.link(text))
        named = frozenset(m.value for m in mentions if not m.negated)
        disorders = named & self._subjects.disorders
        if disorders:
            parts.append(self._without_names(text, [m for m in mentions if m.value in disorders]))
            shares.append(_UNNAMED_SHARE)
        unnamed = len(parts) - 1 if disorders else None
        facets: Dict[str, float] = {}
        for intent, facet in FACET_OF_INTENT.items():
            facets[facet] = facets.get(facet, 0.0) + ranking.get(intent, 0.0)
        terms = self._named_along(text, mentions, facets)
        background = disorders | terms | self._told(text, mentions, self._subjects.benefits)
        question = Question(
            text=text,
            vectors=self._encoder.encode(parts),
            parts=tuple(parts),
            shares=tuple(shares),
            unnamed=unnamed,
            facets=facets,
            mentions=tuple(mentions),
            topics=named - background,
            background=background,
            aside=terms | self._other_disorders(disorders),
            excluded=frozenset(m.value for m in mentions if m.negated) - named,
        )
        question = self._conversation.leant(question, context)
        if asks_what_fits(text) and context.role not in (None, "client"):
            question = replace(question, prior=_sum(question.prior, self._circumstances.cases(question, context)))
        points = _sum(self._figures.points(text), self._doubt.expected(text))
        if self._told(text, mentions, disorders) and not supposes(text):
            points = _sum(points, dict.fromkeys(self._diagnoses, _HAS_IT))
        return replace(question, prior=_sum(question.prior, points)) if points else question

    @staticmethod
    def _told(text: str, mentions: Sequence[Mention], topics: AbstractSet[str]) -> FrozenSet[str]:
        """Those of these topics that only say whose question it is: a benefit takes nothing from other answers then."""
        words = tokens_of(text)
        named = [mention for mention in mentions if mention.value in topics]
        return frozenset(m.value for m in named if is_told_of_someone(text, " ".join(words[m.start : m.end])))

    def _other_disorders(self, named: FrozenSet[str]) -> FrozenSet[str]:
        """The disorders that a message is not about when it names one; some are names for several at once."""
        return self._subjects.disorders - named - _UMBRELLAS if named - _UMBRELLAS else frozenset()

    def _named_along(self, text: str, mentions: Sequence[Mention], facets: Mapping[str, float]) -> FrozenSet[str]:
        """The terms that are named in a question for something else than what they mean."""
        terms = frozenset(mention.value for mention in mentions if mention.value in self._subjects.terms)
        words = tokens_of(text)
        for mention in mentions:
            if mention.value in terms:
                words[mention.start : mention.end] = [NAME] + [""] * (mention.end - mention.start - 1)
        alone = len(terms) == len({mention.value for mention in mentions})
        may_explain = alone and facets["wat"] == max(facets.values()) > 0
        return frozenset() if may_explain or asks_meaning(" ".join(filter(None, words))) else terms

    @staticmethod
    def _without_names(text: str, mentions: Sequence[Mention]) -> str:
        """The message with the disorders it names made general: which one it is often doesn't matter."""
        words = tokens_of(text)
        for mention in sorted(mentions, key=lambda m: -m.start):
            words[mention.start : mention.end] = [_ANY_DISORDER]
        return clean(" ".join(words))


def _sum(some: Mapping[str, float], others: Mapping[str, float]) -> Dict[str, float]:
    return {key: some.get(key, 0.0) + others.get(key, 0.0) for key in {**some, **others}}


def split(text: str) -> Tuple[List[str], List[float]]:
    """A message, and each sentence of a long one with its share: the question hides in one of them.

    Most often it is in one that looks like a question.
    """
    whole = clean(text)
    sentences = [clean(part) for part in SENTENCE.split(text) if len(part.strip()) >= _SHORTEST_PART]
    if len(whole) <= _LONG_MESSAGE or len(sentences) < 2:
        return [whole or "-"], []
    sentences = sentences[-_MAX_PARTS:]
    counts = [1.0 if _QUESTION.search(sentence.lower()) else 0.25 for sentence in sentences]
    return [whole, *sentences], [_SENTENCES_SHARE * count / sum(counts) for count in counts]


def known_vectors(text: str) -> Dict[str, Vectors]:
    """Those of the message and of its sentences that were made lately."""
    vectors = {part: shared_encoder().known(part) for part in split(text)[0]}
    return {part: vector for part, vector in vectors.items() if vector is not None}
