"""What the conversation adds to a message: follow-ups, circumstances, corrections, "de tweede", two topics compared.

`understanding.Reader` reads a message on its own; a `Conversation` says what the words before it change: which topics
a follow-up is about, and in which other ways it may be read.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Dict, FrozenSet, Iterable, List, Mapping, Optional, Sequence, Tuple

from bot.nlu.answer_index import AnswerIndex, Candidate, Question
from bot.nlu.context import Context
from bot.nlu.doubt import BOUNDARY
from bot.nlu.encoder import Encoder
from bot.nlu.expectations import INTENT_PREFIX, expected
from bot.nlu.names import Mention, tokens_of
from bot.nlu.phrases import (
    ASKS,
    ASKS_THE_SAME,
    COMPARES,
    FILLERS,
    ORDINAL,
    POSITIONS,
    TWO_OF_THEM,
    asks_difference,
    asks_example,
    asks_how,
    asks_nearby,
    asks_nothing,
    asks_of_both,
    asks_still,
    asks_then,
    asks_there,
    asks_to_tell,
    asks_what_else,
    asks_what_if,
    asks_what_next,
    asks_what_to_do,
    asks_where_to_turn,
    asks_who_decides,
    asks_whom,
    asks_why_not,
    completes,
    corrected,
    denies,
    doubts,
    has_it,
    has_keyword,
    is_elliptic,
    is_lead_to_choice,
    leaning,
    lives_there,
    names_nothing,
    nearly_names_nothing,
    only_tells,
    refers_back,
    supposes,
    tells_circumstance,
)
from bot.nlu.subjects import Subjects, besides
from bot.nlu.telling import DECIDES, EXAMPLE, STILL, SURE, WHOM, WHY_NOT, who_decides
from knowledge.queries import Unit

LEANS_LITTLE = 1.0
LEANS_MUCH = 2.5

_CANDIDATES = 12
_CORRECTION = INTENT_PREFIX + "correct_topic"
_NAMED_SHARE = 0.4
_NAMED_SHARE_OF_OTHERS = 0.3
"""How much the reading with the conversation's topic counts; measured, see `docs/retrieval.md`."""
_AFTER_SHARE = 0.65
"""How much the reading with the message before counts, when its answer wasn't sure at all."""
_LEAST_SHARE = 0.1
_CLEAR = 0.8
"""A message whose answer is this likely by its own words needs no other reading: none changed the first answer."""
_SURE_OF_SUBJECT = 0.5
_DOUBTED = 0.5
"""How much less a message leans on what an answer was about that wasn't sure at all."""
_LEANS_BESIDES_A_NAME = 1.5
_SURE_OF_FACET = 0.5
_NEAR_ENOUGH, _UNSURE_OF_A_CASE = 0.25, 0.35
"""How likely another answer on what is spoken of must be, and the best one on something else, to be given for a few
words that name hardly anything."""
_KNOWN_ALREADY = 3.0
_FITS_A_CASE = 6.0
_GENERAL = frozenset({"interventies-overzicht"})
"""What "welke interventie past" names without meaning one."""
_ASKS_AGAIN = 8.0
_TO_DO = 5.0
_DONE = frozenset({"tips", "aanmelden"})
_FLOW_RESULT = INTENT_PREFIX + "flow_result"
_OF_WHOM_SHARE = 0.3
_EXPLAINS = frozenset({"wat", "voor_wie"})
_COURSE, _DIFFERENCE, _MONEY = "verloop", "verschil", "betaling"
_TOLD_OF = {
    "betaling": re.compile(r"gratis|kost|betaal|vergoed|euro|€|geld|financ|loon|verzeker|subsidie", re.IGNORECASE),
    "duur": re.compile(r"jaar|jaren|maand|we(?:ek|ken)|dag|uur|\blang|duur|termijn|\d", re.IGNORECASE),
}
"""Words of which an answer has one that says what something costs or how long it takes."""
_OF_A_THING = frozenset({"betaling", "duur", "aanmelden"})
"""Kinds of question that only a thing has an answer to: a price, a length, a way in."""
_IN_RECORDS = frozenset({"betaling", "aanmelden", "contact"})
"""Kinds of question that the record of a topic answers where none of its answers does."""
_WHERE, _WORKS = "contact", "werking"
_ASKED_OF_IT = frozenset({"voor_wie", "tips", "mag_moet"})
"""Kinds of question that who has a disorder asks of it."""
_LEAST_ASKED = 0.01
_OF_SOMEONE = frozenset(
    {"zoon", "dochter", "man", "vrouw", "partner", "vriend", "vriendin", "broer", "zus", "al", "jaren"}
)
_TOLD_BESIDES = 5
"""Words that "ik heb al jaren een depressie" has besides the name."""
_ANEW_SHARE = 0.5
_AS_BEFORE, _FOR_WHOM = 0.5, "voor_wie"
"""Of whom the last question is asked now, may be asked as well: how likely it is the very same kind of question."""
_OF_ITS_OWN = 1.5
_WHOLE_SHARE = 0.6
_STORY_SHARE, _TOLD_SHARE = 0.5, 0.7
_THERE = 2.5
_OF_ANY_PLACE = frozenset({"arbeidsmarktregios", "werkcentrum"})
"""Topics that have an answer for every place."""
_ENUMERATES = frozenset({"lijst", "verschil", "ervaringen", "wat"})
"""Kinds of answer that "de tweede" may point into."""
_SAID_BESIDES = 3
"""Words that "en bij een WIA, ook zo snel?" may have besides the name and still ask the last question anew."""


