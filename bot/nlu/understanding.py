"""From a message and its conversation to an understanding: what is asked, about what, and which answers fit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Dict, FrozenSet, Iterable, List, Mapping, Optional, Sequence, Set, Tuple

from bot.nlu.answer_index import (
    DEFAULT_WEIGHTS,
    FEATURES,
    AnswerIndex,
    Candidate,
    Question,
    body_texts,
    index_texts,
    learn,
)
from bot.nlu.answer_model import AnswerModel
from bot.nlu.doubt import BOUNDARY, LEAST, Doubt
from bot.nlu.encoder import Encoder, Vectors, VectorStore, clean
from bot.nlu.flow_requests import requested_flow
from bot.nlu.names import Mention, PlaceLinker, TopicLinker, tokens_of, without_brackets
from bot.nlu.phrases import (
    ASKS,
    ASKS_THE_SAME,
    CLAUSES,
    COMPARES,
    FILLERS,
    MARKUP,
    NAME,
    ORDINAL,
    POSITIONS,
    asks_meaning,
    asks_of_both,
    completes,
    is_choice,
    is_elliptic,
    is_question,
    leaning,
    refers_back,
    role_in,
    tells_circumstance,
)
from bot.nlu.shorthand import shorthand
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
_BY_ITS_SHAPE = 0.9
"""Confidence in a request for a guided conversation that is known by its shape."""
_LONG_MESSAGE = 110
_MAX_PARTS = 6
_SHORTEST_PART = 15
_SENTENCES_SHARE = 0.5
_UNNAMED_SHARE = 0.6
_ANY_DISORDER = "psychische aandoening"
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n+")
_QUESTION = re.compile(
    r"\?|\b(wie|wat|wanneer|waar|waarom|hoe|hoeveel|hoelang|welke?|mag|moet|kan|kunnen|is er|zijn er|of)\b"
)
_CANDIDATES = 12
_STATE_ROLE = "state_role"
_CHOOSE = "choose_option"
_CORRECTION = _INTENT_PREFIX + "correct_topic"
_NAMED_SHARE = 0.4
_NAMED_SHARE_OF_OTHERS = 0.3
"""How much the reading with the conversation's topic counts; measured, see `docs/retrieval.md`."""
_LEANS_BESIDES_A_NAME = 1.5
_JUST_GIVEN = 1.0
_SURE_OF_FACET = 0.5
_KNOWN_ALREADY = 3.0
_EXPLAINS = frozenset({"wat", "voor_wie"})
_OF_A_THING = frozenset({"betaling", "duur", "aanmelden"})
"""Kinds of question that only a thing has an answer to: a price, a length, a way in."""
_OFFERED = 1.5
_ANEW_SHARE = 0.5
_WHOLE_SHARE = 0.6
_THERE = 2.5
_NOT_GUIDED = 4.0
_ONLY_GUIDED = tuple(_INTENT_PREFIX + intent for intent in ("resume_flow", "flow_answer", "go_back", "skip_step"))
"""What is said in a guided conversation; elsewhere "en volgend jaar?" is likelier a question."""
_YES_AND_NO = tuple(_INTENT_PREFIX + intent for intent in ("affirm", "deny", "dont_know"))
_SURE_ALONE = 0.7
_LEANS_LITTLE = 1.0
_LEANS_MUCH = 2.5
_GIBBERISH = "gibberish"
_OUT_OF_SCOPE = _INTENT_PREFIX + "out_of_scope"
_OTHER_WORDS = frozenset(
    _INTENT_PREFIX + intent for intent in ("other_language", "speak_english", "gibberish", "greet", "thank", "goodbye")
)
_SHORTEST_KNOWN = 4
_KNOWN_PREFIX = 5
_LEAST_BOUNDARY = 0.1
_RIVAL = 0.4
"""A boundary this likely, as a share of the best answer's probability, is six times out of seven what was asked."""
_BENEFITS = frozenset({"bijstand", "wajong", "wia", "ww", "ziektewet"})
_LONGEST_DOUBLE = 30
_ENUMERATES = frozenset({"lijst", "verschil", "ervaringen", "wat"})
"""Kinds of answer that "de tweede" may point into."""
_SAID_BESIDES = 3
"""Words that "en bij een WIA, ook zo snel?" may have besides the name and still ask the last question anew."""
_CLEAR = 0.2
_NO_SECOND_ANSWER = frozenset({"", BOUNDARY})
"""Conversation has no facet, and what Koers doesn't answer is no second answer."""
_DISORDER, _TERM = "aandoening", "term"
"""Types of topics that are named as a circumstance as often as they are the subject."""


