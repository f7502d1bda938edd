"""From a message to an understanding: what is asked, about what, and which answers fit.

What the conversation before it adds is in `conversation`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import List, Mapping, Optional, Sequence, Tuple

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
from bot.nlu.conversation.reading import Conversation
from bot.nlu.conversation.telling import ITEM
from bot.nlu.doubt import BOUNDARY, Doubt
from bot.nlu.encoder import Encoder, Vectors, VectorStore
from bot.nlu.figures import Figures
from bot.nlu.flow_requests import requested_flow
from bot.nlu.homes import Homes
from bot.nlu.judging import SURE, SURE_ALONE, Judge, Verdict, answers_among
from bot.nlu.names import tokens_of
from bot.nlu.phrases.correcting import after_thanks, without_ruled_out
from bot.nlu.phrases.meaning import NAME, only_asks_meaning
from bot.nlu.phrases.misuse import MARKUP, NEW_RULES
from bot.nlu.phrases.pointing import asks_which, is_choice
from bot.nlu.phrases.speaking import asks_what_fits, role_in, role_of_speaker
from bot.nlu.questions import SENTENCE, Questions
from bot.nlu.samples import units_of
from bot.nlu.second_answer import SecondAnswers
from bot.nlu.spelling import Spelling
from bot.nlu.subjects import Subjects
from bot.nlu.understanding import FACET_OF_INTENT, Understanding
from knowledge.queries import Snapshot

_BY_ITS_SHAPE = 0.9
"""Confidence in a request for a guided conversation that is known by its shape."""
_TOLD = 5
"""Answers that a message's understanding names, at most."""
_STATE_ROLE = "state_role"
_CHOOSE = "choose_option"
_ASKED_BACK = "ask_who_is_involved"
_CHECK = "start_eligibility"
_NOT_CHECKED = frozenset({"regeling", "rechten", "wet"})
"""Types of topics that the guided check for whom something is doesn't ask about."""
_FOR_WHOM = "voor_wie"
_GIBBERISH = "gibberish"
_NOT_HERE = "out_of_scope"
_OUT_OF_SCOPE = INTENT_PREFIX + _NOT_HERE
_OTHER_WORDS = frozenset(
    INTENT_PREFIX + intent for intent in ("other_language", "speak_english", "gibberish", "greet", "thank", "goodbye")
)
_SHORTEST_KNOWN = 4
_KNOWN_PREFIX = 5
_SURE_TO_EXPLAIN = 0.9


