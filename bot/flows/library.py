"""The guided conversations as the knowledge base has them now: made once for each of its versions."""

from __future__ import annotations

import threading
from typing import Dict, List, Optional, Tuple

from bot.flows.disclosure import Disclosure
from bot.flows.eligibility import Eligibility
from bot.flows.engine import Flow
from bot.flows.financing import Financing
from bot.nlu.names import PlaceLinker, TopicLinker
from knowledge.queries import PROFESSIONAL, FlowContent, Knowledge, Snapshot

ELIGIBILITY, FINANCING, DISCLOSURE = "check", "financiering", "openheid"


class FlowLibrary:
    """Makes flows from a knowledge base and keeps them until its version changes."""

    def __init__(self, knowledge: Knowledge):
        self._knowledge = knowledge
        self._version: Optional[str] = None
        self._made: Dict[Tuple[str, str], Flow] = {}
        self._snapshot = Snapshot("")
        self._lock = threading.Lock()

    def get(self, slug: str, voice: str) -> Optional[Flow]:
        """The flow in a voice; None when the knowledge base has no such conversation."""
        with self._lock:
            version = self._knowledge.version()
            if version != self._version:
                self._snapshot = self._knowledge.snapshot()
                self._made, self._version = {}, version
            if (slug, voice) not in self._made:
                content = self._knowledge.flow(slug, voice)
                if content is None:
                    return None
                self._made[slug, voice] = self._make(content, voice)
            return self._made[slug, voice]

    def _make(self, content: FlowContent, voice: str) -> Flow:
        places, topics = PlaceLinker(self._snapshot.places), TopicLinker.of(self._snapshot)

        def find_places(text: str) -> List[str]:
            return [mention.value for mention in places.link(text)]

        def find_topics(text: str) -> List[str]:
            return list(dict.fromkeys(mention.value for mention in topics.link(text) if not mention.negated))

        if content.slug == FINANCING:
            rules = self._knowledge.financing()
            return Financing(content, rules, voice == PROFESSIONAL, find_places, find_topics)
        if content.slug == DISCLOSURE:
            ids = [fact for step in content.steps for option in step.options for fact in option.facts]
            return Disclosure(content, self._knowledge.answers(ids, voice), find_places, find_topics)
        return Eligibility(
            content,
            self._knowledge.criteria(),
            self._knowledge.topics(),
            {place.region: place.region_name for place in self._snapshot.places},
            find_places,
            find_topics,
        )
