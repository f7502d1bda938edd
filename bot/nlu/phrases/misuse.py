"""What isn't a question about anything that Koers knows: markup, new rules, a wish to erase, talk to the machine."""

from __future__ import annotations

import re

from bot.nlu.phrases.following import asks_what_if

MARKUP = re.compile(r"</?[a-z][^>]*>|\{\{|\$\{|\bdrop\s+table\b|'\s*or\s*'?1'?\s*=", re.IGNORECASE)
"""What people who test the machine type, not people with a question."""

NEW_RULES = re.compile(
    r"^\W*(?:(?:system|assistant|systeem)\s*:"
    r"|(?:negeer|vergeet|omzeil|wis)\b.{0,25}\b(?:instructies?|regels|opdracht(?:en)?|prompt|beperkingen|filters?)\b"
    r"|(?:je|jij|u) bent (?:nu|vanaf nu) (?!ziek\b)(?!een? (?:half|jaar|paar|tijd|week|maand))"
    r"(?:geen|een|mijn|dan|vrij|max|\w*bot|de|het)\b"
    r"|vanaf nu (?:ben|heet|mag|doe|speel|antwoord) (?:je|jij|u)\b|doe alsof (?:je|jij|u)\b|speel (?:een|de) rol\b)",
    re.IGNORECASE,
)
"""Who gives the assistant other rules or another name asks nothing that it knows, whatever is named after it."""

_ERASES = re.compile(
    r"\b(?:\w*wis(?:sen|t)?|ver\w{1,4}der\w*|delete\w*|clear|reset|vernietig\w*|leeg\w*|weg\w*|haal|halen|smijt|gooi\w*"
    r"|opruimen|schoon|verdwijn\w*|geheugen|vergeet|vergeten|avg)\b",
    re.IGNORECASE,
)


def may_erase(text: str) -> bool:
    """Whether a message has a word that asks to remove something; what was removed doesn't come back."""
    return bool(_ERASES.search(text)) and not asks_what_if(text)


def names_machine(text: str) -> bool:
    """Whether a message speaks to or of the assistant: "ben je een mens?", "is dit een bot"."""
    return bool(
        re.search(r"\b(?:je|jij|jou|jullie|u|mens\w*|\w*bot|computer\w*|ai|robot|koers)\b", text, re.IGNORECASE)
    )
