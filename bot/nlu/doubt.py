"""Whether the best answer is an answer at all, or only the nearest thing to a question from just outside.

Probabilities among answers say which answer it is when it is one of them. They don't notice that nothing fits:
"krijg ik een hypotheek met een WIA" is nearer to "Wat is de WIA?" than to anything else. What does notice it
was measured on sample questions of boundaries (`grens`) that were taken out of the index, see `docs/retrieval.md`.
"""

from __future__ import annotations

import math
import re
from typing import Dict, Sequence, Set, Tuple

from bot.nlu.names import tokens_of
from knowledge.queries import Unit

BOUNDARY = "grens"
"""Facet of answers that say what Koers doesn't know."""

_STEM = 6
_AMOUNT = re.compile(
    r"\b(hoeveel (?:euro|geld|krijg|betaal|verdien|kost)|hoe hoog|bedrag\w*|tarie(?:f|ven)|salaris|verdien\w*"
    r"|(?:loon)?schaal|premie\w*|boete|norm|prijs|euro'?s?)\b|€",
    re.IGNORECASE,
)
_HAS_AMOUNT = re.compile(r"€|\beuro|\d{3,}")
_CONTACT = re.compile(
    r"\b(adres|nummer|telefoon\w*|tel|e?-?mail\w*|openingstijd\w*|open op|bereikbaar|hoe laat|doorkies\w*)\b",
    re.IGNORECASE,
)
_HAS_CONTACT = re.compile(r"@|\d{4}|www|\.nl|adres|telefo")
_ORDER = re.compile(r"^(schrijf|maak|stel|typ|vul|bereken|vertaal|zoek|regel)\b|\bopstellen\b", re.IGNORECASE)

LEAST = 0.15
"""Certainty below which a question counts as one from outside."""

WEIGHTS: Dict[str, float] = {
    "constant": -1.34,
    "probability": 0.52,
    "margin": 1.13,
    "boundary": -3.4,
    "nearest": 0.8,
    "covered": 2.4,
    "amount": -4.0,
    "contact": -6.0,
    "order": -3.0,
    "outside": -0.55,
}
"""Fitted on 864 questions that have an answer and 496 from boundaries that the index didn't have."""


class Doubt:
    """Knows the words of every answer, and how rare they are."""

    def __init__(self, units: Sequence[Unit]):
        self._words: Dict[str, Set[str]] = {}
        self._texts = {unit.id: " ".join(unit.texts) for unit in units}
        counts: Dict[str, int] = {}
        for unit in units:
            texts = (unit.question, *unit.texts, *(sample for _, sample in unit.samples))
            self._words[unit.id] = set().union(*(_stems(text) for text in texts))
            for stem in self._words[unit.id]:
                counts[stem] = counts.get(stem, 0) + 1
        self._rarity = {stem: math.log((len(units) + 1) / (count + 0.5)) for stem, count in counts.items()}
        self._rarest = math.log((len(units) + 1) / 0.5)

    def certainty(
        self,
        text: str,
        answer: str,
        probabilities: Tuple[float, float],
        boundary: float,
        nearest: float,
        outside: float,
    ) -> float:
        """The probability that `answer` is about what the text asks.

        `probabilities`: of the best and the second answer; `boundary`: of all boundaries and conversation together;
        `nearest`: likeness of the nearest sample; `outside`: how much the text looks like questions from outside.
        """
        written = self._texts.get(answer, "")
        evidence = {
            "probability": math.log(probabilities[0] + 1e-4),
            "margin": probabilities[0] - probabilities[1],
            "boundary": boundary,
            "nearest": nearest,
            "covered": self._covered(text, answer),
            "amount": float(bool(_AMOUNT.search(text)) and not _HAS_AMOUNT.search(written)),
            "contact": float(bool(_CONTACT.search(text)) and not _HAS_CONTACT.search(written)),
            "order": float(bool(_ORDER.search(text))),
            "outside": outside,
        }
        score = WEIGHTS["constant"] + sum(WEIGHTS[name] * value for name, value in evidence.items())
        return 1 / (1 + math.exp(-score))

    def _covered(self, text: str, answer: str) -> float:
        """The share of the text's words, by rarity, that the answer or its samples have too."""
        words = {stem: self._rarity.get(stem, self._rarest) for stem in _stems(text)}
        known = self._words.get(answer, set())
        return sum(rarity for stem, rarity in words.items() if stem in known) / (sum(words.values()) or 1.0)


def _stems(text: str) -> Set[str]:
    return {word[:_STEM] for word in tokens_of(text) if len(word) > 2}