class Conversation:
    """Reads messages in the light of what was said before, with one version of the knowledge base."""

    def __init__(self, subjects: Subjects, encoder: Encoder, index: AnswerIndex):
        """All three of the same version."""
        self._subjects = subjects
        self._encoder = encoder
        self._index = index
        self._differences = [answer for answer, unit in subjects.answers.items() if unit.facet == _DIFFERENCE]

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
        last = self._last(context)
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

    def resolved(self, text: str, context: Context) -> Tuple[str, Optional[str]]:
        """The message with "de tweede" replaced by what an answer named second, and that answer's id."""
        found = ORDINAL.search(text.lower())
        if found is None or (context.choosing and not context.pair):
            return text, None
        position = POSITIONS[found.group("position")]
        for answer in (None, context.list_answer, context.last_answer):
            unit = self._subjects.answers.get(answer or "")
            names = self._subjects.listed_in(unit, context.role) if unit and unit.facet in _ENUMERATES else []
            if answer is None:
                names = [self._subjects.names[topic] for topic in context.pair if topic in self._subjects.names]
            if -len(names) <= position < len(names):
                before, after = text[: found.start()], text[found.end() :]
                # "doe maar de eerste, waar meld ik me aan"
                before = "" if is_lead_to_choice(before) else before
                rest = [word for word in tokens_of(f"{before} {after}") if word not in FILLERS]
                if rest and not asks_to_tell(rest):
                    return f"{before}{names[position]}{after}", answer
                last = self._last(context)
                # what was asked of the first is asked of the second too
                asked = last and last.id != answer and last.facet != _DIFFERENCE and not (context.choosing or rest)
                return f"En bij {names[position]}?" if asked else f"Wat is {names[position]}?", answer
        return text, None

    def leant(self, question: Question, context: Context) -> Question:
        """The question with what it leans on: the topics it is about unsaid, and points for and against answers."""
        text = question.text
        named = question.topics | question.background
        background = question.background
        last = self._last(context)
        leans = 0.0 if named - question.aside else leaning(text)
        subjects = named - question.aside
        told = bool(subjects) and subjects <= question.background & self._subjects.benefits
        if subjects and subjects <= self._circumstances(context) and (refers_back(text) or told):
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
            for answer, points in self.cases(question, context).items():
                prior[answer] = prior.get(answer, 0.0) + points
        if has_keyword(question.text) and not context.guided:
            prior[_FLOW_RESULT] = -_ASKS_AGAIN
        return prior

    def rank(self, question: Question, context: Context) -> List[Candidate]:
        """The answers to a question that `leant` returned, in the reading of it that fits the conversation.

        Empty when the last question is asked of a region that nothing is known of.
        """
        text, last = question.text, self._last(context)
        completing = bool(context.unanswered) and completes(text)
        of_whom = last is not None and self._is_circumstance(question, last)
        if last and of_whom and not completing and question.prior.get(last.id, 0.0) <= 0:
            candidates = self._with_circumstance(question, last, context)
        else:
            candidates = self._ranked(question, last, context)
        corrects = candidates[0].id == _CORRECTION
        if question.topics and corrects and (completing or ASKS.search(text)):
            # "niet ips maar wgb: voor wie is dat" corrects and asks at once
            return [c for c in candidates if not c.id.startswith(INTENT_PREFIX)]
        where = self.somewhere(context) if asks_there(text) and self._subjects.places.link(text) else None
        if where and not question.topics:
            return [where, *candidates]
        if not (of_whom or completing) and (corrects or last):
            elsewhere = self._about_other(question, last)
            if elsewhere and last and not elsewhere.topics and not elsewhere.context:
                where = self.somewhere(context)
                return [where, *candidates] if where else []
            return self._index.rank(elsewhere, _CANDIDATES) if elsewhere else candidates
        return candidates

    def item_of(self, text: str, list_answer: str, best: Candidate, context: Context) -> Optional[str]:
        """The item of a list that "de derde" points at, when no answer is likely to say more of it."""
        unit, found = self._subjects.answers.get(list_answer), ORDINAL.search(text.lower())
        if unit is None or found is None or best.probability >= _SURE_OF_SUBJECT:
            return None
        return self._subjects.item_of(unit, context.role, POSITIONS[found.group("position")])

    def stayed(self, question: Question, context: Context, candidates: List[Candidate]) -> List[Candidate]:
        """The answers, what was spoken of first, for a few words that an unsure answer on something else is nearest to.

        "is dat gelukt?" and "na hoeveel maanden?" ask of the last answer; when nothing else there is near, it says so.
        """
        last, best, text = self._last(context), candidates[0], question.text
        supposes_more = asks_what_if(text) and best.probability < _UNSURE_OF_A_CASE
        bare = nearly_names_nothing(text) or supposes_more
        bare = bare and not (question.mentions or self._subjects.places.link(text))
        if last is None or not bare or context.guided or context.repeated or context.sureness < _SURE_OF_SUBJECT:
            return candidates
        if last.facet == BOUNDARY or question.leaning <= LEANS_LITTLE or asks_what_next(text) or asks_what_to_do(text):
            return candidates
        is_answer = not best.id.startswith(INTENT_PREFIX) and best.facet != BOUNDARY
        about = question.context | question.alluded
        if not is_answer or best.probability >= _SURE_OF_SUBJECT or best.id in last.follow_ups:
            return candidates
        if self._index.is_about(best.id, about):
            return candidates
        near = [c for c in candidates if c.probability >= _NEAR_ENOUGH and self._index.is_about(c.id, question.context)]
        first = near[0] if near else Candidate(last.id, last.topic, last.facet, best.probability, best.nearest)
        return [first, *(candidate for candidate in candidates if candidate.id != first.id)]

    def somewhere(self, context: Context) -> Optional[Candidate]:
        """Where a thing is found that is asked for in a place of which nothing is known; None when it isn't said."""
        last = self._last(context)
        if last is None or last.region:
            return None
        units = (unit for unit in self._subjects.answers.values() if unit.topic == last.topic and unit.facet == _WHERE)
        of_it = (unit for unit in units if asks_nearby(unit.question))
        return next((Candidate(unit.id, unit.topic, unit.facet, _CLEAR, 0.0) for unit in of_it), None)

    def told_of(self, question: Question, context: Context, candidates: Sequence[Candidate]) -> List[Candidate]:
        """What may be asked by who only tells to have a disorder or a benefit, likeliest first; else empty."""
        last, subjects = self._last(context), self._subjects
        disorders = question.background & subjects.disorders
        benefits = (question.background | question.topics) & subjects.benefits
        if not (disorders or benefits) or not asks_nothing(question.text) or supposes(question.text):
            return []
        left = besides(question.text, question.mentions)
        if len(left) > _TOLD_BESIDES or (last and self._is_circumstance(question, last)):
            return []  # a story about something else, or of whom the last question is asked
        if not disorders and not has_it([word for word in left if word not in _OF_SOMEONE]):
            return []
        had = disorders or benefits
        near = [c for c in candidates if c.facet not in (BOUNDARY, *_EXPLAINS) and not c.id.startswith(INTENT_PREFIX)]
        units = [unit for unit in subjects.answers.values() if unit.topic in disorders and unit.facet in _ASKED_OF_IT]
        units = sorted(units, key=lambda unit: unit.facet != _FOR_WHOM)[:2]
        units += [subjects.answers[case] for case in subjects.cases if subjects.of_benefits[case] == benefits]
        units += [unit for unit in subjects.answers.values() if unit.topic in benefits and unit.facet == _MONEY][:1]
        asked = [Candidate(unit.id, unit.topic, unit.facet, 0.0, 0.0) for unit in units]
        asked += sorted((c for c in near if c.probability >= _LEAST_ASKED), key=lambda c: c.topic not in had)
        return list({c.id: c for c in asked}.values())

    def explains(self, best: Candidate) -> bool:
        """Whether an answer says what a benefit is or for whom, or is a guess: not for who tells to have it."""
        guessed = best.facet in _EXPLAINS or best.probability < _SURE_OF_SUBJECT
        return guessed and best.topic in self._subjects.benefits

    def asked_again(self, question: Question, context: Context) -> Optional[Candidate]:
        """The last answer, for who only tells of whom that question was: "ik heb trouwens wajong"."""
        last = self._last(context)
        if last is None or not only_tells(question.text) or not self._is_circumstance(question, last):
            return None
        return Candidate(last.id, last.topic, last.facet, context.sureness, 0.0)

    def unknown_of(self, best: Candidate, question: Question, context: Context) -> Optional[str]:
        """The topic that "is dat verplicht?" is about, when what is best is about another; else None."""
        last, facet = self._asked_of(question, context)
        if last is None or asks_what_to_do(question.text):
            return None
        if facet == "waarom" or question.facets[facet] < _SURE_OF_FACET:
            return None
        if asks_who_decides(question.text) and last.topic in self._subjects.disorders:
            return None  # whoever decides of one disorder, decides of all
        elsewhere = self._is_elsewhere(best, last, facet, question) or self._lacks(best, facet)
        return last.topic if elsewhere else None

    def _lacks(self, best: Candidate, facet: str) -> bool:
        """Whether an answer says nothing of what is asked of it in bare words: a price, or a length."""
        told, unit = _TOLD_OF.get(facet), self._subjects.answers.get(best.id)
        # "duur" is a length as well as a price
        return bool(told and unit and unit.facet not in _TOLD_OF and not any(map(told.search, unit.texts)))

    def record_of(self, best: Candidate, question: Question, context: Context) -> Optional[str]:
        """The topic whose record may say what is asked of it in bare words: who decides, how to begin, who pays.

        None when the best answer says it.
        """
        last, facet = self._asked_of(question, context)
        if last is None:
            return None
        if asks_who_decides(question.text):
            asked = self._subjects.answers.get(best.id)
            if asked is None or asked.id == last.id or not any(map(who_decides, asked.texts)):
                return last.topic
            says = asked.topic == last.topic or asks_who_decides(asked.question)
            return None if says and self._index.is_about(best.id, frozenset({last.topic})) else last.topic
        if facet not in _IN_RECORDS or question.facets[facet] < _SURE_OF_FACET:
            return None
        return last.topic if self._is_elsewhere(best, last, facet, question) else None

    def _asked_of(self, question: Question, context: Context) -> Tuple[Optional[Unit], str]:
        """The last answer, when a question in bare words is about it, and the likeliest kind of question."""
        is_about_it = question.context and names_nothing(question.text)
        facet = max(question.facets, key=lambda name: question.facets[name], default="")
        return (self._last(context) if is_about_it else None), facet

    def _is_elsewhere(self, best: Candidate, last: Unit, facet: str, question: Question) -> bool:
        """Whether the best answer isn't about what a question in bare words is about.

        What costs money or takes time is the thing that was explained, not another that was named with it.
        """
        about = question.context | question.alluded
        if (facet in _OF_A_THING or facet == _WORKS) and self._is_thing(last):
            about = frozenset({last.topic})
        return best.id not in last.follow_ups and not self._index.is_about(best.id, about)

    def _is_thing(self, last: Unit) -> bool:
        """Whether an answer is about its topic as a thing: it explains it, or its question names it."""
        named = {mention.value for mention in self._subjects.topics.link(last.question)}
        return last.facet in _EXPLAINS or last.topic in named

    def _next_to(self, last: Unit) -> FrozenSet[str]:
        """The topics of the questions that an editor put after an answer."""
        answers = self._subjects.answers
        return frozenset(answers[answer].topic for answer in last.follow_ups if answer in answers)

    def compared(self, question: Question, context: Context) -> Tuple[str, ...]:
        """The two topics that are to be compared, the conversation's first when only one is named."""
        text = question.text
        if asks_of_both(text) and len(context.topics) == 2 and not question.topics - self._subjects.benefits:
            return context.topics
        if asks_of_both(text) and not question.topics and (both := self._last_two(context)):
            return both
        if not COMPARES.search(text):
            return ()
        both = self._last_two(context)
        if both and not question.mentions and asks_difference(text):
            return both
        few = TWO_OF_THEM.search(text)
        if few and len(context.topics) > 1 and not question.topics:
            return context.topics[-2:] if few.group("which") == "laatste" else context.topics[:2]
        # one name may stand for several topics ("jobcoach"): it counts once
        subjects = question.topics or self._subjects.terms
        spans = {m.start: m.value for m in reversed(question.mentions) if m.value in subjects}
        named = [spans[start] for start in sorted(spans)]
        alone = question.topics and len(set(named)) == 1
        topics = list(dict.fromkeys([*(self._compared_with(named[0], context) if alone else ()), *named]))
        return tuple(topics) if len(topics) == 2 else ()

    def _compared_with(self, named: str, context: Context) -> Tuple[str, ...]:
        """What a topic that alone is named is compared with: what was spoken of that an answer sets it against.

        Without such an answer it is what was spoken of most.
        """
        before = [
            self._subjects.answers[answer].topic for answer in context.earlier if answer in self._subjects.answers
        ]
        spoken_of = [topic for topic in dict.fromkeys([*context.topics, *before]) if topic != named]
        for topic in spoken_of:
            if any(self._index.touches(answer, (topic, named)) for answer in self._differences):
                return (topic,)
        return (max(spoken_of, key=before.count),) if spoken_of else ()

    def _last_two(self, context: Context) -> Tuple[str, ...]:
        """What the last two answers were about, when the second was named just before: "en een ips-coach?"."""
        named = {mention.value for mention in self._subjects.topics.link(context.said)}
        before = self._subjects.answers.get(context.earlier[1]) if len(context.earlier) > 1 else None
        if before is None or not context.topics or context.topics[0] not in named or before.topic == context.topics[0]:
            return ()
        return before.topic, context.topics[0]

    def subject(
        self, best: Candidate, question: Question, context: Context, is_answered: bool = True
    ) -> Tuple[str, ...]:
        """What the conversation is about after this answer: a follow-up leaves its subject in place.

        Empty when there is no answer and nothing new is named.
        """
        if not is_answered or best.facet == BOUNDARY:
            return tuple(sorted(question.topics - self._subjects.benefits))[:2]
        last = self._last(context)
        besides_it = last is not None and self._is_circumstance(question, last)
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
            shares=(),
            mentions=(),
            topics=frozenset(topics) - self._subjects.background,
            context=frozenset(),
            alluded=frozenset(),
            leaning=0.0,
        )

    def cases(self, question: Question, context: Context) -> Dict[str, float]:
        """Points for what may help with the benefit that a message names, or the story before it."""
        interventions = question.topics - self._subjects.benefits - self._subjects.terms - _GENERAL
        told = (
            [m for m in mentions if not m.negated]
            for mentions in (question.mentions, self._subjects.topics.link(context.said))
        )
        found = (frozenset(mention.value for mention in mentions) & self._subjects.benefits for mentions in told)
        benefits = next(filter(None, found), frozenset())
        if interventions or not benefits:
            return {}
        return {
            answer: _FITS_A_CASE for answer in self._subjects.cases if self._subjects.of_benefits[answer] & benefits
        }

    def _last(self, context: Context) -> Optional[Unit]:
        return self._subjects.answers.get(context.last_answer or "")

    def _circumstances(self, context: Context) -> FrozenSet[str]:
        """Topics that say of whom a question is asked in this conversation; none before anything was said."""
        last = self._last(context)
        if last is not None:
            return self._subjects.circumstances_of(last)
        others = self._subjects.benefits | self._subjects.disorders
        return others if context.topics and not others & frozenset(context.topics) else frozenset()

    def _is_circumstance(self, question: Question, last: Unit) -> bool:
        """Whether a message only tells of whom the last question is asked: "en met bijstand?", "ook bij adhd?"."""
        named = frozenset(mention.value for mention in question.mentions if not mention.negated) - self._subjects.terms
        if not named <= self._subjects.circumstances_of(last):
            return False
        return tells_circumstance(question.text) or (bool(named) and not besides(question.text, question.mentions))

    def _about(
        self, context: Context, last: Optional[Unit], facets: Mapping[str, float]
    ) -> Tuple[FrozenSet[str], FrozenSet[str]]:
        """What a follow-up is about, and what it may be about besides.

        That is what the last answer named or leads to, and what the answers before it were about.

        Of two topics the one that has an answer of the kind that is asked is nearer: who reads of a deskundigenoordeel
        under the law and asks "wat kost dat?" doesn't ask what the law costs.
        """
        offered = self._subjects.answers.get(context.offered[0]) if context.offered else None
        # after "Bedoel je ...?" a question of its own words is likeliest about what came nearest
        subject = frozenset(context.topics or ([offered.topic] if offered else ()))
        before = (self._subjects.answers.get(answer) for answer in context.earlier)
        near = (self._subjects.named_or_next(last) if last else frozenset()) - subject
        alluded = (near | frozenset(unit.topic for unit in before if unit)) - subject
        facet = max(facets, key=lambda name: facets[name], default="")
        sure = facet in _OF_A_THING and facets[facet] >= _SURE_OF_FACET
        if subject and sure and not self._subjects.having(subject, facet):
            # what was spoken of before the last answer is no nearer than what that is about
            having = self._subjects.having(self._next_to(last) if last and self._is_thing(last) else near, facet)
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
        of_whom = self._of_whom(question, last, context)
        if of_whom:
            return self._also_read(question, (f"{question.text} {of_whom[0]}", list(of_whom[1:]), _OF_WHOM_SHARE))
        if not question.leaning or not names or self._index.clearness(question) >= _CLEAR:
            return self._index.rank(question, _CANDIDATES)
        about = " ".join([question.text, *names])
        sure = context.sureness >= _SURE_OF_SUBJECT and is_elliptic(question.text)
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

    def _of_whom(self, question: Question, last: Optional[Unit], context: Context) -> Tuple[str, ...]:
        """Name and topic of the benefit that was told just before a question of its own words; else empty."""
        if question.mentions or names_nothing(question.text) or not only_tells(context.said):
            return ()
        said = [m for m in self._subjects.topics.link(context.said) if not m.negated]
        told = [m for m in said if m.value in self._subjects.benefits]
        return (told[0].name, told[0].value) if len(told) == 1 else ()

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
        like = self._with_like_name(last, question.mentions)
        named = frozenset(mention.value for mention in question.mentions) - frozenset(context.topics)
        prior = self._explaining(named, whatever=only_tells(question.text) and not like)
        if named & self._subjects.benefits:
            # who asks of themselves asks it of what was spoken of, not of something near it
            units = (unit for unit in self._subjects.answers.values() if unit.topic == last.topic)
            prior.update({unit.id: _OF_ITS_OWN for unit in units if unit.facet == _FOR_WHOM})
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

    def _explaining(self, named: FrozenSet[str], whatever: bool) -> Dict[str, float]:
        """Points against what explains these topics: who says to have one knows what it is.

        `whatever`: against all that is said of them, when it is only told: "ik heb trouwens wajong".
        Nor does it only correct: "sorry, ik bedoel WIA" asks once more.
        """
        answers = self._subjects.answers.values()
        units = (unit for unit in answers if unit.topic in named and (whatever or unit.facet in _EXPLAINS))
        return {**{unit.id: -_KNOWN_ALREADY for unit in units}, **({_CORRECTION: -_ASKS_AGAIN} if named else {})}

    def _with_like_name(self, last: Unit, mentions: Sequence[Mention]) -> Optional[str]:
        """The last question with a benefit or disorder that it names replaced by the one that is named now."""
        for kind in (self._subjects.benefits, self._subjects.disorders):
            names = [mention.name for mention in mentions if mention.value in kind and not mention.negated]
            words = tokens_of(last.question)
            spans = {m.start: m.end for m in self._subjects.topics.link(last.question) if m.value in kind}
            if names and spans:
                for start in sorted(spans, reverse=True):
                    words[start : spans[start]] = [names[0]] if start == min(spans) else []
                return " ".join(words)
        return None

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
        lacking = last and last.facet in _OF_A_THING and not subjects.having(topics, last.facet)
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
