"""How Koers behaves among members: when it speaks, when it stays silent, and when it reminds of privacy.

Among people a program speaks when it is asked, or when it is sure that it can help. Everything else is theirs.
"""

from __future__ import annotations

import re
from typing import Optional, Sequence

from bot.safety.personal_data import (
    ACCOUNT,
    ADDRESS,
    BIRTH_DATE,
    BSN,
    NAME,
    NUMBER,
    Masked,
)

SURE = 0.7
"""How sure Koers must be to answer a question that wasn't put to it; `python -m tests.channels.many.confidence` measures it."""

_ASKS = re.compile(
    r"\?|^\W*(?:(?:hoi|hallo|dag|goedemorgen|goedemiddag|collega'?s|allemaal|vraag(?:je)?|beste)\W+)*"
    r"(?:wie|wat|wanneer|waar|waarom|waarvoor|hoe|hoeveel|hoelang|welke?|mag|mogen|moet|moeten|kan|kunnen|is|zijn|bestaat|weet iemand)\b",
    re.IGNORECASE,
)
# Questions that only members can answer: what they do, know from experience, or want to do together.
_FOR_MEMBERS = re.compile(
    r"\bjullie\b|\bervaringen? (?:mee|hier|met|delen|met elkaar)|\b(?:heeft|hebben|zijn er|is er) (?:er )?(?:hier )?(?:iemand|mensen|collega'?s)\b"
    r"|\b(?:zoek|zoeken) (?:ik |wij |we )?(?:een |naar |nog )|\bgezocht\b|\bwie (?:wil|gaat|komt|doet|herkent|kent|denkt|heeft (?:er )?(?:al |hier |ook )?(?:ervaring|tijd|tips|een idee))\b"
    r"|\b(?:sparren|meedenken|intervisie|borrel|datum|deze groep|vergadering|parkeren|bijlage|vacature|kennismaken|aanmelden voor de (?:bijeenkomst|borrel))\b",
    re.IGNORECASE,
)
_CLIENT = r"(?:klant|cli[eë]nte?|kandida(?:at|te)|pati[eë]nte?|deelne(?:mer|emster)|werkzoekende|jongere|meneer|mevrouw|mw\.|mevr\.|dhr\.)"
_ABOUT_CLIENT = re.compile(rf"(?<![\w-]){_CLIENT}(?![\w-])", re.IGNORECASE)
_DETAILS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:van )?\d{2} ?(?:jaar|jr)\b(?! (?:in dienst|ervaring))|\b(?:is|van) \d{2}\b(?! (?:uur|procent|euro|%))",
        r"\b(?:heeft|met|gediagnosticeerd|diagnose|lijdt aan) (?:een |de )?(?:\w+ )?(?:autisme|adhd|add|borderline|schizofrenie|psychose|psychoses|ptss|"
        r"depressie|bipolair\w*|manisch\w*|angststoornis|eetstoornis|verslaving|trauma|ocd|dwangstoornis|persoonlijkheidsstoornis)\b",
        r"\b(?:gescheiden|alleenstaand|moeder van|vader van|\w+ kinderen|zwanger|ex-gedetineerd\w*|schulden|uit huis gezet|dakloos)\b",
        r"\b(?:woont|wonend|woonachtig|komt) (?:in|uit|te) [A-Z]\w+|\buit [A-Z]\w{3,}\b",
        r"\b(?:opgenomen|suïcidepoging|zelfmoordpoging|medicatie|lithium|antipsychotic\w*|ontslagen bij|werkte bij|mishandel\w*|misbruik\w*)\b",
    )
)
_ENOUGH_DETAILS = 2
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_NUMBER = re.compile(r"^\W*(?:nummer|optie|keuze)?\s*([1-9])\W*$", re.IGNORECASE)
_OWN_DATA = frozenset({BSN, BIRTH_DATE, NUMBER, ACCOUNT, ADDRESS})


def without_mention(text: str, account: str) -> str:
    """The text without the name of Koers as a member."""
    return re.sub(rf"@(?:{re.escape(account)}|koers)\b[,:;]?\s*", "", text, flags=re.IGNORECASE).strip()


def asks_what_koers_may_know(text: str) -> bool:
    """Whether a post asks something, and not something that only members can answer."""
    return bool(_ASKS.search(text)) and not _FOR_MEMBERS.search(text)


def picked(text: str, choices: Sequence[str]) -> Optional[int]:
    """Which of the numbered choices a comment picks, counted from 0; one that isn't there gives `len(choices)`."""
    match = _NUMBER.match(text)
    return min(int(match.group(1)) - 1, len(choices)) if match and choices else None


def tells_of_a_client(text: str, masked: Masked) -> bool:
    """Whether a post holds the name of a client, or so many details that people may know who it is.

    Members sign with their own names and telephone numbers: those are masked as well, and are theirs to give.
    """
    if _OWN_DATA & set(masked.found):
        return True
    if not _ABOUT_CLIENT.search(text):
        return False
    if NAME in masked.found and any(
        _ABOUT_CLIENT.search(sentence) and "[naam]" in sentence for sentence in _SENTENCE.split(masked.text)
    ):
        return True
    return sum(bool(pattern.search(text)) for pattern in _DETAILS) >= _ENOUGH_DETAILS
