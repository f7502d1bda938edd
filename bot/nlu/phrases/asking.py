"""Whether a message, or a part of one, asks something, and where one question ends and the next begins."""

from __future__ import annotations

import re

ASKS = re.compile(r"\b(wie|wat|wanneer|waar|waarom|hoe|hoeveel|hoelang|welke?|mag|moet|kan|krijg)\b", re.IGNORECASE)
"""Words of a question."""

_ASKS_BESIDES = re.compile(
    r"\bwaar(?:voor|mee|op|aan|bij|uit|door|toe|over|onder)\b"
    r"|^\W*(?:(?:en|of|maar) )?(?:is|zijn|was|heb(?:ben|t)?|heeft|kun(?:nen)?|kunt|mogen|moeten|krijg(?:t|en)"
    r"|bestaa(?:t|n)|betaalt|betalen|geldt|duurt|werkt|helpt|kost(?:en)?|hoort|word(?:t|en)?"
    r"|zal|zou(?:den)?|wil(?:t|len)?|doet|doen|gaat|gaan) ",
    re.IGNORECASE,
)

_QUESTION_WORD = re.compile(r"\b(wie|wat|wanneer|waar|waarom|hoe|hoeveel|hoelang|welke?)\b", re.IGNORECASE)

_VERB_FIRST = re.compile(
    r"^\W*(?:(?:en|of|maar|ook) )*(?:mag|moet|kan|krijg) "
    r"(?:ik|je|jij|u|hij|ze|zij|we|wij|er|dat|dit|het|die|deze|iemand|mijn|mn|de|een)\b",
    re.IGNORECASE,
)

_KEYWORD = (
    r"(?:duur|looptijd|termijn|hoogte|bedrag|tarief|aantal|datum|kosten|prijs|financiering|doelgroep|aanmeld(?:en|ing)"
    r"|aanvragen|voorwaarden|effect|betekenis|definitie"
    r"|kenmerken|stappen|verloop|resultaten|resultaat|bewijs)"
)

_KEYWORDS = re.compile(rf"\b{_KEYWORD}\b", re.IGNORECASE)

_VERB = r"(?:is|zijn|mag|moet|kan|krijgt?|kost|werkt|duurt|helpt|geldt|telt|hoort|bestaat|betaalt)"

_SUBJECT = r"(?:dat|het|die|ik|je|er|ze|hij|zij|dit|u|we|wij|iemand|wg|werkgever|klant|cli[eë]nt|gemeente|uwv)"

CLAUSES = re.compile(
    r"\?\s+(?=\w)|\s*(?:\+|&|,? en|,)\s+"
    r"(?=(?:(?:voor|met|in|door|bij|aan|uit|op|over|van|tot|naar) )?"
    r"(?:wie|wat|hoe|waar|wanneer|welke?|hoeveel|waarom|hoelang|sinds|van)\b)"
    # "wie betaalt dat, kan dat via een dbc" is one question
    rf"|\s*(?:\+|&|,? en|,(?! kan (?:dat|dit|het)\b))\s+(?={_VERB} {_SUBJECT}\b)"
    rf"|\s*(?:\+|&|/|,| en)\s*(?={_KEYWORD}(?:\W*$| (?:van|bij|voor)\b))",
    re.IGNORECASE,
)
"""Where one question ends and a second begins."""

LISTS = re.compile(r"\s[+&]\s")
"""A sign that stands between two questions also where the first has no word of one: "ips herkomst + wie deed t"."""

ANNOUNCES = re.compile(r"^\W*(?:ik heb )?(?:2|twee|een paar) (?:korte )?(?:vragen|vraagjes)\W+", re.IGNORECASE)
"""What may stand before two questions."""

_QUESTION_INSIDE = re.compile(
    r"\b(?:is|zijn|mag|moet|kan|kunt|krijg|kom|raak|hoor|doe|klopt|heb|ben|word|moeten|mogen|kunnen|gaat|wordt|denk) "
    r"(?:ik|je|jij|u|dat|dit|het|hij|ze|zij|ge|we|wij|mijn|mn|iemand)\b|\b(?:is|zijn|kan|mag|moet) er\b"
    r"|^\W*(?:(?:en|maar|dan) )*\w+t (?:hij|zij|ze)\b",
    re.IGNORECASE,
)

_REQUEST = re.compile(
    r"\b(?:leg|geef|help|maak|schrijf|vertel|noem|zoek|vergelijk|bereken|stop|wis|vraag|uitleg|graag|stel|doe)\b",
    re.IGNORECASE,
)

_SIGHS = re.compile(r"^\W*(?:p+f+|pfoe+h?|poe+h|oe+f+|jee(?:tje)?|tjee|zucht|bah)\b", re.IGNORECASE)

_OWN_STORY = re.compile(r"\b(?:ik|mijn|mn|m'n|me|mij|wij|we|ons|onze|hij|zij)\b", re.IGNORECASE)


def is_question(clause: str) -> bool:
    """Whether a part of a message asks something, by a word of a question or by beginning with its verb."""
    return bool(ASKS.search(clause) or _ASKS_BESIDES.search(clause) or has_keyword(clause))


def asks(clause: str) -> bool:
    """Whether a part of a message that stands alone asks something; "krijg nu bijstand" doesn't."""
    return bool(_QUESTION_WORD.search(clause) or _VERB_FIRST.search(clause) or _ASKS_BESIDES.search(clause))


def has_keyword(clause: str) -> bool:
    """Whether a part of a message has a word of the shortest questions: "doelgroep wgb", "duur"."""
    return bool(_KEYWORDS.search(clause))


def asks_nothing(text: str) -> bool:
    """Whether someone tells of themselves and asks nothing: "ik heb adhd en zoek werk"."""
    return bool(_OWN_STORY.search(text)) and not ("?" in text or asks(text) or _QUESTION_INSIDE.search(text))


def only_tells(text: str) -> bool:
    """Whether someone tells of themselves and neither asks nor requests: "ik durf niet te bellen"."""
    asking = "?" in text or asks(text) or _QUESTION_INSIDE.search(text) or _REQUEST.search(text)
    return bool(_OWN_STORY.search(text) or _SIGHS.search(text)) and not asking
