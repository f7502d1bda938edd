"""What is known of the topics and places that messages name: their kinds, their answers, what an answer names."""

from __future__ import annotations

import re
from typing import Dict, FrozenSet, Iterable, List, Optional, Sequence, Set

from bot.nlu.names import Mention, PlaceLinker, TopicLinker, tokens_of, without_brackets
from bot.nlu.phrases.correcting import FILLERS
from knowledge.queries import Snapshot, Unit

BENEFITS = frozenset({"bijstand", "wajong", "wia", "ww", "ziektewet"})
"""Topics that say whose question it is as often as they are what it is about."""
_MANY = 16
"""Samples that must have a name before it stands for the one that editors gave first."""
DISORDER, _TERM = "aandoening", "term"
"""Types of topics that are named as a circumstance as often as they are the subject."""
CASES = "casus"
"""The topic of what may help in a situation that is told."""
_DIFFERENCE, _EXPLAINS = "verschil", "wat"
_ITEM = re.compile(r"^(?:-|\d+\.) +(?:\d+\. +)?(.+)$", re.MULTILINE)
_EXPLANATION = re.compile(r" *[:(;,.]")
_LONGEST_HEAD = 5


class Subjects:
    """The topics, places and answers of one version of the knowledge base; read-only."""

    def __init__(self, snapshot: Snapshot):
        """`snapshot`: as `Knowledge.snapshot` gives it."""
        self.topics = TopicLinker.of(snapshot)
        self.places = PlaceLinker(snapshot.places)
        self.answers: Dict[str, Unit] = {unit.id: unit for unit in snapshot.units}
        self.of_region: Dict[str, List[str]] = {}
        """Ids of each region's answers."""
        self.names: Dict[str, str]
        """What each topic is called: as most people do, "IPS" and not "Individuele Plaatsing en Steun"."""
        self.names_of: Dict[str, List[str]] = {}
        """All that each topic is called."""
        self._facets_of: Dict[str, Set[str]] = {}
        samples: Dict[str, List[str]] = {}
        for unit in snapshot.units:
            samples.setdefault(unit.topic, []).extend(_spaced(text) for _, text in unit.samples)
            self._facets_of.setdefault(unit.topic, set()).add(unit.facet)
            if unit.region:
                self.of_region.setdefault(unit.region, []).append(unit.id)
        for name in snapshot.names:
            if name.kind != "description":
                self.names_of.setdefault(name.topic, []).append(without_brackets(name.name))
        self.names = {topic: _most_used(names, samples.get(topic, ())) for topic, names in self.names_of.items()}
        self.benefits = BENEFITS & set(self.names)
        self.disorders = self._of_type(DISORDER)
        self.terms = self._of_type(_TERM)
        self.background = self.disorders | self.terms
        self.of_benefits: Dict[str, FrozenSet[str]] = {
            unit.id: named
            for unit in snapshot.units
            if (named := frozenset(m.value for m in self.topics.link(unit.question)) & self.benefits)
        }
        """The benefits that the questions of answers name, for those that name any."""
        self.cases = frozenset(answer for answer in self.of_benefits if self.answers[answer].topic == CASES)
        """The answers on what may help someone with a benefit."""
        self._named_in: Dict[str, FrozenSet[str]] = {}

    def answer(self, answer: Optional[str]) -> Optional[Unit]:
        """The answer with this id; None without one, or when this version doesn't have it."""
        return self.answers.get(answer or "")

    def _of_type(self, topic_type: str) -> FrozenSet[str]:
        return frozenset(unit.topic for unit in self.answers.values() if unit.topic_type == topic_type)

    def having(self, topics: Iterable[str], facet: str) -> FrozenSet[str]:
        """Those of the topics that have an answer of a kind."""
        return frozenset(topic for topic in topics if facet in self._facets_of.get(topic, ()))

    def explaining(self, mention: Mention) -> Optional[Unit]:
        """The answer that says what a name means; None when another kind of answer is about that very name."""
        said, head = _spaced(mention.name), f" {tokens_of(mention.name)[0]} "
        units = [unit for unit in self.answers.values() if unit.topic == mention.value]
        explaining = [unit for unit in units if unit.facet == _EXPLAINS]
        # "WGB-traject" is explained where WGB is
        named = [unit for unit in units if said in _spaced(unit.question)]
        named += [unit for unit in explaining if head in _spaced(unit.question)]
        if not explaining or (named and not any(unit in explaining for unit in named)):
            return None
        return max(explaining, key=lambda unit: (unit in named, unit.id.split("/")[-1] == _EXPLAINS))

    def named_in(self, unit: Unit) -> FrozenSet[str]:
        """The topics that an answer names besides its own; looked for once, since answers are long."""
        if unit.id not in self._named_in:
            named = {mention.value for text in unit.texts for mention in self.topics.link(text)}
            self._named_in[unit.id] = frozenset(named - self.background - self.benefits - {unit.topic})
        return self._named_in[unit.id]

    def in_order(self, unit: Unit) -> List[str]:
        """The topics that an answer names besides its own, in the order of its texts."""
        named = (mention.value for text in unit.texts for mention in self.topics.link(text))
        return [topic for topic in dict.fromkeys(named) if topic in self.named_in(unit)]

    def named_or_next(self, unit: Unit) -> FrozenSet[str]:
        """The topics that an answer names or that its follow-up questions are about, besides its own."""
        following = (self.answers[answer].topic for answer in unit.follow_ups if answer in self.answers)
        return self.named_in(unit) | (frozenset(following) - {unit.topic})

    def circumstances_of(self, unit: Unit) -> FrozenSet[str]:
        """Topics that say of whom a question is asked: benefits and disorders, unless it is about one itself."""
        kinds = (self.benefits, self.disorders)
        return frozenset().union(*(kind for kind in kinds if unit.topic not in kind))

    def listed_in(self, unit: Unit, role: Optional[str]) -> List[str]:
        """What an answer enumerates as this role reads it, in order; empty for fewer than two things.

        That is the items of its list; without one the regions it names, or else the topics.
        """
        for text in unit.texts if role in (None, "client") else reversed(unit.texts):
            items = _ITEM.findall(text) if unit.facet != _DIFFERENCE else []
            if len(items) > 1:
                return [self._head(item) for item in items]
            regions = dict.fromkeys(mention.name for mention in self.places.link(text))
            topics = dict.fromkeys(
                mention.value
                for mention in self.topics.link(text)
                if mention.value != unit.topic and mention.value not in self.background
            )
            for names in (list(regions), [self.names[topic] for topic in topics if topic in self.names]):
                if len(names) > 1:
                    return names
        return []

    def item_of(self, unit: Unit, role: Optional[str], position: int) -> Optional[str]:
        """The whole item at a place of an answer's list, as this role reads it; None where there is no such list."""
        for text in unit.texts if role in (None, "client") else reversed(unit.texts):
            items = _ITEM.findall(text)
            if len(items) > 1:
                return items[position] if -len(items) <= position < len(items) else None
        return None

    def _head(self, item: str) -> str:
        """What an item of a list is about: the words before its explanation, or the topic named in too many of them."""
        head = _EXPLANATION.split(item, 1)[0].strip()
        named = self.topics.link(head) if len(head.split()) > _LONGEST_HEAD else []
        return named[0].name if named else head

    def region_of(self, place: Optional[str]) -> Optional[str]:
        """Slug of the region that a place is in; None for one that isn't known."""
        found = self.places.link(place) if place else []
        return found[0].value if found else None


def besides(text: str, mentions: Sequence[Mention]) -> List[str]:
    """What a message says besides the names in it and small words."""
    words = tokens_of(text)
    for mention in mentions:
        words[mention.start : mention.end] = [""] * (mention.end - mention.start)
    return [word for word in words if word and word not in FILLERS]


def _most_used(names: Sequence[str], samples: Sequence[str]) -> str:
    """The name that most samples have; the first one where few have any."""
    counts = [sum(spelled in sample for sample in samples) for spelled in map(_spaced, names)]
    most = max(counts)
    return names[counts.index(most)] if most >= _MANY else names[0]


def _spaced(text: str) -> str:
    return f" {' '.join(tokens_of(text))} "
