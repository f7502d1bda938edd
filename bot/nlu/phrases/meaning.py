"""Whether it is asked what a name means."""

from __future__ import annotations

import re

from bot.word_class import word_class

NAME = "§"
"""Stands for a name in the text that `asks_meaning` judges."""

_SMALL_WORDS = word_class(
    "ze je u jullie ik me nou nu eigenlijk precies nog toch ook alweer eens even een de het die dat da dan zo n zo'n "
    "met mee voor van in is uit wat"
)
_LITTLE = f"(?: (?:{'|'.join(sorted(_SMALL_WORDS))}))*"

_MEANING = re.compile(
    rf"^(?:(?:ok|oke|sorry|eh|uh|de|het|een) )*{NAME}$"
    rf"|\b(?:wat|wa) (?:is|zijn|betek\w+|beteek\w+|doet|doen|houdt|bedoel\w*){_LITTLE} {NAME}"
    rf"|\bwaar (?:staat|staan){_LITTLE} {NAME}"
    rf"|\b(?:def|definitie|uitleg|betekenis|afkorting|leg){_LITTLE} {NAME}"
    rf"|{NAME}(?: \w+)? (?:def|definitie|uitleg|betek\w+|afkorting|voluit|staat voor)\b"
    rf"|{NAME}(?: \w+)? wat (?:is|betek\w+|houdt) (?:dat|da|die|het)\b"
)

_NO_MORE = f"(?:{_LITTLE}(?: (?:weer|voor (?:iets|ding)|ding|zeg|hier|ergens|aub|svp))?){{0,3}}"

_ONLY_MEANING = re.compile(
    r"^(?:(?:ok|oke|sorry|hoi|hallo|hey|eh|uh|zeg|vraagje|maar|de|het|een|zo|n|zo'n|weten) )*"
    rf"(?:(?P<asked>(?:wat|wa) (?:is|zijn|betek\w+|beteek\w+|houdt)){_NO_MORE} {NAME}"
    rf"|{NAME}(?: (?P<after>(?:wat|wa) (?:is|zijn|betek\w+|beteek\w+|houdt)))?){_NO_MORE}$"
)


def asks_meaning(text: str) -> bool:
    """Whether it is asked what a name means that stands in the text as `NAME`, or nothing but the name is said."""
    return bool(_MEANING.search(text))


def only_asks_meaning(text: str, alone: bool) -> bool:
    """Whether nothing is asked but what a name means that stands in the text as `NAME`.

    `alone`: whether the bare name asks that as well.
    """
    found = _ONLY_MEANING.match(text)
    return bool(found and (alone or found.group("asked") or found.group("after")))
