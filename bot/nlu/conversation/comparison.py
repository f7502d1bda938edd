"""Two topics that are to be put next to each other: "wat is het verschil?", "is WGB beter dan IPS?"."""

from __future__ import annotations

from typing import Tuple

from bot.nlu.answer_index import AnswerIndex, Question
from bot.nlu.conversation.context import Context
from bot.nlu.names import tokens_of
from bot.nlu.phrases.pointing import COMPARES, TWO_OF_THEM, asks_difference, asks_of_both
from bot.nlu.subjects import Subjects

_DIFFERENCE = "verschil"


class Comparison:
    """Finds the two topics that are to be compared."""

    def __init__(self, subjects: Subjects, index: AnswerIndex):
        """Both of the same version."""
        self._subjects = subjects
        self._index = index
        self._differences = [answer for answer, unit in subjects.answers.items() if unit.facet == _DIFFERENCE]

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
            if self._is_told_apart(topic, named):
                return (topic,)
        last = self._subjects.answer(context.last_answer)
        if spoken_of and last is not None and all(self._is_part(topic, named) for topic in spoken_of):
            # "wat is het verschil met ips?", after what a gemeente has instead of IPS: one of those
            for topic in self._subjects.in_order(last):
                if self._is_told_apart(topic, named):
                    return (topic,)
        return (max(spoken_of, key=before.count),) if spoken_of else ()

    def _is_told_apart(self, one: str, other: str) -> bool:
        """Whether an answer says what differs between two topics."""
        return any(self._index.touches(answer, (one, other)) for answer in self._differences)

    def _is_part(self, topic: str, named: str) -> bool:
        """Whether a topic has another's name in its own, "Gemeenten en IPS": they aren't two of a kind."""
        names = self._subjects.names
        return set(tokens_of(names.get(named, named))) <= set(tokens_of(names.get(topic, topic)))

    def _last_two(self, context: Context) -> Tuple[str, ...]:
        """What the last two answers were about, when the second was named just before: "en een ips-coach?"."""
        named = {mention.value for mention in self._subjects.topics.link(context.said)}
        before = self._subjects.answer(context.earlier[1]) if len(context.earlier) > 1 else None
        if before is None or not context.topics or context.topics[0] not in named or before.topic == context.topics[0]:
            return ()
        return before.topic, context.topics[0]
