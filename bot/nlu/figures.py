"""Figures that a question is about: "waar komt 44% vandaan?", "art. 7:629", "Stb. 2023, 131", "21,5 miljoen".

Sentence vectors hardly see a number, and words of one or two digits are no words to `coverage`. A figure that only a
few answers have says which answer is meant.
"""

from __future__ import annotations

import re
from typing import Dict, Iterator, List, Sequence, Set

from bot.nlu.names import normalise
from knowledge.queries import Unit

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_KINDS = (
    ("m", re.compile(rf"({_NUMBER})\s*(?:miljoen|mln|mio)\b")),
    ("%", re.compile(rf"({_NUMBER})\s*(?:%|procent\b|pct\b)")),
    ("eur", re.compile(rf"(?:€|\beur(?:o)?\b)\s*({_NUMBER})|({_NUMBER})\s*(?:€|eur(?:o)?\b)")),
    ("law", re.compile(r"\b(?:stb|stcrt|staatsblad|staatscourant)\b[. ]*(\d{4})\b[ ,.-]*(?:nr\.?\s*)?(\d+)")),
    ("art", re.compile(r"\bart(?:ikel)?\b[. ]*(\d+(?::\d+)?[a-z]{0,3})\b")),
    ("par", re.compile(r"\b(?:par(?:agraaf)?\b|§)[. ]*(\d+(?:\.\d+)+)")),
    ("n", re.compile(r"\bn\s*=\s*(\d+)")),
    ("", re.compile(r"\b(bwb[rv]\d+)\b")),
    ("", re.compile(r"(?<![\d.,:])(\d+,\d+)(?![\d.,:])")),
)
"""The kinds of figure that are taken as such. A bare whole number is left out: it is an age or a date as often."""
_FEW = 8
_POINTS = 3.5
_POINTS_OF_SHARES = 1.5
_SHARES = "%"
"""Percentages are told of oneself as well: "ik ben 80% afgekeurd"."""
_MOST = 5.0


class Figures:
    """The answers that have a figure, for figures that few have."""

    def __init__(self, units: Sequence[Unit]):
        self._units_of: Dict[str, List[str]] = {}
        for unit in units:
            for figure in set().union(*map(figures_in, (unit.question, *unit.texts))):
                self._units_of.setdefault(figure, []).append(unit.id)

    def points(self, text: str) -> Dict[str, float]:
        """Points for the answers that have a figure of this text: less the more answers have it."""
        points: Dict[str, float] = {}
        for figure in figures_in(text):
            units = self._units_of.get(figure, [])
            if len(units) <= _FEW:
                worth = _POINTS_OF_SHARES if figure.endswith(_SHARES) else _POINTS
                for unit in units:
                    points[unit] = min(_MOST, points.get(unit, 0.0) + worth)
        return points


def figures_in(text: str) -> Set[str]:
    """The figures of a text, in one spelling: "€ 8.000" and "8000 euro" are the same."""
    return set(_found(normalise(text)))


def _found(text: str) -> Iterator[str]:
    if not any(character.isdigit() for character in text):
        return
    for kind, pattern in _KINDS:
        for match in pattern.finditer(text):
            value = ",".join(group for group in match.groups() if group)
            if kind in ("m", "%", "eur"):
                value = re.sub(r"\.(?=\d{3}\b)", "", value).replace(".", ",")
            yield value + kind
