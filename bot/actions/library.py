"""The knowledge base as the actions see it: one connection pool, opened at first use."""

from __future__ import annotations

import asyncio
import logging
from functools import lru_cache
from typing import Any, Callable, Optional, TypeVar

from rasa_sdk import Tracker
from sqlalchemy.exc import SQLAlchemyError

from bot.actions.turn import voice_of
from bot.settings import Settings
from knowledge.queries import Answer, Knowledge

logger = logging.getLogger(__name__)

T = TypeVar("T")


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """The knowledge base of the settings."""
    return Knowledge(Settings.from_environment().knowledge_url)


async def last_answer(tracker: Tracker, voice: Optional[str] = None) -> Optional[Answer]:
    """The last answer that was given, in the words of `voice` (default: the user's); None when there was none."""
    ids = tracker.get_slot("last_answers") or []
    return await ask(knowledge().answer, ids[0], voice or voice_of(tracker)) if ids else None


async def ask(question: Callable[..., T], *arguments: Any) -> Optional[T]:
    """Ask without blocking other conversations; None when the knowledge base can't be read.

    A file is read at once: a thread for it costs more than the read.
    """
    try:
        return question(*arguments) if knowledge().is_file else await asyncio.to_thread(question, *arguments)
    except SQLAlchemyError as error:
        logger.error("The knowledge base can't be read: %s", type(error).__name__)
        return None
