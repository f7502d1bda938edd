"""What an editor's question asks."""

from __future__ import annotations

import re


def asks_nearby(question: str) -> bool:
    """Whether an editor's question asks where a thing is that is found in many places."""
    return bool(re.search(r"\bvind\b|\bregio\b|\bbuurt\b|\bcontact met het\b", question, re.IGNORECASE))


def asks_how(question: str) -> bool:
    """Whether an editor's question asks what someone can do: "Hoe doorbreek je zelfstigma?"."""
    return bool(
        re.match(r"(?:Hoe|Wat) (?:kan|kun|moet|maak|doorbreek|bestrijd|pak|vind|vraag|dien|kom|doe|kies)\b", question)
    )


def asks_which_region(question: str) -> bool:
    """Whether an editor's question asks in which region a thing is that isn't found everywhere."""
    return bool(re.match(r"In welke regio\b", question))
