"""Two questions in one message: "wat is X en wie betaalt dat?"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Dict, Optional, Sequence

from bot.nlu.answer_index import AnswerIndex, Candidate, Question
from bot.nlu.conversation.context import Context
from bot.nlu.conversation.reading import Conversation
from bot.nlu.doubt import BOUNDARY
from bot.nlu.judging import SURE_ALONE
from bot.nlu.phrases.asking import ANNOUNCES, CLAUSES, LISTS, asks, has_keyword
from bot.nlu.subjects import Subjects

_LONGEST_DOUBLE = 30
_CLEAR, _CLEAR_ENOUGH = 0.2, 0.5
"""How likely the answer to a second question must be that names something, and that asks on."""
_EXPLAINS = "wat"
_NO_SECOND_ANSWER = frozenset({"", BOUNDARY})
"""Conversation has no facet, and what Koers doesn't answer is no second answer."""


@dataclass(frozen=True)
class Second:
    """The answer to the other of two questions in one message."""

    answer: Candidate
    comes_first: bool
    """Whether it was asked before the one that was found for the whole message."""


class SecondAnswers:
    """Finds the answer to the other half of a message."""

    def __init__(self, subjects: Subjects, index: AnswerIndex, conversation: Conversation):
        self._subjects = subjects
        self._index = index
        self._conversation = conversation

    @staticmethod
    def may_be_halves(candidates: Sequence[Candidate]) -> bool:
        """Whether two answers on one topic share what is asked: two questions leave neither of them likely."""
        first, second = candidates[0], candidates[1]
        return first.topic == second.topic and second.probability >= _CLEAR and first.facet != BOUNDARY

    def find(self, text: str, question: Question, first: Candidate, context: Context) -> Optional[Second]:
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
            clear = _CLEAR if subjects else _CLEAR_ENOUGH if asks_on else SURE_ALONE
            # two questions of one kind are often one question in two ways
            clear = max(clear, SURE_ALONE) if best.facet == first.facet else clear
            # "en waarom niet?" is nearest to what the subject is, and doesn't ask that
            explains = bool(position) and not subjects and best.facet == _EXPLAINS
            if best.id == first.id or (
                best.probability >= clear and best.facet not in _NO_SECOND_ANSWER and not explains
            ):
                found[position] = best
        others = [position for position, answer in found.items() if answer.id != first.id]
        if not others:
            return None
        return Second(found[others[0]], comes_first=1 in found and found[1].id == first.id)
