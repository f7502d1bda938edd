"""What a message is compared with: the answers' sample questions, and those of kinds of conversation."""

from __future__ import annotations

from dataclasses import replace
from typing import Dict, List, Mapping, Sequence, Tuple

from bot.nlu.conversation.expectations import INTENT_PREFIX
from bot.nlu.shorthand import shorthand
from knowledge.queries import Snapshot, Unit


def units_of(snapshot: Snapshot, conversation_examples: Mapping[str, Sequence[str]]) -> List[Unit]:
    """All that competes for a message: the answers and the kinds of conversation."""
    return with_further_samples(snapshot) + _conversation_units(conversation_examples)


def with_further_samples(snapshot: Snapshot) -> List[Unit]:
    """The units, with the topics' descriptions ("zo'n coach van de ggz") and the shortest questions as samples too."""
    telegrams = shorthand(snapshot.units, snapshot.names)
    descriptions: Dict[str, List[Tuple[str, str]]] = {}
    for name in snapshot.names:
        if name.kind == "description":
            descriptions.setdefault(name.topic, []).append(("", name.name))
    units = []
    for unit in snapshot.units:
        # the first answer of this kind only
        added = tuple(descriptions.pop(unit.topic, ())) if unit.facet == "wat" else ()
        added += tuple(("", text) for text in telegrams.get(unit.id, ()))
        units.append(replace(unit, samples=unit.samples + added) if added else unit)
    return units


def _conversation_units(examples: Mapping[str, Sequence[str]]) -> List[Unit]:
    """Kinds of conversation as units, so that they compete with answers on equal terms."""
    return [
        Unit(
            id=INTENT_PREFIX + intent,
            topic="",
            topic_type="conversation",
            facet="",
            region=None,
            question=texts[0],
            texts=(),
            samples=tuple(("", text) for text in texts[1:]),
        )
        for intent, texts in sorted(examples.items())
        if texts
    ]
