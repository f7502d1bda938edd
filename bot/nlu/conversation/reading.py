"""What the conversation adds to a message: follow-ups, circumstances, corrections, "de tweede", two topics compared.

`understanding.Reader` reads a message on its own; a `Conversation` says what the words before it change: which topics
a follow-up is about, and in which other ways it may be read.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Dict, FrozenSet, Iterable, List, Mapping, Optional, Tuple

from bot.nlu.answer_index import AnswerIndex, Candidate, Question
from bot.nlu.conversation.bare_questions import BareQuestions
from bot.nlu.conversation.circumstances import Circumstances
from bot.nlu.conversation.context import Context
from bot.nlu.conversation.expectations import CORRECTION, INTENT_PREFIX, SURELY_NOT, expected
from bot.nlu.conversation.kinds import OF_A_THING, SURE_OF_FACET, SURE_OF_SUBJECT
from bot.nlu.conversation.telling import DECIDES, EXAMPLE, STILL, SURE, WHOM, WHY_NOT, who_decides
from bot.nlu.doubt import BOUNDARY
from bot.nlu.encoder import Encoder
from bot.nlu.names import tokens_of
from bot.nlu.phrases.asking import ASKS, has_keyword, only_tells
from bot.nlu.phrases.asking_back import (
    asks_example,
    asks_still,
    asks_where_to_turn,
    asks_who_decides,
    asks_whom,
    asks_why_not,
    doubts,
)
from bot.nlu.phrases.bare import names_nothing, nearly_names_nothing
from bot.nlu.phrases.circumstances import has_it, lives_there, tells_circumstance
from bot.nlu.phrases.correcting import corrected
from bot.nlu.phrases.editors import asks_how, asks_nearby, asks_which_region
from bot.nlu.phrases.following import (
    ASKS_THE_SAME,
    asks_then,
    asks_there,
    asks_what_else,
    asks_what_if,
    asks_what_next,
    asks_what_to_do,
    completes,
    denies,
    is_elliptic,
    leaning,
    refers_back,
)
from bot.nlu.subjects import Subjects, besides
from knowledge.queries import Unit

LEANS_LITTLE = 1.0
LEANS_MUCH = 2.5
_CANDIDATES = 12
_NAMED_SHARE = 0.4
_NAMED_SHARE_OF_OTHERS = 0.3
"""How much the reading with the conversation's topic counts; measured, see `docs/experiments.md`."""
_AFTER_SHARE = 0.65
"""How much the reading with the message before counts, when its answer wasn't sure at all."""
_LEAST_SHARE = 0.1
_CLEAR = 0.8
"""A message whose answer is this likely by its own words needs no other reading: none changed the first answer."""
_DOUBTED = 0.5
"""How much less a message leans on what an answer was about that wasn't sure at all."""
_LEANS_BESIDES_A_NAME = 1.5
_NEAR_ENOUGH, _UNSURE_OF_A_CASE = 0.25, 0.35
"""How likely another answer on what is spoken of must be, and the best one on something else, to be given for a few
words that name hardly anything."""
_TO_DO = 5.0
_DONE = frozenset({"tips", "aanmelden"})
_FLOW_RESULT = INTENT_PREFIX + "flow_result"
_OF_WHOM_SHARE = 0.3
_COURSE = "verloop"
_WHERE = "contact"
_ANEW_SHARE = 0.5
_AS_BEFORE, _FOR_WHOM = 0.5, "voor_wie"
"""Of whom the last question is asked now, may be asked as well: how likely it is the very same kind of question."""
_OF_ITS_OWN = 1.5
_FOLLOWS_FOR_IT = 6.0
"""What an editor put next for the very benefit that is named comes before all else on it."""
_WHOLE_SHARE = 0.6
_STORY_SHARE, _TOLD_SHARE = 0.5, 0.7
_THERE = 2.5
_OF_ANY_PLACE = frozenset({"arbeidsmarktregios", "werkcentrum"})
"""Topics that have an answer for every place."""
_SAID_BESIDES = 3
"""Words that "en bij een WIA, ook zo snel?" may have besides the name and still ask the last question anew."""