class Reader:
    """Understands messages with one version of the knowledge base."""

    def __init__(
        self,
        snapshot: Snapshot,
        encoder: Encoder,
        vectors_path: Path,
        conversation_examples: Mapping[str, Sequence[str]],
        model: Optional[AnswerModel] = None,
        vectors: Optional[Tuple[Vectors, Vectors]] = None,
    ):
        """`vectors`: those of all samples and of all texts, where they need no encoding."""
        self.version = snapshot.version
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
        self._doubt = Doubt(snapshot.units, self._index.coverage)
        diagnoses = [
            unit.id
            for unit in snapshot.units
            if unit.facet == BOUNDARY and self._index.is_about(unit.id, self._subjects.disorders)
        ]
        self.questions = Questions(
            self._subjects,
            encoder,
            self._conversation,
            self._circumstances,
            self._doubt,
            Figures(snapshot.units),
            diagnoses,
        )
        homes = Homes(self._subjects, snapshot.places)
        self.judge = Judge(self._index, self._doubt, homes, self._circumstances, self._bare)
        self._seconds = SecondAnswers(self._subjects, self._index, self._conversation)
        self._spelling = Spelling([*texts, *bodies])
        self._known = {word[:_KNOWN_PREFIX] for word in self._spelling.words if len(word) >= _SHORTEST_KNOWN}

    @property
    def model(self) -> AnswerModel:
        """The learned part, to be kept with a trained model."""
        return self._index.model

    def read(self, text: str, ranking: Mapping[str, float], context: Context) -> Understanding:
        """Understand one message; `ranking` gives each intent's confidence."""
        places = self._subjects.places.link(text)
        region = places[0].value if places else None
        context = replace(context, region=region or context.region or self._subjects.region_of(context.place))
        role, text = role_in(text)
        role = role or (role_of_speaker(text) if context.role is None else None)
        context = replace(context, role=role or context.role)
        asks_nothing = _asks_nothing(text, context)
        if asks_nothing:
            return Understanding(asks_nothing, 1.0, "conversation", region=region, role=role)
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
        question = self.questions.of(text, ranking, context)
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
            Verdict("answer", best, answers_among(candidates))
            if pair or where or explained
            else self.judge.judged(question, candidates, context)
        )
        verdict, answers, also = self._with_second(text, question, candidates, verdict, context)
        best, is_answered = verdict.best, verdict.decision == "answer"
        facet = max(question.facets, key=lambda name: question.facets[name])
        return Understanding(
            intent=next(name for name, value in FACET_OF_INTENT.items() if value == facet),
            confidence=best.probability,
            decision=verdict.decision,
            candidates=tuple((c.id, c.topic, c.facet, c.probability) for c in answers[:_TOLD]),
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

    def _with_second(
        self, text: str, question: Question, candidates: Sequence[Candidate], verdict: Verdict, context: Context
    ) -> Tuple[Verdict, List[Candidate], Optional[str]]:
        """What is done, the answers, what was asked first at the front, and the answer to a second question, if any.

        Where the whole of a message leaves everything unlikely, its halves may be clear.
        """
        second = None
        if verdict.decision == "answer" or self._seconds.may_be_halves(candidates):
            second = self._seconds.find(text, question, verdict.best, context)
        if verdict.decision != "answer" and second:
            is_clear = second.answer.id == candidates[1].id and self._doubt.misses(text, candidates[0].id) is None
            verdict = Verdict("answer", candidates[0], answers_among(candidates)) if is_clear else verdict
            second = second if is_clear else None
        answers = list(verdict.answers[:_TOLD])
        if second and second.comes_first:
            return verdict, [second.answer, *(c for c in answers if c.id != second.answer.id)], verdict.best.id
        return verdict, answers, second.answer.id if second else None

    def _is_known_of(self, best: Candidate, question: Question, context: Context) -> bool:
        """Whether an answer says for whom the named topic is, where a check was asked for.

        A professional who tells a case wants that answer; and the check has no questions on schemes.
        """
        if best.topic not in question.topics:
            return False
        if self._subjects.answers[best.id].topic_type in _NOT_CHECKED:
            return True
        is_for_case = best.facet == _FOR_WHOM and best.probability >= SURE_ALONE
        return is_for_case and context.role not in (None, "client")

    def _explained(self, question: Question, candidates: Sequence[Candidate], context: Context) -> Optional[Candidate]:
        """The answer to "IPS?" and "wgb, wa is da?": what the name means, whichever other answer is nearer."""
        # a name with "wat is" after a story asks that too; the bare name after it may ask whether it fits
        said = SENTENCE.split(question.text.strip())[-1]
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
        unsure = best.id.startswith(INTENT_PREFIX) or best.probability < SURE
        unsure = unsure or not self._index.is_about(best.id, frozenset(context.pair))
        if not pair and unsure and question.topics <= self._subjects.benefits and asks_which(question.text):
            # "welke past bij iemand die zorg mijdt?": what tells the two apart, no check of other help
            return context.pair
        return pair

    def _is_gibberish(self, text: str) -> bool:
        """Whether several words begin as none that Koers knows, and no longer word is known."""
        words = [word for word in tokens_of(text) if len(word) >= _SHORTEST_KNOWN]
        known = [word for word in words if word[:_KNOWN_PREFIX] in self._known]
        return len(words) - len(known) > 1 and all(len(word) < _KNOWN_PREFIX for word in known)

    def _about_both(self, pair: Sequence[str], candidates: List[Candidate]) -> List[Candidate]:
        """The answers, those on the difference between these two first, and none on another difference."""
        both = [c for c in candidates if c.facet == "verschil" and self._index.touches(c.id, pair)]
        others = [c for c in answers_among(candidates) if c.facet != "verschil"]
        return [*both, *others] or candidates


def _asks_nothing(text: str, context: Context) -> Optional[str]:
    """The intent of a message that is none of a question by its form alone."""
    if not text:
        return _STATE_ROLE
    if context.choosing and is_choice(text):
        return _CHOOSE
    if MARKUP.search(text):
        return _GIBBERISH
    return _NOT_HERE if NEW_RULES.search(text) else None


def learn_model(
    snapshot: Snapshot, encoder: Encoder, vectors_path: Path, conversation_examples: Mapping[str, Sequence[str]]
) -> AnswerModel:
    """The learned part of a `Reader`, to be kept with a trained model."""
    units = units_of(snapshot, conversation_examples)
    texts, _ = index_texts(units)
    return learn(units, VectorStore(encoder, vectors_path).encode(texts))
