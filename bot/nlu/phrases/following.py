"""How a message leans on what was said before it: "en daarna?", "wat kan ik daaraan doen?", "en als hij weigert?"."""

from __future__ import annotations

import re

from bot.nlu.names import tokens_of
from bot.nlu.phrases.asking import ASKS
from bot.nlu.phrases.bare import SHORT
from bot.word_class import word_class

ASKS_THE_SAME = re.compile(
    r"(?:(?:en|of|maar|ok|oke) )*(?:(?:en|of|maar) (?:bij|voor|met|in)\b"
    r"|hoe (?:zit|gaat|is|werkt|doet|doen|deden|ging) (?:ze |men |we )?(?:het|dat|die) (?:dan |daar |eigenlijk )*"
    r"(?:bij|voor|met|in)\b"
    r"|(?:is|geldt|gaat|werkt|kan|mag|moet|heb je|krijg je) (?:dat|het|dit|die) (?:dan |ook )*(?:bij|voor|met|in)\b"
    r"(?=.* (?:ook|hetzelfde|anders|zo)\b))",
    re.IGNORECASE,
)
"""How a message begins that asks the last question once more, of what it names."""

_LONGEST_FOLLOW_UP = 25

_BACK_REFERENCES = word_class(
    "dat het daar daarvan daarvoor daarbij daarmee daarna die zoiets er ervoor erbij ermee erna hiervoor hiervan "
    "dit deze ze hem m zij hij haar hen"
)

_WHAT_TO_DO = re.compile(
    r"^\W*(?:(?:ok|oke|ja|en|maar|dus) )*(?:wat (?:kan|moet|kunnen|moeten) (?:ik|we|wij|je) "
    r"(?:(?:dan|nu|er|daar|eraan|daaraan|daartegen|tegen|aan|zelf) )*doen"
    r"|hoe pak (?:ik|je) (?:dat|het|dit) (?:het beste )?aan|hoe nu verder|wat nu)\W*$",
    re.IGNORECASE,
)

_NEXT = re.compile(
    r"^\W*(?:(?:ok|oke|ja|en|wat|hoe|maar) )*(?:daarna|dan|verder|erna|vervolgens)"
    r"(?: (?:dan|verder|nog|komt er|gebeurt er))?\W*$",
    re.IGNORECASE,
)

_WHAT_IF = re.compile(r"\W*(?:(?:en|maar|ok|oke|ja|ook) )*(?:wat )?(?:als|indien|stel)\b", re.IGNORECASE)

_AGAINST = re.compile(
    r"\bniet (?:\w+ )?(?:mee )?eens\b|\boneens\b|\bbezwaar\b|\bnee (?:zeg\w*|krijg\w*)"
    r"|\bafgewezen\b|\bafgekeurd\b|\bafwijz\w*|\bweiger\w*|\bkrijg \w+ niet\b",
    re.IGNORECASE,
)


def leaning(text: str) -> float:
    """How much a message that names no topic leans on what was said before: 0 for a story of its own."""
    words = tokens_of(text)
    if len(words) > _LONGEST_FOLLOW_UP:
        return 0.0
    if len(words) <= SHORT:
        return 3.5 if words and (words[0] == "en" or _BACK_REFERENCES & set(words)) else 2.5
    if len(words) <= 2 * SHORT and (words[0] in ("en", "maar") or _BACK_REFERENCES & set(words)):
        return 2.5
    return 1.0


def asks_there(text: str) -> bool:
    """Whether it is asked if a thing is somewhere: "zit er een in Groningen?", "kan dat ook in Assen"."""
    return bool(
        re.search(r"\b(?:zit|is|zijn|bestaat|heb(?:ben|t)?|vind|kan|krijg)\b.*\b(?:er|dat|die|zoiets)\b", text, re.I)
    )


def asks_against(text: str) -> bool:
    """Whether it is about a refusal, or about not agreeing with what was decided."""
    return bool(_AGAINST.search(text))


def denies(text: str) -> bool:
    """Whether someone tells what they don't have: "ik ben niet in behandeling"."""
    return bool(re.search(r"\b(?:geen|niet|zonder|nooit|nog geen)\b", text, re.IGNORECASE))


def asks_even_if(text: str) -> bool:
    """Whether it is asked if something holds in a case as well: "ook niet als ik het goed vind?"."""
    return bool(re.match(r"\W*(?:(?:en|maar) )?(?:ook|zelfs) (?:niet |wel )?als\b", text, re.IGNORECASE))


def asks_then(text: str) -> bool:
    """Whether a question draws on what was told just before: "kan ik dan IPS doen?"."""
    return "dan" in tokens_of(text) and not asks_what_next(text)


def asks_what_next(text: str) -> bool:
    """Whether nothing but what comes next is asked: "en daarna?", "wat dan?"."""
    return bool(_NEXT.match(text))


def asks_what_to_do(text: str) -> bool:
    """Whether it is asked what to do about what was said: "wat kan ik daaraan doen?"."""
    return bool(_WHAT_TO_DO.match(text))


def asks_what_else(text: str) -> bool:
    """Whether it is asked what can be done then: "wat kan dan wel?"."""
    return bool(re.search(r"\b(?:wat|welke)\b.*\bdan wel\b|\bwat (?:kan|is er) wel\b", text, re.IGNORECASE))


def asks_what_if(text: str) -> bool:
    """Whether a message begins with a condition: "en als ik het vergeet"."""
    return bool(_WHAT_IF.match(text))


def completes(text: str) -> bool:
    """Whether a message is too short for a question of its own, and asks nothing: "bij psychose", "die van UWV"."""
    return len(tokens_of(text)) <= SHORT + 1 and not ASKS.search(text)


def is_elliptic(text: str) -> bool:
    """Whether a message gives one word of the last question another value: "en mijn baas?", "en daarna?"."""
    words = tokens_of(text)
    return words[:1] == ["en"] and len(words) < SHORT and not ASKS.search(text)


def refers_back(text: str) -> bool:
    """Whether a message has a word for something said before: "dat", "daar", "die", "ermee"."""
    return bool(_BACK_REFERENCES & set(tokens_of(text)))
