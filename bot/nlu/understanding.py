"""From a message to an understanding: what is asked, about what, and which answers fit.

What the conversation before it adds is in `conversation`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import AbstractSet, Any, Dict, FrozenSet, List, Mapping, NamedTuple, Optional, Sequence, Tuple

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
from bot.nlu.conversation.bare_questions import BareQuestions
from bot.nlu.conversation.circumstances import Circumstances
from bot.nlu.conversation.comparison import Comparison
from bot.nlu.conversation.context import Context
from bot.nlu.conversation.expectations import INTENT_PREFIX
from bot.nlu.conversation.pointing import Pointing
from bot.nlu.conversation.reading import LEANS_LITTLE, LEANS_MUCH, Conversation
from bot.nlu.conversation.telling import ITEM
from bot.nlu.doubt import BOUNDARY, LEAST, Doubt, Missed
from bot.nlu.encoder import Encoder, Vectors, VectorStore, clean, shared_encoder
from bot.nlu.figures import Figures
from bot.nlu.flow_requests import requested_flow
from bot.nlu.homes import Homes
from bot.nlu.names import Mention, tokens_of
from bot.nlu.phrases.asking import ANNOUNCES, CLAUSES, LISTS, asks, has_keyword, only_tells
from bot.nlu.phrases.circumstances import is_told_of_someone, supposes, tells_circumstance
from bot.nlu.phrases.correcting import after_thanks, corrects, without_ruled_out
from bot.nlu.phrases.following import asks_what_if
from bot.nlu.phrases.meaning import NAME, asks_meaning, only_asks_meaning
from bot.nlu.phrases.misuse import MARKUP, NEW_RULES
from bot.nlu.phrases.pointing import asks_which, is_choice
from bot.nlu.phrases.speaking import asks_what_fits, role_in, role_of_speaker, without_speaker
from bot.nlu.samples import units_of
from bot.nlu.spelling import Spelling
from bot.nlu.subjects import Subjects
from knowledge.queries import Snapshot

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
_BY_ITS_SHAPE = 0.9
"""Confidence in a request for a guided conversation that is known by its shape."""
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
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n+")
_QUESTION = re.compile(
    r"\?|\b(wie|wat|wanneer|waar|waarom|hoe|hoeveel|hoelang|welke?|mag|moet|kan|kunnen|is er|zijn er|of)\b"
)
_CANDIDATES = 12
_STATE_ROLE = "state_role"
_CHOOSE = "choose_option"
_ASKED_BACK = "ask_who_is_involved"
_CHECK = "start_eligibility"
_NOT_CHECKED = frozenset({"regeling", "rechten", "wet"})
"""Types of topics that the guided check for whom something is doesn't ask about."""
_FOR_WHOM = "voor_wie"
_SURE_ALONE = 0.7
_SURE_OF_A_STORY = 0.5
"""From this probability on someone who asks nothing gets an answer; below it they are asked what they want to know."""
_SURE_OF_A_CONDITION = 0.3
"""The same for "en als hij weer uitvalt", which asks something without a word of a question."""
_SURE_TOGETHER = 0.35
"""From where the answers on what a follow-up is about are together likely enough for the best of them."""
_GIBBERISH = "gibberish"
_NOT_HERE = "out_of_scope"
_OUT_OF_SCOPE = INTENT_PREFIX + _NOT_HERE
_OTHER_WORDS = frozenset(
    INTENT_PREFIX + intent for intent in ("other_language", "speak_english", "gibberish", "greet", "thank", "goodbye")
)
_SHORTEST_KNOWN = 4
_KNOWN_PREFIX = 5
_LEAST_BOUNDARY = 0.1
"""From where a boundary says who does know, if it is `_RIVAL` times as likely as the answer that was doubted as well;
below that it is the wrong one as often as not."""
_SURE_OF_BOUNDARY = 0.15
"""From where a boundary that is likeliest of all is given; below, only that it isn't known."""
_BESIDE_BOUNDARY = 0.3
"""From where an answer is one tap away next to a boundary."""
_RIVAL = 0.4
"""Boundaries this likely together, as a share of the probability of the best answer's topic, are what was asked: two
answers of one topic, or two boundaries, share what would be one's."""
_LONGEST_DOUBLE = 30
_CLEAR, _CLEAR_ENOUGH = 0.2, 0.5
"""How likely the answer to a second question must be that names something, and that asks on."""
_EXPLAINS = "wat"
_SURE_TO_EXPLAIN = 0.9
_NO_SECOND_ANSWER = frozenset({"", BOUNDARY})
"""Conversation has no facet, and what Koers doesn't answer is no second answer."""