@dataclass(frozen=True)
class Thresholds:
    """When to answer and when to ask which is meant, as probabilities; below both it isn't known."""

    answer: float = 0.22
    follow_up: float = 0.15
    """For a short follow-up, an answer on what the conversation is about."""
    clarify: float = 0.10


@dataclass(frozen=True)
class Context:
    """What the conversation so far says about a message."""

    topics: Tuple[str, ...] = ()
    last_answer: Optional[str] = None
    region: Optional[str] = None
    """Slug of the region that was named before."""
    place: Optional[str] = None
    """Name of the place or region that the channel gave."""
    list_answer: Optional[str] = None
    """The answer before, when the last one was pointed at in it: "de tweede"."""
    choosing: bool = False
    """Whether the last reply showed a numbered choice."""
    offered: Tuple[str, ...] = ()
    """The answers that the last reply asked to choose from."""
    unanswered: str = ""
    """The message before, when the last reply asked which was meant or didn't know."""
    guided: bool = False
    """Whether a guided conversation is going on."""


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
    also: Optional[str] = None
    """The answer to a second question in the same message."""
    role: Optional[str] = None
    """Who the user says to be: client, professional or employer."""
    compared: Tuple[str, ...] = ()
    """Two topics to be put next to each other; an answer that explains the difference is then the first candidate."""
    subject: Tuple[str, ...] = ()
    """The topics that the conversation is about after the first candidate is given."""
    list_answer: Optional[str] = None
    """The answer whose enumeration was pointed at."""

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
            "also": self.also,
            "role": self.role,
            "compared": list(self.compared),
            "subject": list(self.subject),
            "list_answer": self.list_answer,
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
        vectors: Optional[Tuple[Vectors, Vectors]] = None,
    ):
        """`vectors`: those of all samples and of all texts, where they need no encoding."""
        self.version = snapshot.version
        self._encoder = encoder
        self._thresholds = thresholds
        self._topics = TopicLinker(snapshot.names)
        self._places = PlaceLinker(snapshot.places)
        units = _units(snapshot, conversation_examples)
        texts, _ = index_texts(units)
        weights = [DEFAULT_WEIGHTS[name] for name in FEATURES]
        bodies, _ = body_texts(units)
        if vectors is None:
            encoded = VectorStore(encoder, vectors_path).encode([*texts, *bodies])
            vectors = encoded[: len(texts)], encoded[len(texts) :]
        self._index = AnswerIndex(units, vectors[0], vectors[1], self._topics, weights, model)
        self._questions = {unit.id: unit for unit in snapshot.units}
        self._named_in: Dict[str, FrozenSet[str]] = {}
        self._of_region: Dict[str, List[str]] = {}
        self._facets_of: Dict[str, Set[str]] = {}
        for unit in snapshot.units:
            self._facets_of.setdefault(unit.topic, set()).add(unit.facet)
            if unit.region:
                self._of_region.setdefault(unit.region, []).append(unit.id)
        self._names: Dict[str, str] = {}
        self._names_of: Dict[str, List[str]] = {}
        for name in snapshot.names:
            if name.kind != "description":
                short = without_brackets(name.name)
                self._names.setdefault(name.topic, short)
                self._names_of.setdefault(name.topic, []).append(short)
        self._doubt = Doubt(snapshot.units, self._index.coverage)
        self._known = {
            word[:_KNOWN_PREFIX]
            for text in [*texts, *bodies]
            for word in tokens_of(text)
            if len(word) >= _SHORTEST_KNOWN
        }
        self._benefits = _BENEFITS & set(self._names)
        self._disorders = frozenset(unit.topic for unit in units if unit.topic_type == _DISORDER)
        self._terms = frozenset(unit.topic for unit in units if unit.topic_type == _TERM)
        self._background = self._disorders | self._terms

    @property
    def model(self) -> AnswerModel:
        """The learned part, to be kept with a trained model."""
        return self._index.model

    def question(self, text: str, ranking: Mapping[str, float], context: Context) -> Question:
        """What is known of the message, for the index."""
        parts, shares = split(text)
        mentions = self._topics.link(text)
        named = frozenset(m.value for m in mentions if not m.negated)
        excluded = frozenset(m.value for m in mentions if m.negated) - named
        disorders = named & self._disorders
        if disorders:
            parts.append(self._without_names(text, [m for m in mentions if m.value in disorders]))
            shares.append(_UNNAMED_SHARE)
        facets: Dict[str, float] = {}
        for intent, facet in FACET_OF_INTENT.items():
            facets[facet] = facets.get(facet, 0.0) + ranking.get(intent, 0.0)
        terms = self._named_along(text, mentions, facets)
        background = disorders | terms
        last = self._questions.get(context.last_answer or "")
        leans = 0.0 if named - terms else leaning(text)
        if last and named - terms and named - terms <= self._circumstances_of(last) and refers_back(text):
            # "hoor ik daar ook bij met wajong": the benefit is whose question it is, not what it is about
            background, leans = background | named, min(leaning(text), _LEANS_BESIDES_A_NAME)
        near = self._subjects(context, last, facets) if leans else (frozenset(), frozenset())
        return Question(
            text=text,
            vectors=self._encoder.encode(parts),
            parts=tuple(parts),
            shares=tuple(shares),
            facets=facets,
            mentions=tuple(mentions),
            topics=named - background,
            background=background,
            aside=terms,
            excluded=excluded,
            context=near[0],
            alluded=near[1],
            leaning=leans,
            prior=self._prior(text, last if leans else None, context),
            region=context.region,
        )

    def _is_circumstance(self, text: str, question: Question, last: Unit) -> bool:
        """Whether a message only tells of whom the last question is asked: "en met bijstand?", "ook bij adhd?"."""
        named = frozenset(mention.value for mention in question.mentions if not mention.negated) - self._terms
        if not named <= self._circumstances_of(last):
            return False
        return tells_circumstance(text) or (bool(named) and not self._besides(text, question.mentions))

    @staticmethod
    def _besides(text: str, mentions: Sequence[Mention]) -> List[str]:
        """What a message says besides the names in it and small words."""
        words = tokens_of(text)
        for mention in mentions:
            words[mention.start : mention.end] = [""] * (mention.end - mention.start)
        return [word for word in words if word and word not in FILLERS]

    def _prior(self, text: str, last: Optional[Unit], context: Context) -> Dict[str, float]:
        """What the conversation says for and against single answers."""
        prior: Dict[str, float] = {}
        if (last or context.unanswered) and not context.guided:
            # "en als hij nee zegt" is no "nee"
            replies = _ONLY_GUIDED + (_YES_AND_NO if tokens_of(text)[:1] == ["en"] else ())
            prior = dict.fromkeys(replies, -_NOT_GUIDED)
        if context.offered and completes(text):
            prior.update(dict.fromkeys(context.offered, _OFFERED))
        elif last:
            prior[last.id] = -_JUST_GIVEN * (2 if is_elliptic(text) else 1)
        return prior

    def _circumstances_of(self, last: Unit) -> FrozenSet[str]:
        """Topics that say of whom the last question is asked: benefits and disorders, unless it is about one itself."""
        kinds = (self._benefits, self._disorders)
        return frozenset().union(*(kind for kind in kinds if last.topic not in kind))

    def _subjects(
        self, context: Context, last: Optional[Unit], facets: Mapping[str, float]
    ) -> Tuple[FrozenSet[str], FrozenSet[str]]:
        """What a follow-up is about, and what it may be about besides: the topics that the last answer named.

        Of two topics the one that has an answer of the kind that is asked is nearer: who reads of a deskundigenoordeel
        under the law and asks "wat kost dat?" doesn't ask what the law costs.
        """
        subject = frozenset(context.topics)
        alluded = self._alluded(last) - subject if last else frozenset()
        facet = max(facets, key=lambda name: facets[name], default="")
        sure = facet in _OF_A_THING and facets[facet] >= _SURE_OF_FACET
        if subject and sure and not self._having(subject, facet):
            having = self._having(alluded, facet)
            return (having, subject) if having else (subject, alluded)
        return subject, alluded

    def _having(self, topics: FrozenSet[str], facet: str) -> FrozenSet[str]:
        return frozenset(topic for topic in topics if facet in self._facets_of.get(topic, ()))

    def _alluded(self, unit: Unit) -> FrozenSet[str]:
        """The topics that an answer names; looked for once, since answers are long."""
        if unit.id not in self._named_in:
            named = {mention.value for text in unit.texts for mention in self._topics.link(text)}
            self._named_in[unit.id] = frozenset(named - self._background - self._benefits - {unit.topic})
        return self._named_in[unit.id]

    def _named_along(self, text: str, mentions: Sequence[Mention], facets: Mapping[str, float]) -> FrozenSet[str]:
        """The terms that are named in a question for something else than what they mean."""
        terms = frozenset(mention.value for mention in mentions if mention.value in self._terms)
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

    def read(self, text: str, ranking: Mapping[str, float], context: Context) -> Understanding:
        """Understand one message; `ranking` gives each intent's confidence."""
        places = self._places.link(text)
        region = places[0].value if places else None
        context = replace(context, region=region or context.region or self._region_of(context.place))
        role, text = role_in(text)
        if not text:
            return Understanding(_STATE_ROLE, 1.0, "conversation", region=region, role=role)
        if context.choosing and is_choice(text):
            return Understanding(_CHOOSE, 1.0, "conversation", region=region, role=role)
        list_answer = None
        if not context.choosing:
            text, list_answer = self._with_listed_name(text, context)
        last = self._questions.get(context.last_answer or "")
        question = self.question(text, ranking, context)
        named = tuple(sorted(question.topics | question.background))
        completing = bool(context.unanswered) and completes(text)
        of_whom = last is not None and self._is_circumstance(text, question, last)
        if last and of_whom and not completing:
            candidates = self._with_circumstance(question, last, context)
        else:
            candidates = self._rank(question, context)
        if MARKUP.search(text):
            return Understanding(_GIBBERISH, 1.0, "conversation", region=region, role=role)
        if not (named or places) and candidates[0].id not in _OTHER_WORDS and self._is_gibberish(text):
            return Understanding(_GIBBERISH, 1.0, "conversation", region=region, role=role)
        if question.topics and candidates[0].id == _CORRECTION and ASKS.search(text):
            # "niet ips maar wgb: voor wie is dat" corrects and asks at once
            candidates = [c for c in candidates if not c.id.startswith(_INTENT_PREFIX)]
        elif completing and question.topics and candidates[0].id == _CORRECTION:
            candidates = [c for c in candidates if not c.id.startswith(_INTENT_PREFIX)]
        elif not (of_whom or completing) and (candidates[0].id == _CORRECTION or last):
            elsewhere = self._about_other(text, question, last)
            candidates = self._index.rank(elsewhere, _CANDIDATES) if elsewhere else candidates
        pair = self._compared(text, question, context)
        candidates = self._about_both(pair, candidates) if pair else candidates
        best = candidates[0]
        place = places[0].name if places else None
        if best.id == _OUT_OF_SCOPE and places:
            # "wat is er in Groningen?": a place is no other subject
            return Understanding("ask_region", best.probability, "unknown", (), named, region, place, role=role)
        if best.id.startswith(_INTENT_PREFIX):
            intent = best.id[len(_INTENT_PREFIX) :]
            return Understanding(intent, best.probability, "conversation", (), named, region, place, role=role)
        flow = requested_flow(text)
        if flow is not None:
            return Understanding(flow, _BY_ITS_SHAPE, "conversation", (), named, region, place, role=role)
        answers = [candidate for candidate in candidates if not candidate.id.startswith(_INTENT_PREFIX)]
        facet = max(question.facets, key=lambda name: question.facets[name])
        decision = "answer" if pair else self._decision(best, answers, question)
        if decision in ("answer", "clarify") and not pair and self._is_from_outside(question, candidates):
            answers = [c for c in answers if c.facet == BOUNDARY and c.probability >= _LEAST_BOUNDARY]
            decision = "answer" if answers else "unknown"
            best = answers[0] if answers else best
        return Understanding(
            intent=next(name for name, value in FACET_OF_INTENT.items() if value == facet),
            confidence=best.probability,
            decision=decision,
            candidates=tuple((c.id, c.topic, c.facet, c.probability) for c in answers[:5]),
            topics=named,
            region=region,
            place=place,
            also=self._second_answer(text, question, best, context) if decision == "answer" else None,
            role=role,
            compared=pair,
            subject=pair or self._subject(best, question, context),
            list_answer=list_answer,
        )

    def _decision(self, best: Candidate, answers: Sequence[Candidate], question: Question) -> str:
        """Answer, ask which is meant, or say that it isn't known."""
        follows = question.leaning > _LEANS_LITTLE
        follows = follows and self._index.is_about(best.id, question.context | question.alluded)
        if best.probability < self._thresholds.clarify:
            return "unknown"
        if self._refers_to_nothing(question, answers):
            return "clarify"
        if best.probability >= (self._thresholds.follow_up if follows else self._thresholds.answer):
            return "answer"
        # three answers on one topic are no misunderstanding: the best of them is nearer than a question back
        return "answer" if len({candidate.topic for candidate in answers[:3]}) == 1 else "clarify"

    @staticmethod
    def _refers_to_nothing(question: Question, answers: Sequence[Candidate]) -> bool:
        """Whether "hoe lang duurt dat?" is asked when nothing was said before: most likely isn't likely enough then."""
        if question.leaning <= _LEANS_MUCH or question.context or len(answers) < 2:
            return False
        first, second = answers[:2]
        return first.topic != second.topic and first.probability < _SURE_ALONE

    def _is_from_outside(self, question: Question, candidates: Sequence[Candidate]) -> bool:
        """Whether the best answer is only the nearest thing to a question that isn't answered here."""
        best, second = candidates[0], candidates[1]
        # a short follow-up has few words to judge by: its answer was found through the conversation
        if best.facet == BOUNDARY or (question.context and question.leaning > _LEANS_LITTLE):
            return False
        if any(c.facet == BOUNDARY and c.probability >= _RIVAL * best.probability for c in candidates):
            return True
        outside = [c for c in candidates if c.facet == BOUNDARY or c.id.startswith(_INTENT_PREFIX)]
        certainty = self._doubt.certainty(
            question.text,
            best.id,
            (best.probability, second.probability),
            sum(candidate.probability for candidate in outside),
            best.nearest,
            self._index.outsideness(question),
        )
        return certainty < LEAST

    def _subject(self, best: Candidate, question: Question, context: Context) -> Tuple[str, ...]:
        """What the conversation is about after this answer: a follow-up leaves its subject in place."""
        if question.topics:
            subject = [best.topic] if best.topic in question.topics else [*sorted(question.topics), best.topic]
        elif question.leaning and context.topics and self._index.touches(best.id, context.topics[:1]):
            subject = [context.topics[0], best.topic]
        else:
            subject = [best.topic]
        return tuple(dict.fromkeys(subject))[:2]

    def _rank(self, question: Question, context: Context) -> List[Candidate]:
        """The answers; a message that leans on the conversation is also read with its topic's name added."""
        if context.unanswered and completes(question.text):
            # "bij een psychose", after "wat helpt op het werk" was met by "Bedoel je ...?"
            alone = self._index.rank(question, _CANDIDATES)
            if alone[0].id.startswith(_INTENT_PREFIX) and not question.topics:
                return alone
            whole = self._asked(question, f"{context.unanswered} {question.text}", question.topics)
            return self._index.rank(question, _CANDIDATES, [(whole, _WHOLE_SHARE)])
        subjects = [topic for topic in context.topics if topic in question.context] or sorted(question.context)
        names = [self._names[topic] for topic in subjects[:2] if topic in self._names]
        if not question.leaning or not names:
            return self._index.rank(question, _CANDIDATES)
        about = self._asked(question, " ".join([question.text, *names]), subjects[:2])
        last = self._questions.get(context.last_answer or "")
        if last and is_elliptic(question.text):
            anew = self._asked(question, f"{last.question} {question.text}", subjects[:2])
            return self._index.rank(question, _CANDIDATES, [(about, _NAMED_SHARE / 2), (anew, _NAMED_SHARE)])
        share = _NAMED_SHARE if question.leaning > _LEANS_LITTLE else _NAMED_SHARE_OF_OTHERS
        return self._index.rank(question, _CANDIDATES, [(about, share)])

    def _with_circumstance(self, question: Question, last: Unit, context: Context) -> List[Candidate]:
        """The answers for "en met bijstand?": the last question once more, with what is told now."""
        told = replace(
            question,
            topics=frozenset(),
            context=frozenset(context.topics),
            leaning=_LEANS_MUCH,
            facets={last.facet: 1.0},
            prior=self._explaining(mention.value for mention in question.mentions),
        )
        asked = self._with_like_name(last, question.mentions) or f"{last.question} {question.text}"
        return self._index.rank(told, _CANDIDATES, [(self._asked(told, asked, context.topics[:2]), _ANEW_SHARE)])

    def _explaining(self, topics: Iterable[str]) -> Dict[str, float]:
        """Points against what explains these topics: who says to have one knows what it is."""
        named = frozenset(topics)
        units = (unit for unit in self._questions.values() if unit.topic in named and unit.facet in _EXPLAINS)
        return {unit.id: -_KNOWN_ALREADY for unit in units}

    def _with_like_name(self, last: Unit, mentions: Sequence[Mention]) -> Optional[str]:
        """The last question with a benefit or disorder that it names replaced by the one that is named now."""
        for kind in (self._benefits, self._disorders):
            names = [mention.name for mention in mentions if mention.value in kind and not mention.negated]
            words = tokens_of(last.question)
            spans = {m.start: m.end for m in self._topics.link(last.question) if m.value in kind}
            if names and spans:
                for start in sorted(spans, reverse=True):
                    words[start : spans[start]] = [names[0]] if start == min(spans) else []
                return " ".join(words)
        return None

    def _asked(self, question: Question, text: str, topics: Iterable[str]) -> Question:
        """The question in these words, of these topics, leaning on nothing."""
        return replace(
            question,
            text=text,
            vectors=self._encoder.encode([text]),
            parts=(text,),
            shares=(),
            mentions=(),
            topics=frozenset(topics) - self._background,
            context=frozenset(),
            alluded=frozenset(),
            leaning=0.0,
        )

    def _is_gibberish(self, text: str) -> bool:
        """Whether several words begin as none that Koers knows, and no longer word is known."""
        words = [word for word in tokens_of(text) if len(word) >= _SHORTEST_KNOWN]
        known = [word for word in words if word[:_KNOWN_PREFIX] in self._known]
        return len(words) - len(known) > 1 and all(len(word) < _KNOWN_PREFIX for word in known)

    def _region_of(self, place: Optional[str]) -> Optional[str]:
        found = self._places.link(place) if place else []
        return found[0].value if found else None

    def _compared(self, text: str, question: Question, context: Context) -> Tuple[str, ...]:
        """The two topics that are to be compared, the conversation's first when only one is named."""
        if asks_of_both(text) and len(context.topics) == 2 and not question.topics - self._benefits:
            return context.topics
        if not COMPARES.search(text):
            return ()
        # one name may stand for several topics ("jobcoach"): it counts once
        subjects = question.topics or self._terms
        spans = {m.start: m.value for m in reversed(question.mentions) if m.value in subjects}
        named = [spans[start] for start in sorted(spans)]
        alone = question.topics and len(set(named)) == 1
        topics = list(dict.fromkeys([*(context.topics[:1] if alone else ()), *named]))
        return tuple(topics) if len(topics) == 2 else ()

    def _about_both(self, pair: Sequence[str], candidates: List[Candidate]) -> List[Candidate]:
        """The answers, those on the difference between these two first, and none on another difference."""
        both = [c for c in candidates if c.facet == "verschil" and self._index.touches(c.id, pair)]
        others = [c for c in candidates if c.facet != "verschil" and not c.id.startswith(_INTENT_PREFIX)]
        return [*both, *others] or candidates

    def _about_other(self, text: str, question: Question, last: Optional[Unit]) -> Optional[Question]:
        """The last question, asked of the topic or place that alone is named now: "en bij WGB?", "en in Twente?".

        When nothing was asked before, what the topic is. None when the message says more than a name.
        """
        mentions = [mention for mention in question.mentions if not mention.negated]
        places = [] if mentions else self._places.link(text)
        left = self._besides(text, mentions or places)
        if not (question.topics or places) or len(left) > (_SAID_BESIDES if ASKS_THE_SAME.match(text) else 0):
            return None
        if places:
            names = {place.name for place in self._places.link(last.question)} if last else set()
            name = places[0].name
        else:
            names = set(self._names_of.get(last.topic, ())) if last else set()
            name = next(mention.name for mention in mentions if mention.value in question.topics)
        asked = last.question if last else f"Wat is {name}?"
        for old in sorted(names, key=len, reverse=True):
            asked, found = re.subn(rf"\b{re.escape(old)}\b", name, asked, flags=re.IGNORECASE)
            if found:
                break
        else:
            asked = f"{name}: {asked}" if last else asked
        other = replace(self._asked(question, asked, ()), topics=question.topics)
        there = self._of_region.get(places[0].value, []) if places else []
        if places:
            topics = frozenset(self._questions[unit].topic for unit in there)
            other = replace(other, context=topics, leaning=_LEANS_MUCH)
        # Their answers that name the other topic too would be nearest.
        aside = question.excluded | ({last.topic} if last else set()) - question.topics
        facets = {last.facet if last else "wat": 1.0}
        prior = dict.fromkeys(there, _THERE) if last and last.region else {}
        return replace(other, facets=facets, excluded=frozenset(), aside=frozenset(aside), prior=prior)

    def _with_listed_name(self, text: str, context: Context) -> Tuple[str, Optional[str]]:
        """The message with "de tweede" replaced by what an answer named second, and that answer's id."""
        found = ORDINAL.search(text.lower())
        if found is None:
            return text, None
        position = POSITIONS[found.group("position")]
        for answer in (context.list_answer, context.last_answer):
            unit = self._questions.get(answer or "")
            names = self._listed(unit) if unit and unit.facet in _ENUMERATES else []
            if -len(names) <= position < len(names):
                before, after = text[: found.start()], text[found.end() :]
                rest = [word for word in tokens_of(f"{before} {after}") if word not in FILLERS]
                return (f"{before}{names[position]}{after}" if rest else f"Wat is {names[position]}?"), answer
        return text, None

    def _listed(self, unit: Unit) -> List[str]:
        """What an answer enumerates: the regions it names, or else the topics, in order; empty for fewer than two."""
        for text in unit.texts:
            regions = dict.fromkeys(mention.name for mention in self._places.link(text))
            topics = dict.fromkeys(
                mention.value
                for mention in self._topics.link(text)
                if mention.value != unit.topic and mention.value not in self._background
            )
            for names in (list(regions), [self._names[topic] for topic in topics if topic in self._names]):
                if len(names) > 1:
                    return names
        return []

    def _second_answer(self, text: str, question: Question, first: Candidate, context: Context) -> Optional[str]:
        """The answer to the other half of "wat is X en wie betaalt dat?", when it is clear."""
        clauses = [clause for clause in CLAUSES.split(text.strip(" ?.!")) if len(clause.split()) >= 2]
        # most messages of two parts are one question and what it is about
        if len(clauses) != 2 or len(text.split()) > _LONGEST_DOUBLE or not all(map(is_question, clauses)):
            return None
        topics = question.topics or frozenset(context.topics[:1])
        names = " ".join(self._names[topic] for topic in sorted(topics) if topic in self._names)
        found = []
        for clause in clauses:
            subjects = {mention.value for mention in self._topics.link(clause)} - self._terms
            asked = clause if subjects else f"{clause} {names}".strip()
            best = self._index.rank(replace(self._asked(question, asked, topics), facets={}), 1)[0]
            if best.probability >= _CLEAR and best.facet not in _NO_SECOND_ANSWER:
                found.append(best)
        others = [answer for answer in found if answer.id != first.id and answer.facet != first.facet]
        return others[0].id if others else None


