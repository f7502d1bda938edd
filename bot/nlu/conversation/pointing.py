"""Pointing into an answer before: "de tweede", "vertel eens over de laatste"."""

from __future__ import annotations

from typing import Optional, Tuple

from bot.nlu.answer_index import Candidate
from bot.nlu.conversation.context import Context
from bot.nlu.conversation.kinds import SURE_OF_SUBJECT
from bot.nlu.names import tokens_of
from bot.nlu.phrases.correcting import FILLERS
from bot.nlu.phrases.pointing import ORDINAL, POSITIONS, asks_to_tell, is_lead_to_choice
from bot.nlu.subjects import Subjects

_DIFFERENCE = "verschil"
_ENUMERATES = frozenset({"lijst", "verschil", "ervaringen", "wat"})
"""Kinds of answer that "de tweede" may point into."""


class Pointing:
    """Finds what is pointed at."""

    def __init__(self, subjects: Subjects):
        """Of one version of the knowledge base."""
        self._subjects = subjects

    def resolved(self, text: str, context: Context) -> Tuple[str, Optional[str]]:
        """The message with "de tweede" replaced by what an answer named second, and that answer's id."""
        found = ORDINAL.search(text.lower())
        if found is None or (context.choosing and not context.pair):
            return text, None
        position = POSITIONS[found.group("position")]
        for answer in (None, context.list_answer, context.last_answer):
            unit = self._subjects.answer(answer)
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
                last = self._subjects.answer(context.last_answer)
                # what was asked of the first is asked of the second too
                asked = last and last.id != answer and last.facet != _DIFFERENCE and not (context.choosing or rest)
                return f"En bij {names[position]}?" if asked else f"Wat is {names[position]}?", answer
        return text, None

    def item_of(self, text: str, list_answer: str, best: Candidate, context: Context) -> Optional[str]:
        """The item of a list that "de derde" points at, when no answer is likely to say more of it."""
        unit, found = self._subjects.answer(list_answer), ORDINAL.search(text.lower())
        if unit is None or found is None or best.probability >= SURE_OF_SUBJECT:
            return None
        return self._subjects.item_of(unit, context.role, POSITIONS[found.group("position")])
