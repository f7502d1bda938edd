"""Pointing at what was named before: "de tweede", "doe die laatste maar", "welke van de twee"."""

from __future__ import annotations

import re
from typing import Dict, Sequence

from bot.nlu.names import tokens_of
from bot.nlu.phrases.bare import BARE
from bot.word_class import word_class

COMPARES = re.compile(
    r"\b(verschil\w*|vergelijk\w*|versus|vs|ten opzichte van|tov|naast elkaar|afwijk\w*|wijken|onderscheid\w*"
    r"|hetzelfde als|anders (?:dan|bij|aan)|beter dan)\b",
    re.IGNORECASE,
)
"""Words that put two things next to each other."""

_OF_TWO = re.compile(r"\bvan (?:de|die|deze) (?:twee|2|beide)\b(?! (?:jaar|jaren|maanden|weken))", re.IGNORECASE)

TWO_OF_THEM = re.compile(r"\b(?P<which>eerste|laatste|die|deze|de) (?:twee|2)\b", re.IGNORECASE)
"""Two of the things that were listed, to be compared."""

POSITIONS: Dict[str, int] = {
    word: position
    for position, words in (
        (0, "eerste 1e 1ste een 1 bovenste bovenaan a"),
        (1, "tweede 2e 2de twee 2 middelste b"),
        (2, "derde 3e 3de drie 3 c"),
        (3, "vierde 4e 4de vier 4"),
        (4, "vijfde 5e 5de"),
        (5, "zesde 6e 6de"),
        (6, "zevende 7e 7de"),
        (7, "achtste 8e 8ste"),
        (8, "negende 9e 9de"),
        (-1, "laatste onderste onderaan"),
    )
    for word in words.split()
}
"""Ordinal words and numbers, and the place in a list that they point at."""

ORDINAL = re.compile(
    r"\b(?:de|die|dat|het|da|den) (?P<position>eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|laatste"
    r"|[1-9]e|[1-79]de|1ste|8ste)"
    r"(?: (?:uit (?:de|je) lijst(?:je)?|optie|keuze|tip|les|punt|kenmerk|aanbeveling|element|regel|regio))?"
    r"(?=\s*(?:$|[,.?!;:]|bedoel|(?:en|met|dan|wat|toe|doet|deed|graag|maar|is|voor|hoe|uit|eens|inhoudt"
    r"|in(?=\W*$|\s+(?:dan|precies)\W*$))\b))"
)
"""An ordinal that stands for a thing named before, not "de eerste stap"."""

_CHOICE_WORDS = word_class(
    "de die dat het een nummer nr optie keuze knop doe maar graag ik bedoel kies neem ga voor vertel over meer ja "
    "aub en dan wil weten geef uit je lijst lijstje vraag antwoord is was bedoelde pak van"
)

_WHICH_IS_BEST = re.compile(
    r"\W*(?:(?:en|dus|maar|ok|oke|dan) )*(?:welke?|wat)"
    r"(?: van (?:de|die) (?:twee|2))?(?: (?:dan|is|kan|moet|zou|ik|je))*"
    r" (?:past?|beter|beste?|geschikt\w*|kiezen|nemen|voor (?:mensen|iemand|klanten|cli[eë]nten))\b",
    re.IGNORECASE,
)

_TELL = word_class(
    "vertel vertellen meer over graag wil weten horen iets wat uitleg leg uit info informatie kun je mij me is eens"
    " licht toe"
)

_OF_THEM = word_class("tussen twee 2 beide beiden tweeen met")


def is_lead_to_choice(text: str) -> bool:
    """Whether words before "de eerste" only say that it is chosen: "doe mij dan maar"."""
    words = tokens_of(text)
    return bool(words) and all(word in _CHOICE_WORDS or word in ("dan", "mij", "me", "liever", "wel") for word in words)


def asks_difference(text: str) -> bool:
    """Whether nothing but the difference is asked: "wat is het verschil?", "verschil tussen die twee"."""
    words = tokens_of(COMPARES.sub(" ", text))
    return bool(COMPARES.search(text)) and all(word in BARE or word in _OF_THEM for word in words)


def asks_of_both(text: str) -> bool:
    """Whether two things named before are put next to each other: "welke van de twee"."""
    return bool(_OF_TWO.search(text))


def asks_which(text: str) -> bool:
    """Whether it is asked which of things named before is best, and nothing is named: "welke past bij mij"."""
    return bool(_WHICH_IS_BEST.match(text))


def asks_to_tell(words: Sequence[str]) -> bool:
    """Whether words around what is pointed at only ask to be told of it: "vertel meer over de tweede"."""
    return all(word in _TELL for word in words)


def is_choice(text: str) -> bool:
    """Whether a message only points at one of a few: "de tweede", "2", "doe die laatste maar"."""
    words = tokens_of(text)
    pointing = [word for word in words if word in POSITIONS]
    return bool(pointing) and all(word in POSITIONS or word in _CHOICE_WORDS for word in words)