def learn_model(
    snapshot: Snapshot, encoder: Encoder, vectors_path: Path, conversation_examples: Mapping[str, Sequence[str]]
) -> AnswerModel:
    """The learned part of a `Reader`, to be kept with a trained model."""
    units = _units(snapshot, conversation_examples)
    texts, _ = index_texts(units)
    return learn(units, VectorStore(encoder, vectors_path).encode(texts))


def _units(snapshot: Snapshot, conversation_examples: Mapping[str, Sequence[str]]) -> List[Unit]:
    return with_further_samples(snapshot) + _conversation_units(conversation_examples)


def with_further_samples(snapshot: Snapshot) -> List[Unit]:
    """The units, with the topics' descriptions ("zo'n coach van de ggz") and the shortest questions as samples too."""
    telegrams = shorthand(snapshot.units, snapshot.names)
    descriptions: Dict[str, List[Tuple[str, str]]] = {}
    for name in snapshot.names:
        if name.kind == "description":
            descriptions.setdefault(name.topic, []).append(("", name.name))
    units = []
    for unit in snapshot.units:
        # the first answer of this kind only
        added = tuple(descriptions.pop(unit.topic, ())) if unit.facet == "wat" else ()
        added += tuple(("", text) for text in telegrams.get(unit.id, ()))
        units.append(replace(unit, samples=unit.samples + added) if added else unit)
    return units


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
            texts=(),
            samples=tuple(("", text) for text in texts[1:]),
        )
        for intent, texts in sorted(examples.items())
        if texts
    ]


def split(text: str) -> Tuple[List[str], List[float]]:
    """A message, and each sentence of a long one with its share: the question hides in one of them.

    Most often it is in one that looks like a question.
    """
    whole = clean(text)
    sentences = [clean(part) for part in _SENTENCE.split(text) if len(part.strip()) >= _SHORTEST_PART]
    if len(whole) <= _LONG_MESSAGE or len(sentences) < 2:
        return [whole or "-"], []
    sentences = sentences[-_MAX_PARTS:]
    counts = [1.0 if _QUESTION.search(sentence.lower()) else 0.25 for sentence in sentences]
    return [whole, *sentences], [_SENTENCES_SHARE * count / sum(counts) for count in counts]
