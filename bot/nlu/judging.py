"""Whether the likeliest answer is given, others are offered, or nothing is known: after all doubts."""

from __future__ import annotations

from typing import List, NamedTuple, Optional, Sequence

from bot.nlu.answer_index import AnswerIndex, Candidate, Question
from bot.nlu.conversation.bare_questions import BareQuestions
from bot.nlu.conversation.circumstances import Circumstances
from bot.nlu.conversation.context import Context
from bot.nlu.conversation.expectations import INTENT_PREFIX
from bot.nlu.conversation.reading import LEANS_LITTLE, LEANS_MUCH
from bot.nlu.doubt import BOUNDARY, LEAST, Doubt, Missed
from bot.nlu.homes import Homes
from bot.nlu.phrases.asking import only_tells
from bot.nlu.phrases.circumstances import tells_circumstance
from bot.nlu.phrases.correcting import corrects
from bot.nlu.phrases.following import asks_what_if

SURE = 0.22
"""From this probability on the best answer is given: the scores were fitted so that it is one."""
_SURE_OF_A_FOLLOW_UP = 0.15
"""The same for a short follow-up, of an answer on what the conversation is about."""
_KNOWN = 0.10
"""From where it is asked which of several is meant; below it nothing is known."""
SURE_ALONE = 0.7
"""From where an answer needs nothing else that speaks for it."""
_SURE_OF_A_STORY = 0.5
"""From this probability on someone who asks nothing gets an answer; below it they are asked what they want to know."""
_SURE_OF_A_CONDITION = 0.3
"""The same for "en als hij weer uitvalt", which asks something without a word of a question."""
_SURE_TOGETHER = 0.35
"""From where the answers on what a follow-up is about are together likely enough for the best of them."""
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


class Verdict(NamedTuple):
    """What is done with the answers that were found."""

    decision: str
    best: Candidate
    """The answer that is nearest, given or not."""
    answers: Sequence[Candidate]
    unknown_of: Optional[str] = None
    record_of: Optional[str] = None


class Judge:
    """Judges what the index finds."""

    def __init__(
        self,
        index: AnswerIndex,
        doubt: Doubt,
        homes: Homes,
        circumstances: Circumstances,
        bare: BareQuestions,
    ):
        self._index = index
        self._doubt = doubt
        self._homes = homes
        self._circumstances = circumstances
        self._bare = bare

    def judged(self, question: Question, candidates: Sequence[Candidate], context: Context) -> Verdict:
        """Whether the best of the candidates is given, others or none, after all doubts."""
        best, answers = candidates[0], answers_among(candidates)
        decision = self.decision(best, answers, question)
        missed = self._doubt.misses(question.text, best.id)
        if missed is None and self._homes.elsewhere(question.text, best.id):
            missed = Missed()
        is_outside = missed is None and decision != "unknown" and self.is_from_outside(question, candidates)
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
            near = [candidate for candidate in answers_among(candidates) if candidate.facet != BOUNDARY]
            if near and near[0].probability >= _KNOWN:
                decision, answers = "clarify", near
        told = self._circumstances.told_of(question, context, candidates)
        if told and (decision != "answer" or best.facet == BOUNDARY or self._circumstances.explains(best)):
            best, decision, answers = told[0], "clarify", told
        again = None if decision == "answer" else self._circumstances.asked_again(question, context)
        if again:
            best, decision = again, "answer"
            answers = [again, *(candidate for candidate in answers if candidate.id != again.id)]
        return Verdict(decision, best, answers, unknown_of, record_of)

    @staticmethod
    def _is_unsure_of_a_story(best: Candidate, text: str) -> bool:
        """Whether someone asks nothing, tells nothing about the last question either, and no answer is likely."""
        sure = _SURE_OF_A_CONDITION if asks_what_if(text) else _SURE_OF_A_STORY
        return best.probability < sure and only_tells(text) and not (tells_circumstance(text) or corrects(text))

    def decision(self, best: Candidate, answers: Sequence[Candidate], question: Question) -> str:
        """Answer, ask which is meant, or say that it isn't known."""
        follows = question.leaning > LEANS_LITTLE
        follows = follows and self._index.is_about(best.id, question.context | question.alluded)
        if best.probability < _KNOWN:
            return "unknown"
        if self._refers_to_nothing(question, answers):
            return "clarify"
        if best.probability >= (_SURE_OF_A_FOLLOW_UP if follows else SURE):
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
        return first.topic != second.topic and first.probability < SURE_ALONE

    def is_from_outside(self, question: Question, candidates: Sequence[Candidate]) -> bool:
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


def answers_among(candidates: Sequence[Candidate]) -> List[Candidate]:
    """The candidates that are answers, and no kinds of conversation."""
    return [candidate for candidate in candidates if not candidate.id.startswith(INTENT_PREFIX)]
