"""How much one sender or one address may send: sliding windows with constant memory."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from typing import Callable, Deque


class RateLimit:
    """At most `most` events in `seconds` for each key; remembers at most `keys` keys."""

    def __init__(self, most: int, keys: int = 10_000, seconds: float = 60, clock: Callable[[], float] = time.monotonic):
        self._most = most
        self._seconds = seconds
        self._keys = keys
        self._clock = clock
        self._seen: OrderedDict[str, Deque[float]] = OrderedDict()

    def allows(self, key: str) -> bool:
        """Count one event for `key`; False when it is one too many."""
        now = self._clock()
        times = self._seen.pop(key, None) or deque()
        while times and now - times[0] > self._seconds:
            times.popleft()
        allowed = len(times) < self._most
        if allowed:
            times.append(now)
        self._seen[key] = times
        while len(self._seen) > self._keys:
            self._seen.popitem(last=False)
        return allowed


class OpenConversations:
    """At most `most` conversations at a time: one is open until nothing was said in it for `seconds`."""

    def __init__(self, most: int, seconds: float = 1800, clock: Callable[[], float] = time.monotonic):
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._last: OrderedDict[str, float] = OrderedDict()

    def admits(self, key: str) -> bool:
        """Whether this conversation is open or can be opened; keeps it open."""
        now = self._clock()
        while self._last and now - next(iter(self._last.values())) > self._seconds:
            self._last.popitem(last=False)
        if key not in self._last and len(self._last) >= self._most:
            return False
        self._last[key] = now
        self._last.move_to_end(key)
        return True
