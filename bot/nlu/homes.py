"""Which places an answer is about: what is known of one region says nothing of another that is asked about."""

from __future__ import annotations

from typing import Dict, FrozenSet, Sequence

from bot.nlu.names import tokens_of
from bot.nlu.phrases.asking import asks
from bot.nlu.subjects import Subjects
from knowledge.queries import Place, Unit

_LONGEST = 12
"""Words of a question that names the place it asks about; a story names places in passing."""


class Homes:
    """The regions of answers that are about a place; read-only."""

    def __init__(self, subjects: Subjects, places: Sequence[Place]):
        self._subjects = subjects
        self._rarest = frozenset(max(tokens_of(place.name), key=len) for place in places)
        units = subjects.answers.values()
        homes = {unit.id: self._home(unit) for unit in units}
        topics = {unit.topic for unit in units if homes[unit.id]}
        self._told: Dict[str, FrozenSet[str]] = {topic: frozenset() for topic in topics}
        for unit in units:
            if unit.topic in topics:
                self._told[unit.topic] |= homes[unit.id].union(*map(self._regions, unit.texts))
        self._at_home = frozenset(unit.id for unit in units if homes[unit.id] and not self._foresees(unit))

    def elsewhere(self, text: str, answer: str) -> bool:
        """Whether a question names a place of which the answer's topic tells nothing, since it is about others."""
        if answer not in self._at_home or len(tokens_of(text)) > _LONGEST or not asks(text):
            return False
        asked = self._regions(text)
        return bool(asked) and not asked & self._told[self._subjects.answers[answer].topic]

    def _home(self, unit: Unit) -> FrozenSet[str]:
        named = self._regions(f"{unit.question} {self._subjects.names.get(unit.topic, '')}")
        return named | frozenset({unit.region} if unit.region else ())

    def _foresees(self, unit: Unit) -> bool:
        """Whether its samples ask of places that its topic doesn't tell of: "wgb ook in tilburg?"."""
        told = self._told[unit.topic]
        return sum(bool(asked and not asked & told) for asked in (self._regions(text) for _, text in unit.samples)) > 1

    def _regions(self, text: str) -> FrozenSet[str]:
        if self._rarest.isdisjoint(tokens_of(text)):  # most texts name none, and looking for names takes longer
            return frozenset()
        return frozenset(mention.value for mention in self._subjects.places.link(text) if mention.score == 1)
