"""Of whom something is asked, as it is told in words of its own: "en met bijstand?", "ik heb trouwens wajong"."""

from __future__ import annotations

from typing import Dict, FrozenSet, List, Optional, Sequence, Tuple

from bot.nlu.answer_index import Candidate, Question
from bot.nlu.conversation.context import Context
from bot.nlu.conversation.expectations import CORRECTION, INTENT_PREFIX, SURELY_NOT
from bot.nlu.conversation.kinds import EXPLAINS, SURE_OF_SUBJECT
from bot.nlu.doubt import BOUNDARY
from bot.nlu.names import Mention, tokens_of
from bot.nlu.phrases.asking import asks_nothing, only_tells
from bot.nlu.phrases.bare import names_nothing
from bot.nlu.phrases.circumstances import has_it, supposes, tells_circumstance
from bot.nlu.subjects import Subjects, besides
from knowledge.queries import Unit

_KNOWN_ALREADY = 3.0
_FITS_A_CASE = 6.0
_GENERAL = frozenset({"interventies-overzicht"})
"""What "welke interventie past" names without meaning one."""
_MONEY = "betaling"
_ASKED_OF_IT = frozenset({"voor_wie", "tips", "mag_moet"})
"""Kinds of question that who has a disorder asks of it."""
_LEAST_ASKED = 0.01
_OF_SOMEONE = frozenset(
    {"zoon", "dochter", "man", "vrouw", "partner", "vriend", "vriendin", "broer", "zus", "al", "jaren"}
)
_TOLD_BESIDES = 5
"""Words that "ik heb al jaren een depressie" has besides the name."""
_FOR_WHOM = "voor_wie"


class Circumstances:
    """What messages tell of the person that a question is about."""

    def __init__(self, subjects: Subjects):
        """Of one version of the knowledge base."""
        self._subjects = subjects

    def told_of(self, question: Question, context: Context, candidates: Sequence[Candidate]) -> List[Candidate]:
        """What may be asked by who only tells to have a disorder or a benefit, likeliest first; else empty."""
        last, subjects = self._subjects.answer(context.last_answer), self._subjects
        disorders = question.background & subjects.disorders
        benefits = (question.background | question.topics) & subjects.benefits
        if not (disorders or benefits) or not asks_nothing(question.text) or supposes(question.text):
            return []
        left = besides(question.text, question.mentions)
        if len(left) > _TOLD_BESIDES or (last and self.is_told(question, last)):
            return []  # a story about something else, or of whom the last question is asked
        if not disorders and not has_it([word for word in left if word not in _OF_SOMEONE]):
            return []
        had = disorders or benefits
        near = [c for c in candidates if c.facet not in (BOUNDARY, *EXPLAINS) and not c.id.startswith(INTENT_PREFIX)]
        units = [unit for unit in subjects.answers.values() if unit.topic in disorders and unit.facet in _ASKED_OF_IT]
        units = sorted(units, key=lambda unit: unit.facet != _FOR_WHOM)[:2]
        units += [subjects.answers[case] for case in subjects.cases if subjects.of_benefits[case] == benefits]
        units += [unit for unit in subjects.answers.values() if unit.topic in benefits and unit.facet == _MONEY][:1]
        asked = [Candidate(unit.id, unit.topic, unit.facet, 0.0, 0.0) for unit in units]
        asked += sorted((c for c in near if c.probability >= _LEAST_ASKED), key=lambda c: c.topic not in had)
        return list({c.id: c for c in asked}.values())

    def explains(self, best: Candidate) -> bool:
        """Whether an answer says what a benefit is or for whom, or is a guess: not for who tells to have it."""
        guessed = best.facet in EXPLAINS or best.probability < SURE_OF_SUBJECT
        return guessed and best.topic in self._subjects.benefits

    def asked_again(self, question: Question, context: Context) -> Optional[Candidate]:
        """The last answer, for who only tells of whom that question was: "ik heb trouwens wajong"."""
        last = self._subjects.answer(context.last_answer)
        if last is None or not only_tells(question.text) or not self.is_told(question, last):
            return None
        return Candidate(last.id, last.topic, last.facet, context.sureness, 0.0)

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

    def of(self, context: Context) -> FrozenSet[str]:
        """Topics that say of whom a question is asked in this conversation; none before anything was said."""
        last = self._subjects.answer(context.last_answer)
        if last is not None:
            return self._subjects.circumstances_of(last)
        others = self._subjects.benefits | self._subjects.disorders
        return others if context.topics and not others & frozenset(context.topics) else frozenset()

    def is_told(self, question: Question, last: Unit) -> bool:
        """Whether a message only tells of whom the last question is asked: "en met bijstand?", "ook bij adhd?"."""
        named = frozenset(mention.value for mention in question.mentions if not mention.negated) - self._subjects.terms
        if not named <= self._subjects.circumstances_of(last):
            return False
        return tells_circumstance(question.text) or (bool(named) and not besides(question.text, question.mentions))

    def benefit_told_before(self, question: Question, context: Context) -> Tuple[str, ...]:
        """Name and topic of the benefit that was told just before a question of its own words; else empty."""
        if question.mentions or names_nothing(question.text) or not only_tells(context.said):
            return ()
        said = [m for m in self._subjects.topics.link(context.said) if not m.negated]
        told = [m for m in said if m.value in self._subjects.benefits]
        return (told[0].name, told[0].value) if len(told) == 1 else ()

    def against_explaining(self, named: FrozenSet[str], whatever: bool) -> Dict[str, float]:
        """Points against what explains these topics: who says to have one knows what it is.

        `whatever`: against all that is said of them, when it is only told: "ik heb trouwens wajong".
        Nor does it only correct: "sorry, ik bedoel WIA" asks once more.
        """
        answers = self._subjects.answers.values()
        units = (unit for unit in answers if unit.topic in named and (whatever or unit.facet in EXPLAINS))
        return {**{unit.id: -_KNOWN_ALREADY for unit in units}, **({CORRECTION: -SURELY_NOT} if named else {})}

    def with_like_name(self, last: Unit, mentions: Sequence[Mention]) -> Optional[str]:
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