@dataclass(frozen=True)
class Thresholds:
    """When to answer and when to ask which is meant, as probabilities; below both it isn't known."""

    answer: float = 0.22
    follow_up: float = 0.15
    """For a short follow-up, an answer on what the conversation is about."""
    clarify: float = 0.10


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
    """Who the user says they are: client, professional or employer."""
    compared: Tuple[str, ...] = ()
    """Two topics to be put next to each other; an answer that explains the difference is then the first candidate."""
    subject: Tuple[str, ...] = ()
    """The topics that the conversation is about after the first candidate is given."""
    list_answer: Optional[str] = None
    """The answer whose enumeration was pointed at."""
    unknown_of: Optional[str] = None
    """The topic of which it was asked what isn't known: "kost dat geld?"."""
    record_of: Optional[str] = None
    """The topic whose record may say what no answer says: who decides, how to begin, who pays."""
    item: Optional[str] = None
    """The item of a list that was pointed at, when there is no more to say of it."""
    asked_back: Optional[str] = None
    """What the answer before is asked that it says itself: whom to ask, who decides, whether it is so."""

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
            "unknown_of": self.unknown_of,
            "record_of": self.record_of,
            "asked_back": self.asked_back,
            "item": self.item,
        }


class _Verdict(NamedTuple):
    """What is done with the answers that were found."""

    decision: str
    best: Candidate
    """The answer that is nearest, given or not."""
    answers: Sequence[Candidate]
    unknown_of: Optional[str] = None
    record_of: Optional[str] = None


