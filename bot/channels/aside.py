"""Questions put aside while "Denk je aan zelfdoding?" is open: masked, in this process's memory only, for minutes."""

from __future__ import annotations

import copy
import time
from collections import OrderedDict
from typing import Any, Callable, Dict, Optional, Tuple

from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore

CONTEXT_SLOTS = ("topics", "last_answers", "options")
"""What a following question needs to know of an answer: names of topics and answers, no words of the user."""


class PutAside:
    """The last question of each sender, for `seconds`; of at most `most` senders."""

    def __init__(self, most: int = 500, seconds: float = 900, clock: Callable[[], float] = time.monotonic):
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._texts: OrderedDict[str, Tuple[float, str]] = OrderedDict()

    def put(self, sender: str, text: str) -> None:
        """Keep the masked text in place of what was kept for this sender."""
        self._texts.pop(sender, None)
        self._texts[sender] = (self._clock() + self._seconds, text)
        self._drop_old()

    def has(self, sender: str) -> bool:
        """Whether a question waits."""
        self._drop_old()
        return sender in self._texts

    def take(self, sender: str) -> Optional[str]:
        """The text, which is then no longer kept."""
        self._drop_old()
        kept = self._texts.pop(sender, None)
        return kept[1] if kept else None

    def _drop_old(self) -> None:
        now = self._clock()
        while self._texts:
            oldest = next(iter(self._texts.values()))[0]
            if oldest > now and len(self._texts) <= self._most:
                break
            self._texts.popitem(last=False)


async def ask_and_keep_nothing(agent: Any, message: UserMessage) -> Dict[str, Any]:
    """Let Rasa answer in a conversation that exists in memory for this turn only.

    Returns the slots that the next turn needs.
    """
    processor = copy.copy(agent.processor)
    processor.tracker_store = InMemoryTrackerStore(agent.domain)
    await processor.handle_message(message)
    tracker = await processor.tracker_store.retrieve(message.sender_id)
    slots = tracker.slots if tracker is not None else {}
    return {name: slots[name].value for name in CONTEXT_SLOTS if name in slots and slots[name].value}
