"""How much of a question's words an answer knows: it or its sample questions have them too, a rare word counting more.

Sentence vectors and n-grams compare a question with one text at a time. This compares its words with all that is
written of an answer, so that the one word that says what is asked weighs what it should.
"""

from __future__ import annotations

import math
from typing import Dict, List, Sequence, Set

import numpy as np
from numpy.typing import NDArray

from bot.nlu.names import tokens_of
from knowledge.queries import Unit

_STEM = 6
_SHORTEST = 3


class Coverage:
    """The words of every unit, cut off to their stem, and how rare they are."""

    def __init__(self, units: Sequence[Unit]):
        units_of: Dict[str, List[int]] = {}
        for row, unit in enumerate(units):
            texts = (unit.question, *unit.texts, *(sample for _, sample in unit.samples))
            for stem in set().union(*map(stems, texts)):
                units_of.setdefault(stem, []).append(row)
        self._units_of = {stem: np.array(rows, dtype=np.int32) for stem, rows in units_of.items()}
        self._rows = {unit.id: row for row, unit in enumerate(units)}

    def shares(self, text: str) -> NDArray[np.float32]:
        """For each unit the share of the text's words that it has, by rarity: from 0 to 1."""
        found = np.zeros(len(self._rows), dtype=np.float32)
        total = 0.0
        for stem in stems(text):
            rows = self._units_of.get(stem, ())
            rarity = math.log((len(self._rows) + 1) / (len(rows) + 0.5))
            total += rarity
            if len(rows):
                found[rows] += rarity
        return found / total if total else found

    def share(self, text: str, unit: str) -> float:
        """The same for one unit; 0 for one that isn't known."""
        return float(self.shares(text)[self._rows[unit]]) if unit in self._rows else 0.0


def stems(text: str) -> Set[str]:
    """The words of a text without the shortest, cut off where their endings begin."""
    return {word[:_STEM] for word in tokens_of(text) if len(word) >= _SHORTEST}
