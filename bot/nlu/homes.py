"""Which places an answer is about: what is known of one region says nothing of another that is asked about."""

from __future__ import annotations

from functools import lru_cache
from typing import Dict, FrozenSet, List, Sequence

from bot.nlu.names import tokens_of
from bot.nlu.phrases.asking import asks
from bot.nlu.subjects import Subjects
from knowledge.queries import Place, Unit

_LONGEST = 12
"""Words of a question that names the place it asks about; a story names places in passing."""


class Homes:
    """The regions of answers that are about a place, found when a place is first asked of them."""

    def __init__(self, subjects: Subjects, places: Sequence[Place]):
        """Both of the same version."""
        self._subjects = subjects
        self._rarest = frozenset(max(tokens_of(place.name), key=len) for place in places)
        self._units_of: Dict[str, List[Unit]] = {}
        for unit in subjects.answers.values():
            self._units_of.setdefault(unit.topic, []).append(unit)
        self._told = lru_cache(maxsize=None)(self._regions_told)
        self._asked = lru_cache(maxsize=None)(self._regions_asked)

    def elsewhere(self, text: str, answer: str) -> bool:
        """Whether a question names a place of which the answer's topic tells nothing, since it is about others."""
        unit = self._subjects.answer(answer)
        if unit is None or len(tokens_of(text)) > _LONGEST or not asks(text):
            return False
        asked = self._regions(text)
        if not asked or not self._home(unit) or asked & self._told(unit.topic):
            return False
        # its own samples may ask of places that its topic doesn't tell of: "wgb ook in tilburg?"
        return sum(not regions & self._told(unit.topic) for regions in self._asked(answer)) <= 1

    def _home(self, unit: Unit) -> FrozenSet[str]:
        named = self._regions(f"{unit.question} {self._subjects.names.get(unit.topic, '')}")
        return named | frozenset({unit.region} if unit.region else ())

    def _regions_told(self, topic: str) -> FrozenSet[str]:
        """The regions that the answers of a topic are about or name."""
        units = self._units_of[topic]
        homes, texts = map(self._home, units), (text for unit in units for text in unit.texts)
        return frozenset().union(*homes, *map(self._regions, texts))

    def _regions_asked(self, answer: str) -> List[FrozenSet[str]]:
        """Those of each sample of an answer that names any."""
        return list(filter(None, (self._regions(text) for _, text in self._subjects.answers[answer].samples)))

    def _regions(self, text: str) -> FrozenSet[str]:
        if self._rarest.isdisjoint(tokens_of(text)):  # most texts name none, and looking for names takes longer
            return frozenset()
        return frozenset(mention.value for mention in self._subjects.places.link(text) if mention.score == 1)
