"""Of whom a question is asked: a benefit that someone has, a place where they live, what they suppose to have."""

from __future__ import annotations

import re
from typing import Sequence

from bot.nlu.phrases.asking import ASKS
from bot.nlu.phrases.bare import SHORT
from bot.word_class import word_class

_CIRCUMSTANCE = re.compile(
    r"(?:(?:en|maar|nee|oke|ok|ja|of|oh?|sorry|trouwens|he|wel) )*"
    r"(?:ik (?:heb|krijg|zit in|val onder|werk (?:in|bij|als))"
    r"|(?:mag|kan|geldt|werkt|telt)(?: (?:dat|dit|het|ik|je|die|er|dan|ook|zelfs))+ (?:met|bij|voor|in|vanuit|uit"
    r"|als(?= .*\b(?:hebt?|heeft|krijgt?|zit|ben|bent|is|woont?|werkt?)\W*$))"
    r"|ook als(?= .*\b(?:hebt?|heeft|krijgt?|zit)\W*$)"
    r"|ik bedoel (?:(?:dan|specifiek|vooral|eigenlijk|alleen|juist) )?(?:bij|met|voor|iemand)"
    r"|(?:hij|zij|ze|mijn \w+) (?:heeft|krijgt|zit in)|heb|heeft|met|zonder"
    r"|(?:voor|bij) iemand"
    r"|(?:als|wanneer) (?:je|ik|iemand|hij|zij|ze|die|mijn \w+)(?= .*\b(?:hebt?|heeft|krijgt?|zit)\W*$))\b",
    re.IGNORECASE,
)

_TOLD_OF_SOMEONE = (
    r"\b(?:met|zonder|uit|vanuit|heeft|hebben|heb|had|krijgt?|ontvangt|zit(?:ten)? in|in) +"
    r"(?:(?:een|de|'?n|zijn|haar|mijn|hun|al|nu|nog|alleen) +){{0,2}}{name}\b"
    r"|\b(?:klant|kl|cl|cli[eë]nt|kandidaat|werknemer|medewerker|iemand|man|vrouw|zoon|dochter)\.? +{name}\b"
    r"|(?:^|[,;(/+]) *{name} *(?=[,;)/+])"
)
"""Where a benefit says whose question it is; `{name}` is how it is typed."""

_SUPPOSES = re.compile(
    r"\b(?:denk|dacht|geloof|vermoed\w*|misschien|mogelijk|waarschijnlijk|volgens|herken|lijkt?|zou(?:den)?|vast|test\w*"
    r"|diagnose|symptomen|zegt|zeggen|vindt|vinden)\b",
    re.IGNORECASE,
)

_HAS = word_class(
    "ik hij ze zij heb heeft krijg krijgt zit val valt onder trouwens namelijk zelf nu mijn klant client iemand "
    "uit uitkering"
)

_LIVES = word_class(
    "ik we wij hij zij ze mijn woon woont wonen kom zit zoek regio omgeving buurt omstreken gemeente is er dat "
    "die dit het zijn ook hier zoiets"
)


def tells_circumstance(text: str) -> bool:
    """Whether a short message only tells of whom the last question was: "ik heb bijstand", "en voor iemand van 19?"."""
    found = _CIRCUMSTANCE.match(text)
    return bool(found and len(text.split()) <= 2 * SHORT and not ASKS.search(text[found.end() :]))


def is_told_of_someone(text: str, name: str) -> bool:
    """Whether a name says of whom something is asked, not what: "iemand met wajong", "man, 34, WIA, wil werken"."""
    return bool(re.search(_TOLD_OF_SOMEONE.format(name=re.escape(name)), text, re.IGNORECASE))


def supposes(text: str) -> bool:
    """Whether someone thinks to have something, or others do: "ik heb denk ik adhd"."""
    return bool(_SUPPOSES.search(text))


def has_it(words: Sequence[str]) -> bool:
    """Whether words besides a name only say that someone has it: "ik heb trouwens", "mijn zoon zit in de"."""
    return all(word in _HAS for word in words)


def lives_there(words: Sequence[str]) -> bool:
    """Whether words besides a place's name only say that someone is there: "ik woon in", "in de buurt van"."""
    return all(word in _LIVES for word in words)
