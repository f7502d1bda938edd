"""What is asked of the very answer that was just given: whom to ask, who decides, whether it is so."""

from __future__ import annotations

import re
from typing import FrozenSet

from bot.nlu.names import tokens_of
from bot.nlu.phrases.bare import BARE, names_nothing
from bot.word_class import word_class

ASKS_WHO = re.compile(
    r"^\W*(?:(?:en|maar|ok|oke) )?(?:(?:aan|met|voor) wie|wie (?:beslist|bepaalt|betaalt|regelt|doet|kan|mag"
    r"|moet|meldt|vraagt|helpt|begeleidt|krijgt|geeft|komt|gaat|zorgt)"
    r"|(?:welke|wie|wat) (?:\w+ )?dan wel)\b",
    re.IGNORECASE,
)
"""A question that asks who does something, or "welke dan wel?"; "wie zegt dat?" asks for a source."""

_WHO_DECIDES = re.compile(
    r"\b(?:wie|welke instantie)\b(?: \w+){0,4} (?:beslist|beslissen|beoordeelt|bepaalt|bepalen)\b"
    r"|\bwie gaat (?:daar|er|hier) ?over\b",
    re.IGNORECASE,
)

_OF_WHOM = re.compile(
    r"^\W*(?:(?:en|maar|ok|oke|dus|ja|nou|jammer|o|oh|goed|hm+)\b\W*)*"
    r"(?:(?:bij|aan|met|van) wie|wie|waar|welke (?:instantie|organisatie|persoon))\b",
    re.IGNORECASE,
)

_WHO_THEN = re.compile(
    r"^\W*(?:(?:en|maar|ok|oke|jammer)\b\W*)*(?:(?:bij|aan|van) )?wie dan (?:wel)?\W*$", re.IGNORECASE
)

_KNOW = word_class("weet weten vertellen vertelt zeggen uitleggen uitrekenen beantwoorden antwoord")

_TURN_TO = word_class(
    "vraag vragen navragen terecht bel bellen bespreek bespreken overleggen overleg zijn heen naartoe wenden hulp"
)

_BEFORE_WHOM = word_class(
    "jammer ok oke nou o oh goed hm anders best beter het ik contact opnemen hebben nodig instantie organisatie persoon"
)

_EXAMPLE = re.compile(
    r"^\W*(?:(?:en|ok|oke)\b\W*)*(?:(?:wie|wat|waar|welke?|hoe)(?: dan| zoal)? bijvoorbeeld|bijvoorbeeld"
    r"|zoals(?: wie| wat)?|wie (?:dan )?zoal|wat (?:dan )?zoal)\W*$",
    re.IGNORECASE,
)

_STILL = re.compile(
    r"^\W*(?:(?:en|maar|ok|oke)\b\W*)*(?:is|zijn|bestaat|bestaan|geldt|gelden|loopt|klopt)\b"
    r"(?: (?:dat|die|het|dit|deze|er|ze|nu|allemaal))*"
    r" nog(?: (?:steeds|altijd|wel|zo|nu|er|allemaal))*\W*$",
    re.IGNORECASE,
)

_WHY_NOT = re.compile(
    r"^\W*(?:(?:en|maar|ok|oke|huh|he)\b\W*)*(?:waarom|hoezo)"
    r"(?: (?:weet|kan|kun|wil|mag|zeg|doe) (?:je|jij|u)(?: (?:dat|me|mij|het))*)? niet"
    r"(?: (?:dan|zeggen|vertellen))?\W*$",
    re.IGNORECASE,
)

_DOUBTS = re.compile(
    r"^\W*(?:(?:ok|oke|en|maar|he|huh|o|oh|ah|dus|wat)\b\W*)*"
    r"(?:(?:nooit|altijd|serieus|echt(?: (?:niet|wel|waar|nooit|altijd)(?: meer)?)?|zeker(?: weten)?"
    r"|meen je (?:dat|het|niet)|klopt dat(?: wel| echt)?|is dat (?:echt |wel )?(?:zo|waar|zeker)|ook niet|ook wel"
    r"|alleen (?:daar|dan|dat|die|zo))\W*\?"
    r"|(?<=dus )(?:dat|het|ik|je|we|hij|zij|ze) (?:mag|kan|moet|hoeft|is)(?: (?:dat|het|ik|je|er|dus|echt|eigenlijk))*"
    r" (?:niet|wel|nooit|altijd)\W*)\s*$",
    re.IGNORECASE,
)


def asks_example(text: str) -> bool:
    """Whether nothing but an example of what was said is asked: "wie bijvoorbeeld?", "zoals?"."""
    return bool(_EXAMPLE.match(text))


def asks_who_decides(text: str) -> bool:
    """Whether it is asked who decides on something: "wie beslist daarover?"."""
    return bool(_WHO_DECIDES.search(text))


def asks_whom(text: str) -> bool:
    """Whether it is asked who does know what wasn't said: "wie kan me dat wel vertellen?", "wie dan wel?"."""
    return _is_of_whom(text, _KNOW) or bool(_WHO_THEN.match(text))


def asks_where_to_turn(text: str) -> bool:
    """Whether it is asked in bare words whom to turn to: "bij wie moet ik dan zijn?", "met wie bespreek ik dat?"."""
    return asks_whom(text) or _is_of_whom(text, _TURN_TO)


def _is_of_whom(text: str, verbs: FrozenSet[str]) -> bool:
    words = frozenset(tokens_of(text))
    known = words <= (BARE | _KNOW | _TURN_TO | _BEFORE_WHOM) - {"mag"}
    return bool(_OF_WHOM.match(text) and words & verbs and known)


def doubts(text: str) -> bool:
    """Whether nothing but doubt about what was said is uttered: "echt niet?", "dus dat mag niet?"."""
    return bool(_DOUBTS.match(text))


def asks_why_not(text: str) -> bool:
    """Whether nothing is asked but why something isn't said: "waarom niet?", "hoezo weet je dat niet?"."""
    return bool(_WHY_NOT.match(text))


def asks_still(text: str) -> bool:
    """Whether it is asked in bare words if something is still so: "en is dat er nu nog?", "bestaat dat nog?"."""
    return bool(_STILL.match(text)) and names_nothing(text)
