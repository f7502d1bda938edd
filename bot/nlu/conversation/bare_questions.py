"""Questions in words that name nothing, of what was just answered: "kost dat geld?", "wie beslist daarover?"."""

from __future__ import annotations

import re
from typing import Optional, Tuple

from bot.nlu.answer_index import AnswerIndex, Candidate, Question
from bot.nlu.conversation.context import Context
from bot.nlu.conversation.kinds import EXPLAINS, OF_A_THING, SURE_OF_FACET
from bot.nlu.conversation.telling import who_decides
from bot.nlu.phrases.asking_back import asks_who_decides
from bot.nlu.phrases.bare import names_nothing
from bot.nlu.phrases.following import asks_what_to_do
from bot.nlu.subjects import Subjects
from knowledge.queries import Unit

_TOLD_OF = {
    "betaling": re.compile(r"gratis|kost|betaal|vergoed|euro|€|geld|financ|loon|verzeker|subsidie", re.IGNORECASE),
    "duur": re.compile(r"jaar|jaren|maand|we(?:ek|ken)|dag|uur|\blang|duur|termijn|\d", re.IGNORECASE),
}
"""Words of which an answer has one that says what something costs or how long it takes."""
_IN_RECORDS = frozenset({"betaling", "aanmelden", "contact"})
"""Kinds of question that the record of a topic answers where none of its answers does."""
_WORKS = "werking"


class BareQuestions:
    """Says whether the answer that was found says what such a question asks of the last one."""

    def __init__(self, subjects: Subjects, index: AnswerIndex):
        """Both of the same version."""
        self._subjects = subjects
        self._index = index

    def unknown_of(self, best: Candidate, question: Question, context: Context) -> Optional[str]:
        """The topic that "is dat verplicht?" is about, when what is best is about another; else None."""
        last, facet = self._asked_of(question, context)
        if last is None or asks_what_to_do(question.text):
            return None
        if facet == "waarom" or question.facets[facet] < SURE_OF_FACET:
            return None
        if asks_who_decides(question.text) and last.topic in self._subjects.disorders:
            return None  # whoever decides of one disorder, decides of all
        elsewhere = self._is_elsewhere(best, last, facet, question) or self._lacks(best, facet)
        return last.topic if elsewhere else None

    def _lacks(self, best: Candidate, facet: str) -> bool:
        """Whether an answer says nothing of what is asked of it in bare words: a price, or a length."""
        told, unit = _TOLD_OF.get(facet), self._subjects.answer(best.id)
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
            asked = self._subjects.answer(best.id)
            if asked is None or asked.id == last.id or not any(map(who_decides, asked.texts)):
                return last.topic
            says = asked.topic == last.topic or asks_who_decides(asked.question)
            return None if says and self._index.is_about(best.id, frozenset({last.topic})) else last.topic
        if facet not in _IN_RECORDS or question.facets[facet] < SURE_OF_FACET:
            return None
        return last.topic if self._is_elsewhere(best, last, facet, question) else None

    def _asked_of(self, question: Question, context: Context) -> Tuple[Optional[Unit], str]:
        """The last answer, when a question in bare words is about it, and the likeliest kind of question."""
        is_about_it = question.context and names_nothing(question.text)
        facet = max(question.facets, key=lambda name: question.facets[name], default="")
        return (self._subjects.answer(context.last_answer) if is_about_it else None), facet

    def _is_elsewhere(self, best: Candidate, last: Unit, facet: str, question: Question) -> bool:
        """Whether the best answer isn't about what a question in bare words is about.

        What costs money or takes time is the thing that was explained, not another that was named with it.
        """
        about = question.context | question.alluded
        if (facet in OF_A_THING or facet == _WORKS) and self.is_thing(last):
            about = frozenset({last.topic})
        return best.id not in last.follow_ups and not self._index.is_about(best.id, about)

    def is_thing(self, last: Unit) -> bool:
        """Whether an answer is about its topic as a thing: it explains it, or its question names it."""
        named = {mention.value for mention in self._subjects.topics.link(last.question)}
        return last.facet in EXPLAINS or last.topic in named
