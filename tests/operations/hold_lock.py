"""`python -m tests.operations.hold_lock REDIS SENDER`: hold a conversation's lock until standard input ends."""

from __future__ import annotations

import asyncio
import sys

from bot.operations.locks import RedisLocks


async def main(url: str, sender: str) -> None:
    async with RedisLocks(url).lock(sender):
        print("held", flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
