"""Who is speaking, and for whom: "ik ben klantmanager", "mijn medewerker", "welke interventie past"."""

from __future__ import annotations

import re
from typing import List, Optional, Sequence, Tuple

from bot.nlu.names import Mention, tokens_of
from bot.word_class import word_class

_ROLES = {
    "professional": r"klantmanager|casemanager|(?:werk|klant|re-?integratie|inkomens)?consulent\w*|re-?integratiecoach"
    r"|jobcoach|werkcoach|(?:ips[- ]?)?(?:coach|trajectbegeleider)|(?:ambulant |woon)?begeleider|behandelaar|psycholoog"
    r"|psychiater|(?:psychiatrisch |sociaal psychiatrisch )?verpleegkundige|spv(?:'er|er)?|poh|arbeidsdeskundige"
    r"|verzekeringsarts|bedrijfsarts|beleids(?:medewerker|adviseur)|hulpverlener|professional"
    r"|maatschappelijk werker|werkmakelaar",
    "employer": r"werkgever|ondernemer|hr[- ]?(?:adviseur|manager|medewerker)|leidinggevende|teamleider"
    r"|personeelsadviseur",
    "client": r"cli[eë]nt|pati[eë]nt|werkzoekende|ervaringsdeskundige",
}

_SAYS_ROLE = {
    role: re.compile(
        rf"\bik ben (?:(?:zelf|nu|trouwens|eigenlijk|namelijk|ook|een|de|als) )*(?:{names})\b", re.IGNORECASE
    )
    for role, names in _ROLES.items()
}

_WHAT_FITS = re.compile(
    r"\b(?:welke?|wat(?: voor)?)\b(?: \w+){0,4} (?:past?|passen|passend|inzetten|in te zetten|geschikt)\b",
    re.IGNORECASE,
)

_FROM_OFFICE = re.compile(
    r"^\W*(?:(?:ja|o|oh|oke|ok|sorry) )?ik ben (?:(?:trouwens|zelf|namelijk|eigenlijk) )?van (?:(?:de|het|een) )?"
    r"(?:uwv|gemeente|ggz|sociale dienst|arbodienst|re-?integratiebedrijf)\b",
    re.IGNORECASE,
)

_SPEAKS_OF = {
    "professional": re.compile(
        r"\b(?:mijn|mn|m'n|onze|een) (?:\w+ )?(?:klant|cli[eë]nte?|kandidaat|pati[eë]nte?)\b(?! van\b)", re.IGNORECASE
    ),
    "employer": re.compile(
        r"\b(?:mijn|mn|m'n|onze) (?:\w+ )?(?:medewerker|medewerkster|werknemer|werkneemster|personeelslid)\b"
        r"|\b(?:medewerker|medewerkster|werknemer|werkneemster) van (?:mij|ons)\b",
        re.IGNORECASE,
    ),
}

_ROLE_REST = word_class(
    "dus en van bij de het een gemeente uwv ggz hoor trouwens zelf geen client maar nee oke ja o sorry hallo hoi "
    "hey dag goedemorgen goedemiddag goedenavond"
)

_NEW_CLAUSE = re.compile(r"\s*(?:[,.;:!]|dus\b|en (?:wat|wie|hoe|waar|welke|geef|mag|moet)\b)")


def role_in(text: str) -> Tuple[Optional[str], str]:
    """Who someone says they are in a sentence of its own, and the rest of the message, if that says anything."""
    office = _FROM_OFFICE.search(text)
    if office and all(word in _ROLE_REST for word in tokens_of(text[office.end() :])):
        return "professional", ""
    for role, pattern in _SAYS_ROLE.items():
        found = pattern.search(text)
        if found:
            before, after = text[: found.start()].strip(" ,.;"), text[found.end() :].strip(" ,.;")
            if all(word in _ROLE_REST for word in tokens_of(f"{before} {after}")):
                return role, ""
            # "ik ben jobcoach en wil weten ..." is one sentence; only a clause of its own is taken off
            alone = not before and _NEW_CLAUSE.match(text[found.end() :])
            return role, re.sub(r"^(?:dus|en)\s+", "", after) if alone else text
    return None, text


def asks_what_fits(text: str) -> bool:
    """Whether it is asked what may help someone: "welke interventie past hierbij", "wat kan ik inzetten"."""
    return bool(_WHAT_FITS.search(text))


def role_of_speaker(text: str) -> Optional[str]:
    """Who speaks of "mijn klant" or "mijn medewerker", when nobody said who it is."""
    return next((role for role, pattern in _SPEAKS_OF.items() if pattern.search(text)), None)


def without_speaker(text: str, mentions: Sequence[Mention]) -> List[Mention]:
    """The mentions without those that only say who speaks: "ik ben jobcoach en mijn klant loopt vast"."""
    found = next((match for match in (pattern.search(text) for pattern in _SAYS_ROLE.values()) if match), None)
    if found is None:
        return list(mentions)
    first, last = len(tokens_of(text[: found.start()])), len(tokens_of(text[: found.end()]))
    return [mention for mention in mentions if not first <= mention.start < last]
