"""Users: each begins a new conversation, reads a while before the next message, and begins again."""

from __future__ import annotations

import asyncio
import itertools
import random
import secrets
import time
from dataclasses import dataclass, field
from typing import Any, Dict, Iterator, List, Optional, Sequence

import aiohttp

TURNS_A_CONVERSATION = 3
_TIMEOUT = aiohttp.ClientTimeout(total=120)


@dataclass(frozen=True)
class Bot:
    """Where a bot is asked, and what."""

    url: str
    texts: Sequence[str]
    extra: Dict[str, Any]


@dataclass
class Measured:
    """The turns of some users together."""

    times: List[float] = field(default_factory=list)
    """Seconds of each turn."""
    wall: float = 0.0
    """Seconds from the first message to the last reply."""
    sent: int = 0
    received: int = 0
    """Bytes of messages and replies."""
    errors: int = 0

    def quantile(self, share: float) -> float:
        """The value below which `share` of the turns lie, in milliseconds."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000

    @property
    def rate(self) -> float:
        """Turns a second."""
        return len(self.times) / self.wall


async def say(session: aiohttp.ClientSession, bot: Bot, sender: str, text: str, into: Measured) -> None:
    """One turn; a reply must come."""
    started = time.perf_counter()
    try:
        async with session.post(bot.url, json={"sender": sender, "message": text, **bot.extra}) as response:
            body = await response.read()
    except (aiohttp.ClientError, asyncio.TimeoutError):
        into.errors += 1
        return
    into.times.append(time.perf_counter() - started)
    into.sent += len(text.encode())
    into.received += len(body)
    into.errors += response.status != 200 or len(body) < 3 or b"Er gaat iets mis" in body


async def _user(bot: Bot, number: int, first: int, until: float, pause: float, into: Measured) -> None:
    chance = random.Random(number)
    texts: Iterator[str] = itertools.islice(itertools.cycle(bot.texts), first, None)
    async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
        # People don't all press enter in the same moment.
        await asyncio.sleep(chance.uniform(0, pause))
        for turn in itertools.count():
            if time.perf_counter() >= until:
                return
            if turn % TURNS_A_CONVERSATION == 0:
                sender = secrets.token_hex(16)
            await say(session, bot, sender, next(texts), into)
            await asyncio.sleep(chance.uniform(0.5, 1.5) * pause)


def talk(bot: Bot, users: int, seconds: float, pause: float) -> Measured:
    """`users` at the same time, for `seconds`, each with about `pause` seconds between a reply and the next message.

    They begin at places far apart, so that none asks what another has just asked.
    """

    async def run() -> Measured:
        measured = Measured()
        started = time.perf_counter()
        until, apart = started + seconds, len(bot.texts) / users
        await asyncio.gather(*(_user(bot, n, int(n * apart), until, pause, measured) for n in range(users)))
        measured.wall = time.perf_counter() - started
        return measured

    return asyncio.run(run())


def one_conversation(bot: Bot, turns: int, marks: Sequence[int], window: int = 10) -> Dict[int, float]:
    """Median milliseconds of the last `window` turns before each mark, in one long conversation."""

    async def run() -> Measured:
        measured = Measured()
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
            sender = secrets.token_hex(16)
            for text in itertools.islice(itertools.cycle(bot.texts), turns):
                await say(session, bot, sender, text, measured)
        return measured

    times = asyncio.run(run()).times
    return {mark: Measured(times[max(0, mark - window) : mark]).quantile(0.5) for mark in marks}


def sender_texts(texts: Sequence[str], most: Optional[int] = None) -> List[str]:
    """A fixed shuffle, so that neighbouring questions are about different things."""
    mixed = list(texts)
    random.Random(1).shuffle(mixed)
    return mixed[:most]