@dataclass(frozen=True)
class _Second:
    """The answer to the other of two questions in one message."""

    answer: Candidate
    comes_first: bool
    """Whether it was asked before the one that was found for the whole message."""


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
        self._subjects = Subjects(snapshot)
        units = units_of(snapshot, conversation_examples)
        texts, _ = index_texts(units)
        weights = [DEFAULT_WEIGHTS[name] for name in FEATURES]
        bodies, _ = body_texts(units)
        if vectors is None:
            encoded = VectorStore(encoder, vectors_path).encode([*texts, *bodies])
            vectors = encoded[: len(texts)], encoded[len(texts) :]
        self._index = AnswerIndex(units, vectors[0], vectors[1], self._subjects.topics, weights, model)
        self._circumstances = Circumstances(self._subjects)
        self._bare = BareQuestions(self._subjects, self._index)
        self._comparison = Comparison(self._subjects, self._index)
        self._pointing = Pointing(self._subjects)
        self._conversation = Conversation(self._subjects, encoder, self._index, self._circumstances, self._bare)
        self._diagnoses = [
            unit.id
            for unit in snapshot.units
            if unit.facet == BOUNDARY and self._index.is_about(unit.id, self._subjects.disorders)
        ]
        self._doubt = Doubt(snapshot.units, self._index.coverage)
        self._homes = Homes(self._subjects, snapshot.places)
        self._figures = Figures(snapshot.units)
        self._spelling = Spelling([*texts, *bodies])
        self._known = {word[:_KNOWN_PREFIX] for word in self._spelling.words if len(word) >= _SHORTEST_KNOWN}

    @property
    def model(self) -> AnswerModel:
        """The learned part, to be kept with a trained model."""
        return self._index.model

    def question(self, text: str, ranking: Mapping[str, float], context: Context) -> Question:
        """What is known of the message, for the index."""
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

    def read(self, text: str, ranking: Mapping[str, float], context: Context) -> Understanding:
        """Understand one message; `ranking` gives each intent's confidence."""
        places = self._subjects.places.link(text)
        region = places[0].value if places else None
        context = replace(context, region=region or context.region or self._subjects.region_of(context.place))
        role, text = role_in(text)
        role = role or (role_of_speaker(text) if context.role is None else None)
        context = replace(context, role=role or context.role)
        if not text:
            return Understanding(_STATE_ROLE, 1.0, "conversation", region=region, role=role)
        if context.choosing and is_choice(text):
            return Understanding(_CHOOSE, 1.0, "conversation", region=region, role=role)
        if MARKUP.search(text):
            return Understanding(_GIBBERISH, 1.0, "conversation", region=region, role=role)
        if NEW_RULES.search(text):
            return Understanding(_NOT_HERE, 1.0, "conversation", region=region, role=role)
        text, context = self._conversation.corrected(after_thanks(text), context)
        back, last = self._conversation.asked_back(text, context)
        if back:
            told = ((last.id, last.topic, last.facet, 1.0),) if last else ()
            return Understanding(_ASKED_BACK, 1.0, "answer", told, region=region, role=role, asked_back=back)
        said = text
        text, list_answer = self._pointing.resolved(text, context)
        mentions = self._subjects.topics.link(text)
        text = without_ruled_out(text, mentions)
        text = self._spelling.mended(text, [*self._subjects.topics.link(text), *self._subjects.places.link(text)])
        question = self.question(text, ranking, context)
        ruled_out = frozenset(mention.value for mention in mentions if mention.negated)
        question = replace(question, excluded=question.excluded | ruled_out - question.topics - question.background)
        named = tuple(sorted(question.topics | question.background))
        candidates = self._conversation.rank(question, context)
        place = places[0].name if places else None
        candidates = self._conversation.stayed(question, context, candidates) if candidates else candidates
        if not candidates:
            return Understanding("ask_region", 1.0, "unknown", (), named, region, place, role=role)
        item = self._pointing.item_of(said, list_answer, candidates[0], context) if list_answer else None
        if item and list_answer:
            unit = self._subjects.answers[list_answer]
            told = ((unit.id, unit.topic, unit.facet, 1.0),)
            return Understanding(_ASKED_BACK, 1.0, "answer", told, region=region, role=role, asked_back=ITEM, item=item)
        if not (named or places) and candidates[0].id not in _OTHER_WORDS and self._is_gibberish(text):
            return Understanding(_GIBBERISH, 1.0, "conversation", region=region, role=role)
        pair = self._pair(question, candidates[0], context)
        candidates = self._about_both(pair, candidates) if pair else candidates
        explained = None if pair else self._explained(question, candidates, context)
        candidates = [explained, *(c for c in candidates if c.id != explained.id)] if explained else candidates
        best = candidates[0]
        where = self._conversation.somewhere(context) if places and not question.topics else None
        if where and (best.id in (where.id, _OUT_OF_SCOPE) or best.facet == BOUNDARY):
            best, candidates = where, [where, *candidates[1:]]
        else:
            where = None
        if best.id == _OUT_OF_SCOPE and places:
            # "wat is er in Groningen?": a place is no other subject
            return Understanding("ask_region", best.probability, "unknown", (), named, region, place, role=role)
        if best.id.startswith(INTENT_PREFIX):
            intent = best.id[len(INTENT_PREFIX) :]
            return Understanding(intent, best.probability, "conversation", (), named, region, place, role=role)
        is_case = best.id in self._subjects.cases and asks_what_fits(text)
        flow = None if pair or is_case else requested_flow(text)
        if flow == _CHECK and self._is_known_of(best, question, context):
            flow = None
        if flow is not None:
            return Understanding(flow, _BY_ITS_SHAPE, "conversation", (), named, region, place, role=role)
        verdict = (
            _Verdict("answer", best, _answers(candidates))
            if pair or where or explained
            else self._judged(question, candidates, context)
        )
        second = None
        if verdict.decision == "answer" or self._may_be_halves(candidates):
            second = self._second_answer(text, question, verdict.best, context)
        if verdict.decision != "answer" and second:
            # the halves are clear, where the whole was not
            is_clear = second.answer.id == candidates[1].id and self._doubt.misses(text, candidates[0].id) is None
            verdict = _Verdict("answer", candidates[0], _answers(candidates)) if is_clear else verdict
            second = second if is_clear else None
        answers, also = list(verdict.answers[:5]), second.answer.id if second else None
        if second and second.comes_first:
            answers, also = [second.answer, *(c for c in answers if c.id != second.answer.id)], verdict.best.id
        best, is_answered = verdict.best, verdict.decision == "answer"
        facet = max(question.facets, key=lambda name: question.facets[name])
        return Understanding(
            intent=next(name for name, value in FACET_OF_INTENT.items() if value == facet),
            confidence=best.probability,
            decision=verdict.decision,
            candidates=tuple((c.id, c.topic, c.facet, c.probability) for c in answers[:5]),
            topics=named,
            region=region,
            place=place,
            also=also,
            role=role,
            compared=pair,
            subject=pair or self._conversation.subject(best, question, context, is_answered),
            list_answer=list_answer,
            unknown_of=verdict.unknown_of,
            record_of=verdict.record_of,
        )

    def _is_known_of(self, best: Candidate, question: Question, context: Context) -> bool:
        """Whether an answer says for whom the named topic is, where a check was asked for.

        A professional who tells a case wants that answer; and the check has no questions on schemes.
        """
        if best.topic not in question.topics:
            return False
        if self._subjects.answers[best.id].topic_type in _NOT_CHECKED:
            return True
        is_for_case = best.facet == _FOR_WHOM and best.probability >= _SURE_ALONE
        return is_for_case and context.role not in (None, "client")

    @staticmethod
    def _may_be_halves(candidates: Sequence[Candidate]) -> bool:
        """Whether two answers on one topic share what is asked: two questions leave neither of them likely."""
        first, second = candidates[0], candidates[1]
        return first.topic == second.topic and second.probability >= _CLEAR and first.facet != BOUNDARY

    def _explained(self, question: Question, candidates: Sequence[Candidate], context: Context) -> Optional[Candidate]:
        """The answer to "IPS?" and "wgb, wa is da?": what the name means, whichever other answer is nearer."""
        # a name with "wat is" after a story asks that too; the bare name after it may ask whether it fits
        said = _SENTENCE.split(question.text.strip())[-1]
        words, mentions = tokens_of(said), self._subjects.topics.link(said)
        if len({(mention.start, mention.end) for mention in mentions}) != 1 or any(m.negated for m in mentions):
            return None
        start, end = mentions[0].start, mentions[0].end
        is_first = not (context.last_answer or context.unanswered or context.guided or context.choosing)
        is_first = is_first and said == question.text.strip()
        if not only_asks_meaning(" ".join([*words[:start], NAME, *words[end:]]), is_first):
            return None
        # a name that is only like what is typed counts when the answers agree
        units = [self._subjects.explaining(m) for m in mentions if m.score == 1 or m.value == candidates[0].topic]
        near = [candidate.id for candidate in candidates]
        known = sorted(filter(None, units), key=lambda u: near.index(u.id) if u.id in near else len(near))
        return Candidate(known[0].id, known[0].topic, known[0].facet, _SURE_TO_EXPLAIN, 0.0) if known else None

    def _pair(self, question: Question, best: Candidate, context: Context) -> Tuple[str, ...]:
        """The two topics that are to be put next to each other, or none."""
        pair = self._comparison.compared(question, context)
        unsure = best.id.startswith(INTENT_PREFIX) or best.probability < self._thresholds.answer
        unsure = unsure or not self._index.is_about(best.id, frozenset(context.pair))
        if not pair and unsure and question.topics <= self._subjects.benefits and asks_which(question.text):
            # "welke past bij iemand die zorg mijdt?": what tells the two apart, no check of other help
            return context.pair
        return pair

    def _judged(self, question: Question, candidates: Sequence[Candidate], context: Context) -> _Verdict:
        """Whether the best of the candidates is given, others or none, after all doubts."""
        best, answers = candidates[0], _answers(candidates)
        decision = self._decision(best, answers, question)
        missed = self._doubt.misses(question.text, best.id)
        if missed is None and self._homes.elsewhere(question.text, best.id):
            missed = Missed()
        is_outside = missed is None and decision != "unknown" and self._is_from_outside(question, candidates)
        if missed:
            boundaries = [c for c in answers if c.facet == BOUNDARY and (c is best or self._doubt.has(c.id, missed))]
            answers = sorted(boundaries, key=lambda c: not self._doubt.has(c.id, missed))
        elif is_outside:
            least = max(_LEAST_BOUNDARY, _RIVAL * best.probability)
            boundaries = [c for c in answers if c.facet == BOUNDARY and c.probability >= least]
            beside = [best] if boundaries and best.probability >= _BESIDE_BOUNDARY else []
            answers = [*boundaries[:1], *beside, *boundaries[1:]]
        if missed or is_outside:
            decision = "answer" if answers else "unknown"
            best = answers[0] if answers else best
        unknown_of = self._bare.unknown_of(best, question, context)
        if best.id == context.last_answer and best.facet != BOUNDARY and self._doubt.lacks(question.text, best.id):
            unknown_of = best.topic  # "en hoeveel mensen?": what was said doesn't say it
        record_of = self._bare.record_of(best, question, context)
        if unknown_of:
            decision, answers = "unknown", []
        elif (decision == "answer" or is_outside) and not missed and self._is_unsure_of_a_story(best, question.text):
            near = [candidate for candidate in _answers(candidates) if candidate.facet != BOUNDARY]
            if near and near[0].probability >= self._thresholds.clarify:
                decision, answers = "clarify", near
        told = self._circumstances.told_of(question, context, candidates)
        if told and (decision != "answer" or best.facet == BOUNDARY or self._circumstances.explains(best)):
            best, decision, answers = told[0], "clarify", told
        again = None if decision == "answer" else self._circumstances.asked_again(question, context)
        if again:
            best, decision = again, "answer"
            answers = [again, *(candidate for candidate in answers if candidate.id != again.id)]
        return _Verdict(decision, best, answers, unknown_of, record_of)

    @staticmethod
    def _is_unsure_of_a_story(best: Candidate, text: str) -> bool:
        """Whether someone asks nothing, tells nothing about the last question either, and no answer is likely."""
        sure = _SURE_OF_A_CONDITION if asks_what_if(text) else _SURE_OF_A_STORY
        return best.probability < sure and only_tells(text) and not (tells_circumstance(text) or corrects(text))

    def _decision(self, best: Candidate, answers: Sequence[Candidate], question: Question) -> str:
        """Answer, ask which is meant, or say that it isn't known."""
        follows = question.leaning > LEANS_LITTLE
        follows = follows and self._index.is_about(best.id, question.context | question.alluded)
        if best.probability < self._thresholds.clarify:
            return "unknown"
        if self._refers_to_nothing(question, answers):
            return "clarify"
        if best.probability >= (self._thresholds.follow_up if follows else self._thresholds.answer):
            return "answer"
        if best.facet == BOUNDARY:
            # "bedoel je: Vraag over AOW?" is no question back: nearly always it is that, or something else from outside
            return "answer" if best.probability >= _SURE_OF_BOUNDARY else "unknown"
        about = sum(candidate.probability for candidate in answers if candidate.topic == best.topic)
        if question.leaning and about >= _SURE_TOGETHER and self._index.is_about(best.id, question.context):
            return "answer"
        # three answers on one topic are no misunderstanding: the best of them is nearer than a question back
        return "answer" if len({candidate.topic for candidate in answers[:3]}) == 1 else "clarify"

    @staticmethod
    def _refers_to_nothing(question: Question, answers: Sequence[Candidate]) -> bool:
        """Whether "hoe lang duurt dat?" is asked when nothing was said before: most likely isn't likely enough then."""
        if question.leaning <= LEANS_MUCH or question.context or len(answers) < 2:
            return False
        first, second = answers[:2]
        return first.topic != second.topic and first.probability < _SURE_ALONE

    def _is_from_outside(self, question: Question, candidates: Sequence[Candidate]) -> bool:
        """Whether the best answer is only the nearest thing to a question that isn't answered here."""
        best, second = candidates[0], candidates[1]
        # a short follow-up has few words to judge by: its answer was found through the conversation
        if best.facet == BOUNDARY or (question.context and question.leaning > LEANS_LITTLE):
            return False
        boundaries = sum(c.probability for c in candidates if c.facet == BOUNDARY)
        siblings = sum(c.probability for c in candidates if c.topic == best.topic and c.facet != BOUNDARY)
        if boundaries >= _RIVAL * siblings:
            return True
        outside = [c for c in candidates if c.facet == BOUNDARY or c.id.startswith(INTENT_PREFIX)]
        certainty = self._doubt.certainty(
            question.text,
            best.id,
            (best.probability, second.probability),
            sum(candidate.probability for candidate in outside),
            best.nearest,
            self._index.outsideness(question),
        )
        return certainty < LEAST

    def _is_gibberish(self, text: str) -> bool:
        """Whether several words begin as none that Koers knows, and no longer word is known."""
        words = [word for word in tokens_of(text) if len(word) >= _SHORTEST_KNOWN]
        known = [word for word in words if word[:_KNOWN_PREFIX] in self._known]
        return len(words) - len(known) > 1 and all(len(word) < _KNOWN_PREFIX for word in known)

    def _about_both(self, pair: Sequence[str], candidates: List[Candidate]) -> List[Candidate]:
        """The answers, those on the difference between these two first, and none on another difference."""
        both = [c for c in candidates if c.facet == "verschil" and self._index.touches(c.id, pair)]
        others = [c for c in _answers(candidates) if c.facet != "verschil"]
        return [*both, *others] or candidates

    def _second_answer(self, text: str, question: Question, first: Candidate, context: Context) -> Optional[_Second]:
        """The answer to the other half of "wat is X en wie betaalt dat?", when it is clear."""
        said = ANNOUNCES.sub("", text.strip(" ?.!"))
        clauses = [clause for clause in CLAUSES.split(said) if len(clause.split()) >= 2 or has_keyword(clause)]
        if len(clauses) > 2 and not (asks(clauses[0]) or has_keyword(clauses[0])):
            # "evaluatietool, door wie en voor wie": what comes first only says what it is about
            clauses = clauses[1:]
        # most messages of two parts are one question and what it is about
        are_asked = all(asks(clause) or has_keyword(clause) for clause in clauses) or LISTS.search(said)
        if len(clauses) != 2 or len(text.split()) > _LONGEST_DOUBLE or not are_asked:
            return None
        topics = question.topics or frozenset(context.topics[:1]) or frozenset({first.topic})
        names = " ".join(self._subjects.names[topic] for topic in sorted(topics) if topic in self._subjects.names)
        found: Dict[int, Candidate] = {}
        for position, clause in enumerate(clauses):
            subjects = {mention.value for mention in self._subjects.topics.link(clause)} - self._subjects.terms
            asked = clause if subjects else f"{clause} {names}".strip()
            best = self._index.rank(replace(self._conversation.reworded(question, asked, topics), facets={}), 1)[0]
            # "en wie zit voor?" asks on of the first question's subject, unless it is clear by itself
            asks_on = self._index.is_about(best.id, topics | {first.topic})
            clear = _CLEAR if subjects else _CLEAR_ENOUGH if asks_on else _SURE_ALONE
            # two questions of one kind are often one question in two ways
            clear = max(clear, _SURE_ALONE) if best.facet == first.facet else clear
            # "en waarom niet?" is nearest to what the subject is, and doesn't ask that
            explains = bool(position) and not subjects and best.facet == _EXPLAINS
            if best.id == first.id or (
                best.probability >= clear and best.facet not in _NO_SECOND_ANSWER and not explains
            ):
                found[position] = best
        others = [position for position, answer in found.items() if answer.id != first.id]
        if not others:
            return None
        return _Second(found[others[0]], comes_first=1 in found and found[1].id == first.id)


def learn_model(
    snapshot: Snapshot, encoder: Encoder, vectors_path: Path, conversation_examples: Mapping[str, Sequence[str]]
) -> AnswerModel:
    """The learned part of a `Reader`, to be kept with a trained model."""
    units = units_of(snapshot, conversation_examples)
    texts, _ = index_texts(units)
    return learn(units, VectorStore(encoder, vectors_path).encode(texts))


def _answers(candidates: Sequence[Candidate]) -> List[Candidate]:
    """The candidates that are answers, and no kinds of conversation."""
    return [candidate for candidate in candidates if not candidate.id.startswith(INTENT_PREFIX)]


def _sum(some: Mapping[str, float], others: Mapping[str, float]) -> Dict[str, float]:
    return {key: some.get(key, 0.0) + others.get(key, 0.0) for key in {**some, **others}}


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


def known_vectors(text: str) -> Dict[str, Vectors]:
    """Those of the message and of its sentences that were made lately."""
    vectors = {part: shared_encoder().known(part) for part in split(text)[0]}
    return {part: vector for part, vector in vectors.items() if vector is not None}