class Conversation:
    """Reads messages in the light of what was said before, with one version of the knowledge base."""

    def __init__(
        self,
        subjects: Subjects,
        encoder: Encoder,
        index: AnswerIndex,
        circumstances: Circumstances,
        bare: BareQuestions,
    ):
        """All of the same version."""
        self._subjects = subjects
        self._encoder = encoder
        self._index = index
        self._circumstances = circumstances
        self._bare = bare

    def corrected(self, text: str, context: Context) -> Tuple[str, Context]:
        """What "nee dat bedoel ik niet, zo'n beschutte plek" says instead, in words that name no topic."""
        rest, refused = corrected(text)
        names = {mention.value for mention in self._subjects.topics.link(rest)} - self._subjects.background
        if not rest or not context.said or tells_circumstance(text):
            return text, context
        if names:
            # "nee ik bedoel dat register voor ..." says more than a name, and tells nothing of who speaks
            return (rest if besides(rest, self._subjects.topics.link(rest)) else text), context
        meant = replace(context, unanswered=context.said, offered=(), rejected=context.last_answer)
        return rest, replace(meant, topics=(), last_answer=None, earlier=()) if refused else meant

    def asked_back(self, text: str, context: Context) -> Tuple[Optional[str], Optional[Unit]]:
        """What is asked of the very answer before, which says it itself, and that answer.

        That is whom to ask, who decides, or whether it is so. There is no answer when nothing was known.
        """
        last = self._subjects.answer(context.last_answer)
        decides = asks_who_decides(text) and names_nothing(text)
        if context.in_flow or (last is None and not context.missed):
            return None, None
        if last is None or context.missed:
            return (WHOM, None) if asks_where_to_turn(text) or decides else (None, None)
        unknown = last.facet == BOUNDARY
        asked = {
            DECIDES: decides and (unknown or any(map(who_decides, last.texts))),
            WHOM: asks_where_to_turn(text) if unknown else asks_whom(text),
            WHY_NOT: unknown and asks_why_not(text),
            EXAMPLE: not unknown and asks_example(text),
            STILL: not unknown and asks_still(text),
            SURE: not unknown and doubts(text),
        }
        what = next((what for what, is_asked in asked.items() if is_asked), None)
        return what, last if what else None

    def leant(self, question: Question, context: Context) -> Question:
        """The question with what it leans on: the topics it is about unsaid, and points for and against answers."""
        text = question.text
        named = question.topics | question.background
        background = question.background
        last = self._subjects.answer(context.last_answer)
        leans = 0.0 if named - question.aside else leaning(text)
        subjects = named - question.aside
        told = bool(subjects) and subjects <= question.background & self._subjects.benefits
        if subjects and subjects <= self._circumstances.of(context) and (refers_back(text) or told):
            # "hoor ik daar ook bij met wajong": the benefit is whose question it is, not what it is about
            background, leans = background | named, min(leaning(text), _LEANS_BESIDES_A_NAME)
        # what an unsure answer was about, is less likely what is spoken of
        leans *= 1 - _DOUBTED * (1 - context.sureness)
        facets = {_COURSE: 1.0} if last and leans and asks_what_next(text) else question.facets
        near = self._about(context, last, facets) if leans else (frozenset(), frozenset())
        return replace(
            question,
            topics=named - background,
            background=background,
            context=near[0],
            alluded=near[1],
            leaning=leans,
            facets=facets,
            prior=self._expected(question, last if leans else None, context),
            region=context.region,
        )

    def _expected(self, question: Question, last: Optional[Unit], context: Context) -> Dict[str, float]:
        """Points for and against answers: those of `expected`, and what fits a few forms of question."""
        prior = expected(question, last, context, self._subjects)
        if last and asks_what_to_do(question.text):
            units = [unit for unit in map(self._subjects.answers.get, last.follow_ups) if unit]
            # the one that says what to do, where there is one
            doing = [unit for unit in units if unit.facet in _DONE or asks_how(unit.question)]
            for unit in doing or units:
                prior[unit.id] = prior.get(unit.id, 0.0) + _TO_DO
        if asks_what_else(question.text):
            for answer, points in self._circumstances.cases(question, context).items():
                prior[answer] = prior.get(answer, 0.0) + points
        if has_keyword(question.text) and not context.guided:
            prior[_FLOW_RESULT] = -SURELY_NOT
        return prior

    def rank(self, question: Question, context: Context) -> List[Candidate]:
        """The answers to a question that `leant` returned, in the reading of it that fits the conversation.

        Empty when the last question is asked of a region that nothing is known of.
        """
        text, last = question.text, self._subjects.answer(context.last_answer)
        completing = bool(context.unanswered) and completes(text)
        of_whom = last is not None and self._circumstances.is_told(question, last)
        if last and of_whom and not completing and question.prior.get(last.id, 0.0) <= 0:
            candidates = self._with_circumstance(question, last, context)
        else:
            candidates = self._ranked(question, last, context)
        corrects = candidates[0].id == CORRECTION
        if question.topics and corrects and (completing or ASKS.search(text)):
            # "niet ips maar wgb: voor wie is dat" corrects and asks at once
            return [c for c in candidates if not c.id.startswith(INTENT_PREFIX)]
        if last and not (last.region or question.topics) and asks_there(text) and self._subjects.places.link(text):
            where = self.somewhere(context)
            if where or candidates[0].id == last.id or candidates[0].id.startswith(INTENT_PREFIX):
                # what was said already doesn't say whether it is there, and a place is no other language
                return [where, *candidates] if where else []
        if not (of_whom or completing) and (corrects or last):
            elsewhere = self._about_other(question, last)
            if elsewhere and last and not elsewhere.topics and not elsewhere.context:
                where = self.somewhere(context)
                return [where, *candidates] if where else []
            return self._index.rank(elsewhere, _CANDIDATES) if elsewhere else candidates
        return candidates

    def stayed(self, question: Question, context: Context, candidates: List[Candidate]) -> List[Candidate]:
        """The answers, what was spoken of first, for a few words that an unsure answer on something else is nearest to.

        "is dat gelukt?" and "na hoeveel maanden?" ask of the last answer; when nothing else there is near, it says so.
        """
        last, best, text = self._subjects.answer(context.last_answer), candidates[0], question.text
        supposes_more = asks_what_if(text) and best.probability < _UNSURE_OF_A_CASE
        bare = nearly_names_nothing(text) or supposes_more
        bare = bare and not (question.mentions or self._subjects.places.link(text))
        if last is None or not bare or context.guided or context.repeated or context.sureness < SURE_OF_SUBJECT:
            return candidates
        if last.facet == BOUNDARY or question.leaning <= LEANS_LITTLE or asks_what_next(text) or asks_what_to_do(text):
            return candidates
        is_answer = not best.id.startswith(INTENT_PREFIX) and best.facet != BOUNDARY
        about = question.context | question.alluded
        if not is_answer or best.probability >= SURE_OF_SUBJECT or best.id in last.follow_ups:
            return candidates
        if self._index.is_about(best.id, about):
            return candidates
        near = [c for c in candidates if c.probability >= _NEAR_ENOUGH and self._index.is_about(c.id, question.context)]
        first = near[0] if near else Candidate(last.id, last.topic, last.facet, best.probability, best.nearest)
        return [first, *(candidate for candidate in candidates if candidate.id != first.id)]

    def somewhere(self, context: Context) -> Optional[Candidate]:
        """Where a thing is found that is asked for in a place of which nothing is known; None when it isn't said."""
        last = self._subjects.answer(context.last_answer)
        if last is None or last.region:
            return None
        units = [unit for unit in self._subjects.answers.values() if unit.topic == last.topic]
        of_it = [unit for unit in units if unit.facet == _WHERE and asks_nearby(unit.question)]
        of_it += [unit for unit in units if asks_which_region(unit.question)]
        return Candidate(of_it[0].id, last.topic, of_it[0].facet, _CLEAR, 0.0) if of_it else None

    def _next_to(self, last: Unit) -> FrozenSet[str]:
        """The topics of the questions that an editor put after an answer."""
        answers = self._subjects.answers
        return frozenset(answers[answer].topic for answer in last.follow_ups if answer in answers)

    def subject(
        self, best: Candidate, question: Question, context: Context, is_answered: bool = True
    ) -> Tuple[str, ...]:
        """What the conversation is about after this answer: a follow-up leaves its subject in place.

        Empty when there is no answer and nothing new is named.
        """
        if not is_answered or best.facet == BOUNDARY:
            return tuple(sorted(question.topics - self._subjects.benefits))[:2]
        last = self._subjects.answer(context.last_answer)
        besides_it = last is not None and self._circumstances.is_told(question, last)
        if question.topics and not besides_it:
            subject = [best.topic] if best.topic in question.topics else [*sorted(question.topics), best.topic]
        elif (question.leaning or besides_it) and context.topics and self._index.touches(best.id, context.topics[:1]):
            subject = [context.topics[0], best.topic, *context.topics]
        else:
            subject = [best.topic]
        return tuple(dict.fromkeys(subject))[:2]

    def reworded(self, question: Question, text: str, topics: Iterable[str]) -> Question:
        """The question in these words, of these topics, leaning on nothing."""
        return replace(
            question,
            text=text,
            vectors=self._encoder.encode([text]),
            parts=(text,),
            unnamed=None,
            shares=(),
            mentions=(),
            topics=frozenset(topics) - self._subjects.background,
            context=frozenset(),
            alluded=frozenset(),
            leaning=0.0,
        )

    def _about(
        self, context: Context, last: Optional[Unit], facets: Mapping[str, float]
    ) -> Tuple[FrozenSet[str], FrozenSet[str]]:
        """What a follow-up is about, and what it may be about besides.

        That is what the last answer named or leads to, and what the answers before it were about.

        Of two topics the one that has an answer of the kind that is asked is nearer: who reads of a deskundigenoordeel
        under the law and asks "wat kost dat?" doesn't ask what the law costs.
        """
        offered = self._subjects.answer(context.offered[0]) if context.offered else None
        # after "Bedoel je ...?" a question of its own words is likeliest about what came nearest
        subject = frozenset(context.topics or ([offered.topic] if offered else ()))
        before = (self._subjects.answer(answer) for answer in context.earlier)
        near = (self._subjects.named_or_next(last) if last else frozenset()) - subject
        alluded = (near | frozenset(unit.topic for unit in before if unit)) - subject
        facet = max(facets, key=lambda name: facets[name], default="")
        sure = facet in OF_A_THING and facets[facet] >= SURE_OF_FACET
        if subject and sure and not self._subjects.having(subject, facet):
            # what was spoken of before the last answer is no nearer than what that is about
            having = self._subjects.having(self._next_to(last) if last and self._bare.is_thing(last) else near, facet)
            return (having, subject) if having else (subject, alluded)
        return subject, alluded

    def _ranked(self, question: Question, last: Optional[Unit], context: Context) -> List[Candidate]:
        """The answers; a message that leans on the conversation is also read with its topic's name added."""
        if context.unanswered and completes(question.text):
            # "bij een psychose", after "wat helpt op het werk" was met by "Bedoel je ...?"
            alone = self._index.rank(question, _CANDIDATES)
            if alone[0].id.startswith(INTENT_PREFIX) and not question.topics:
                return alone
            asked = self._unnamed(context.unanswered) if context.rejected and question.topics else context.unanswered
            whole = self.reworded(question, f"{asked} {question.text}", question.topics)
            return self._index.rank(question, _CANDIDATES, [(whole, _WHOLE_SHARE)])
        subjects = [topic for topic in context.topics if topic in question.context] or sorted(question.context)
        names = [self._subjects.names[topic] for topic in subjects[:2] if topic in self._subjects.names]
        if question.leaning and only_tells(context.unanswered) and not asks_what_if(context.unanswered):
            # a story that asked nothing, and now its question: "hoe lang mag dat?"
            whole = self.reworded(question, f"{context.unanswered} {question.text}", question.topics)
            return self._index.rank(question, _CANDIDATES, [(whole, _STORY_SHARE)])
        if question.topics and asks_then(question.text) and denies(context.said) and only_tells(context.said):
            # "ik ben niet in behandeling", and "kan ik dan IPS doen?"
            whole = self.reworded(question, f"{question.text} {context.said}", question.topics)
            return self._index.rank(question, _CANDIDATES, [(whole, _TOLD_SHARE)])
        of_whom = self._circumstances.benefit_told_before(question, context)
        if of_whom:
            return self._also_read(question, (f"{question.text} {of_whom[0]}", list(of_whom[1:]), _OF_WHOM_SHARE))
        if not question.leaning or not names or self._index.clearness(question) >= _CLEAR:
            return self._index.rank(question, _CANDIDATES)
        about = " ".join([question.text, *names])
        sure = context.sureness >= SURE_OF_SUBJECT and is_elliptic(question.text)
        # "wie betaalt dat?" after an opleiding: the topic's name, "uitkering en werk", says less than that question
        if last and context.said and asks_what_if(question.text):
            # "en als de klant toestemming geeft?" supposes something of the question as it was asked
            both = f"{context.said} {question.text}"
            return self._also_read(question, (about, subjects, _NAMED_SHARE / 2), (both, [], _NAMED_SHARE))
        if last and not asks_what_next(question.text) and (sure or self._needs_the_question(question, last)):
            anew = f"{last.question} {question.text}"
            return self._also_read(question, (about, subjects, _NAMED_SHARE / 2), (anew, subjects, _NAMED_SHARE))
        share = _NAMED_SHARE if question.leaning > LEANS_LITTLE else _NAMED_SHARE_OF_OTHERS
        after = _AFTER_SHARE * (1 - context.sureness) if context.said else 0.0
        if after >= _LEAST_SHARE:
            # the less sure the last answer, the more the words that it was given to say what is spoken of
            both = f"{context.said} {question.text}"
            return self._also_read(question, (about, subjects, share * (1 - after)), (both, [], after))
        return self._also_read(question, (about, subjects, share))

    def _also_read(self, question: Question, *readings: Tuple[str, List[str], float]) -> List[Candidate]:
        """The answers to a question that is also read in these words, of these topics, for this share each."""
        # Made side by side, and remembered.
        self._encoder.encode([text for text, _, _ in readings])
        others = [(self.reworded(question, text, topics[:2]), share) for text, topics, share in readings]
        return self._index.rank(question, _CANDIDATES, others)

    def _needs_the_question(self, question: Question, last: Unit) -> bool:
        """Whether a question of words that name nothing follows one that doesn't name its topic either."""
        named = {mention.value for mention in self._subjects.topics.link(last.question)}
        return names_nothing(question.text) and last.topic not in named

    def _unnamed(self, text: str) -> str:
        """A message without the names of topics in it: what is asked of another one."""
        words = tokens_of(text)
        for mention in self._subjects.topics.link(text):
            words[mention.start : mention.end] = [""] * (mention.end - mention.start)
        return " ".join(filter(None, words))

    def _with_circumstance(self, question: Question, last: Unit, context: Context) -> List[Candidate]:
        """The answers for "en met bijstand?": the last question once more, with what is told now."""
        like = self._circumstances.with_like_name(last, question.mentions)
        named = frozenset(mention.value for mention in question.mentions) - frozenset(context.topics)
        prior = self._circumstances.against_explaining(named, whatever=only_tells(question.text) and not like)
        if named & self._subjects.benefits:
            # who asks of themselves asks it of what was spoken of, not of something near it
            units = (unit for unit in self._subjects.answers.values() if unit.topic == last.topic)
            prior.update({unit.id: _OF_ITS_OWN for unit in units if unit.facet == _FOR_WHOM})
            # "en bij de wia?", after what work does to any benefit: an editor put what it does to that one next
            following = filter(None, map(self._subjects.answers.get, last.follow_ups))
            prior.update({unit.id: _FOLLOWS_FOR_IT for unit in following if unit.topic in named})
        told = replace(
            question,
            topics=frozenset(),
            context=frozenset(context.topics),
            leaning=LEANS_MUCH,
            facets={last.facet: _AS_BEFORE, _FOR_WHOM: 1 - _AS_BEFORE},
            prior=prior,
        )
        asked = like or f"{last.question} {question.text}"
        return self._index.rank(told, _CANDIDATES, [(self.reworded(told, asked, context.topics[:2]), _ANEW_SHARE)])

    def _about_other(self, question: Question, last: Optional[Unit]) -> Optional[Question]:
        """The last question, asked of the topic or place that alone is named now: "en bij WGB?", "en in Twente?".

        When nothing was asked before, what the topic is. None when the message says more than a name.
        """
        text, subjects = question.text, self._subjects
        mentions = [mention for mention in question.mentions if not mention.negated]
        places = [] if mentions else subjects.places.link(text)
        left = besides(text, mentions or places)
        if (places and lives_there(left)) or (tells_circumstance(text) and has_it(left)):
            left = []
        topics = question.topics or question.background & (self._subjects.benefits if last else frozenset())
        if not (topics or places) or len(left) > (_SAID_BESIDES if ASKS_THE_SAME.match(text) else 0):
            return None
        if places:
            names = {place.name for place in subjects.places.link(last.question)} if last else set()
            name = places[0].name
        else:
            names = set(subjects.names_of.get(last.topic, ())) if last else set()
            name = next(mention.name for mention in mentions if mention.value in topics)
        asked = last.question if last else f"Wat is {name}?"
        for old in sorted(names, key=len, reverse=True):
            asked, found = re.subn(rf"\b{re.escape(old)}\b", name, asked, flags=re.IGNORECASE)
            if found:
                break
        else:
            asked = f"{name}: {asked}" if last else asked
        lacking = last and last.facet in OF_A_THING and not subjects.having(topics, last.facet)
        if last and topics and lacking and topics <= subjects.named_in(last):
            # "en bij de banenafspraak?", after how long the no-riskpolis holds: still of the no-riskpolis
            return replace(self.reworded(question, f"{last.question} {text}", {last.topic}), prior={})
        other = replace(self.reworded(question, asked, ()), topics=topics)
        there = subjects.of_region.get(places[0].value, []) if places else []
        if places:
            nearby = frozenset(subjects.answers[unit].topic for unit in there)
            nearby |= _OF_ANY_PLACE & ({last.topic} if last else set())
            other = replace(other, context=nearby, leaning=LEANS_MUCH)
        # Their answers that name the other topic too would be nearest.
        aside = question.excluded | ({last.topic} if last else set()) - topics - other.context
        facets = {last.facet if last else "wat": 1.0}
        prior = dict.fromkeys(there, _THERE) if last and last.region else {}
        return replace(other, facets=facets, excluded=frozenset(), aside=frozenset(aside), prior=prior)
