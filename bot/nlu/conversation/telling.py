"""What an answer itself says of a question in bare words about it: whom to ask, who decides, whether it is so."""

from __future__ import annotations

import re
from typing import List

WHOM, DECIDES, SURE, STILL, EXAMPLE, WHY_NOT, ITEM = "whom", "decides", "sure", "still", "example", "why_not", "item"
"""What may be asked back of the answer that was just given."""

_SENTENCE_END = re.compile(r"(?<=[.!?]) +(?=[A-Z])|\n+")
_DECIDES = re.compile(
    r"\b(?:beslis(?:t|sen)?|bepaalt|bepalen|besluit(?:en)?|gaa[nt] over|beoordeelt|beoordelen)\b", re.I
)
_HELPERS = re.compile(
    r"\b(?:UWV|gemeente|klantmanager|behandelaar|huisarts|bedrijfsarts|arbodienst|arts|Juridisch Loket|vakbond"
    r"|Werkcentrum|\w*verzekeraar|apotheker|cliëntondersteuner|Belastingdienst|arbeidsdeskundige|werkgever|wijkteam"
    r"|sociaal raadslieden|jobcoach|instelling|aanbieder|advocaat|helpdesk)\b"
)
_ADVISES = re.compile(
    r"\b(?:vraag|vraagt|bel|bespreek|overleg|mail|raadpleeg|meld|laat|praat|kijk|navragen|terecht|weet|weten"
    r"|rekent|helpt|helpen|hoor je|bekijk|contact)\b",
    re.I,
)
_NOT_KNOWN = re.compile(r"^Dat (?:weet|doe) ik niet\b[:.,]? *")
_OF_ITSELF = re.compile(r"^(?:Ik|Koers) (?!raad)\w+|\bweet ik wel\b|\bvraag me\b|\bkan ik\b|\bgerust\b", re.I)


def sentences_of(text: str) -> List[str]:
    """The sentences and the lines of a text."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part and part.strip()]


def whom_to_ask(text: str) -> str:
    """The sentences that name whom to ask; empty when there are none."""
    named = [part for part in sentences_of(text) if _HELPERS.search(part) and _ADVISES.search(part)]
    return " ".join(part.lstrip("- ") for part in named if not part.endswith("?"))


def who_decides(text: str) -> str:
    """The sentences that say who decides; empty when there are none."""
    told = (part.lstrip("- ") for part in sentences_of(text) if _DECIDES.search(part) and _HELPERS.search(part))
    return " ".join(part for part in told if not (_NOT_KNOWN.match(part) or part.endswith("?")))


def who_knows(text: str) -> str:
    """What an answer that something isn't known says besides: who knows it instead."""
    first, *others = sentences_of(text)
    told = [part for part in others if not (_OF_ITSELF.match(part) or part.endswith("?"))]
    named = [part for part in told if _HELPERS.search(part) or _ADVISES.search(part)]
    if not named or _HELPERS.search(first):
        rest = _NOT_KNOWN.sub("", first)
        named = [rest[:1].upper() + rest[1:], *named]
    return " ".join(named)
