"""Turns of one conversation come one after the other, in the order in which they arrived.

Rasa's own lock stores poll once a second, its Redis store can give two replicas the same ticket, and a replica that
dies leaves its conversations locked for a minute.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
import uuid
from contextlib import asynccontextmanager
from typing import Any, AsyncGenerator, Dict, Optional

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LockStore
from redis.asyncio import Redis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

ALIVE_SECONDS = 4.0
"""After this long without a sign of life the turn of a dead replica is passed over."""

_LOOK_SECONDS = 0.02
_TIMEOUT_SECONDS = 1.0
_LONGEST_SECONDS = 60.0

# KEYS: the conversation's queue, the sign of life of the one who asks. ARGV: its token, prefix of signs, milliseconds.
# Whoever stands first has the turn; those in front of us who show no life any more are removed.
_STAND_IN_LINE = """
redis.call('SET', KEYS[2], 1, 'PX', ARGV[3])
if not redis.call('LPOS', KEYS[1], ARGV[1]) then redis.call('RPUSH', KEYS[1], ARGV[1]) end
redis.call('PEXPIRE', KEYS[1], 60 * ARGV[3])
while true do
  local first = redis.call('LINDEX', KEYS[1], 0)
  if first == ARGV[1] then return 1 end
  if redis.call('EXISTS', ARGV[2] .. first) == 1 then return 0 end
  redis.call('LPOP', KEYS[1])
end
"""
_LEAVE = "redis.call('LREM', KEYS[1], 0, ARGV[1]) redis.call('DEL', KEYS[2])"


class LocalLocks(LockStore):
    """Locks of one process."""

    def __init__(self) -> None:
        self._locks: Dict[str, asyncio.Lock] = {}
        self._users: Dict[str, int] = {}

    @asynccontextmanager
    async def lock(self, conversation_id: str, *_: Any, **__: Any) -> AsyncGenerator[Optional[TicketLock], None]:
        """Hold the conversation; whoever came first goes first."""
        lock = self._locks.setdefault(conversation_id, asyncio.Lock())
        self._users[conversation_id] = self._users.get(conversation_id, 0) + 1
        try:
            async with lock:
                yield None
        finally:
            self._users[conversation_id] -= 1
            if not self._users[conversation_id]:
                del self._users[conversation_id], self._locks[conversation_id]


class RedisLocks(LockStore):
    """Locks that replicas share. Without Redis each process keeps its own order, and the store guards the rest."""

    def __init__(self, url: str) -> None:
        self._redis: Redis = Redis.from_url(
            url, socket_timeout=_TIMEOUT_SECONDS, socket_connect_timeout=_TIMEOUT_SECONDS
        )
        self._local = LocalLocks()

    @asynccontextmanager
    async def lock(self, conversation_id: str, *_: Any, **__: Any) -> AsyncGenerator[Optional[TicketLock], None]:
        """Hold the conversation on all replicas; whoever came first goes first."""
        place = _Place(self._redis, conversation_id)
        try:
            await place.wait()
        except RedisError as error:
            logger.error("Redis gives no locks: %s", type(error).__name__)
            async with self._local.lock(conversation_id):
                yield None
            return
        except BaseException:
            await place.leave()
            raise
        alive = asyncio.create_task(place.show_life())
        try:
            yield None
        finally:
            alive.cancel()
            await place.leave()


class _Place:
    """One turn's place in the line of its conversation."""

    def __init__(self, redis: Redis, conversation_id: str) -> None:
        self._redis = redis
        self._token = uuid.uuid4().hex
        self._left = False
        # What names a person stays out of Redis.
        self._queue = "koers:line:" + hashlib.sha256(conversation_id.encode()).hexdigest()[:32]
        self._signs = "koers:alive:"

    async def wait(self) -> None:
        while not await self._stand():
            await asyncio.sleep(_LOOK_SECONDS)

    async def show_life(self) -> None:
        """Until the place is left; not only until cancelled, since the Redis client can swallow a cancellation.

        A turn that hangs loses its place after a while, so that it never keeps a conversation for ever.
        """
        until = time.monotonic() + _LONGEST_SECONDS
        while time.monotonic() < until:
            await asyncio.sleep(ALIVE_SECONDS / 4)
            if self._left:
                return
            try:
                await self._stand()
            except RedisError as error:
                logger.warning("Redis can't be told that a turn goes on: %s", type(error).__name__)

    async def leave(self) -> None:
        self._left = True
        try:
            await self._redis.eval(_LEAVE, 2, self._queue, self._signs + self._token, self._token)
        except RedisError as error:
            logger.warning("Redis can't be told that a turn is over: %s", type(error).__name__)

    async def _stand(self) -> bool:
        sign = self._signs + self._token
        milliseconds = int(ALIVE_SECONDS * 1000)
        return bool(
            await self._redis.eval(_STAND_IN_LINE, 2, self._queue, sign, self._token, self._signs, milliseconds)
        )
