"""A region's own practice, where the knowledge base has one on the subject of a reply."""

from __future__ import annotations

import re
from typing import Optional, Sequence

from bot.channels.many.spaces import Space
from bot.nlu.names import without_brackets
from bot.settings import Settings
from knowledge.queries import Knowledge


def practice_of(knowledge: Knowledge, settings: Settings, space: Space, topics: Sequence[str]) -> Optional[str]:
    """A line about the region's own practice with one of these topics, or None.

    Raises `sqlalchemy.exc.SQLAlchemyError` when the knowledge base can't be read.
    """
    if space.kind != "region" or not topics:
        return None
    asked = knowledge.topics(slugs=list(topics))
    if any(topic.region == space.id for topic in asked):
        return None  # The reply itself is about the region.
    names = [re.escape(without_brackets(topic.name)) for topic in asked]
    named = re.compile(rf"\b(?:{'|'.join(names)})\b", re.IGNORECASE) if names else None
    for topic in knowledge.topics(region=space.id):
        related = set(knowledge.related(topic.slug))
        if related & set(topics) or (named and named.search(topic.summary)):
            return f"In de regio {space.name}: {topic.summary} Meer: {settings.public_url}/kennis/{topic.slug}"
    return None
