"""The shortest ways to ask: "doelgroep IPS", "aanmelden WGB", "duur Fit4Work".

Such telegrams are the same for every topic, so they are made here and not written in the content: each counts as a
sample question of the topic's general answer of that kind.
"""

from __future__ import annotations

from typing import Dict, List, Optional, Sequence, Tuple

from bot.nlu.names import without_brackets
from knowledge.queries import TopicName, Unit

_WORDINGS: Dict[str, Tuple[str, ...]] = {
    "voor_wie": ("doelgroep {}", "voor wie is {}", "wie kan meedoen met {}"),
    "duur": ("duur {}", "hoe lang duurt {}"),
    "aanmelden": ("aanmelden {}", "hoe kom je bij {}", "wie regelt {}"),
    "betaling": ("wie betaalt {}", "financiering {}", "kosten {}"),
    "werking": ("werkt {}", "effect {}"),
    "contact": ("contactgegevens {}",),
}
_FIRST_IS_GENERAL = "voor_wie"
"""The kind of which a topic's first answer is the general one; of others one must be the only one or bear its name."""
_LONGEST_NAME = 3


def shorthand(units: Sequence[Unit], names: Sequence[TopicName]) -> Dict[str, List[str]]:
    """For the general answers their telegrams, by the answer's id."""
    name_of = _shortest_names(names)
    answers: Dict[Tuple[str, str], List[Unit]] = {}
    for unit in units:
        answers.setdefault((unit.topic, unit.facet), []).append(unit)
    result: Dict[str, List[str]] = {}
    for (topic, facet), group in answers.items():
        general = _general(facet, group)
        if topic in name_of and general is not None:
            result[general.id] = [wording.format(name_of[topic]) for wording in _WORDINGS[facet]]
    return result


def _general(facet: str, group: Sequence[Unit]) -> Optional[Unit]:
    if facet not in _WORDINGS:
        return None
    named = [unit for unit in group if unit.id.split("/")[-1].replace("-", "_") == facet]
    if named or len(group) == 1 or facet == _FIRST_IS_GENERAL:
        return (named or list(group))[0]
    return None


def _shortest_names(names: Sequence[TopicName]) -> Dict[str, str]:
    """What each topic is called in short: its abbreviation, or else its name when that is short."""
    result: Dict[str, str] = {}
    for name in sorted(names, key=lambda name: name.kind != "abbreviation"):
        short = without_brackets(name.name)
        if name.kind in ("abbreviation", "name") and len(short.split()) <= _LONGEST_NAME:
            result.setdefault(name.topic, short)
    return result
