"""What a channel itself remembers of a conversation: whether it is new, and whether danger was asked about.

It is kept in the conversation's tracker, so that it outlives a restart and is removed with it. A tracker store
that fails must never keep a crisis text from being sent: every failure is logged by type and passed over.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Dict, List, Mapping, Optional

from rasa.shared.core.events import BotUttered, SlotSet, UserUttered

from bot.safety import retention
from bot.settings import Settings

logger = logging.getLogger(__name__)

DANGER_SLOT = "asked_about_danger"
TOLD = "told:"
REQUEST = "request"
"""Key in a message's metadata: the id of the request that brought it."""


class ConversationMemory:
    """The memory of one sender's conversation."""

    def __init__(self, agent: Any, sender: str):
        self._agent = agent
        self._sender = sender
        self._events: List[Any] = []
        self.is_new = False
        """Whether nothing was said before; known after `asked_about_danger`."""

    async def asked_about_danger(self) -> Optional[str]:
        """What `remember_danger` kept: whom the open question about suicide is about, or which text was sent."""
        try:
            tracker = await self._agent.tracker_store.retrieve(self._sender)
        except Exception as error:
            logger.error("A conversation can't be read: %s", type(error).__name__)
            return None
        self.is_new = tracker is None
        self._events = list(tracker.events) if tracker is not None else []
        slot = tracker.slots.get(DANGER_SLOT) if tracker is not None else None
        return slot.value if slot is not None else None

    def replies_to(self, request: Optional[str]) -> List[Dict[str, Any]]:
        """What the latest message was answered with, if it came with this very request; known as `is_new` is.

        A proxy sends a request again when the assistant that had it dies before it replied.
        """
        replies: List[Dict[str, Any]] = []
        for event in reversed(self._events):
            if isinstance(event, BotUttered):
                parts = {key: event.data[key] for key in ("buttons", "custom") if event.data.get(key)}
                replies.append({"recipient_id": self._sender, "text": event.text or "", **parts})
            elif isinstance(event, UserUttered):
                same = request is not None and event.metadata.get(REQUEST) == request
                return replies[::-1] if same else []
        return []

    async def remember_danger(self, about: Optional[str]) -> None:
        """Keep that the question is open (or, with None, that it isn't); the message itself is not kept.

        With `TOLD` and a text's name: that this text was the last reply, which asked nothing.
        """
        await self.remember({DANGER_SLOT: about})

    async def remember(self, slots: Mapping[str, Any]) -> None:
        """Set slots of the conversation."""
        try:
            async with self._agent.lock_store.lock(self._sender):
                tracker = await self._agent.tracker_store.get_or_create_tracker(self._sender)
                for name, value in slots.items():
                    tracker.update(SlotSet(name, value))
                await self._agent.tracker_store.save(tracker)
        except Exception as error:
            logger.error("A conversation can't be kept: %s", type(error).__name__)

    async def forget(self) -> None:
        """Remove the conversation, everything that was said in it and the marker above."""
        async with self._agent.lock_store.lock(self._sender):
            await asyncio.to_thread(retention.forget, Settings.from_environment().conversations_url, self._sender)
