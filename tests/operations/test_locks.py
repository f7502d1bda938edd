"""Locks of conversations over a real Redis: order of arrival, one at a time, and no waiting for the dead."""

from __future__ import annotations

import asyncio
import time
from typing import Iterator, List

import pytest

from bot.operations import locks
from bot.operations.locks import LocalLocks, RedisLocks
from deploy.processes.cluster import Redis, free_port, missing_engines


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    if "redis-server" in missing_engines():
        pytest.skip("not installed: redis-server; 'sh deploy/processes/install.sh' installs it")
    server = Redis(tmp_path_factory.mktemp("redis"))
    server.start()
    server.wait()
    yield server
    server.stop()


async def in_line(replica: RedisLocks, sender: str, length: int) -> None:
    """Wait until so many turns stand in the line of the conversation."""
    queue = locks._Place(replica._redis, sender)._queue
    while await replica._redis.llen(queue) < length:
        await asyncio.sleep(0.005)


def test_turns_on_two_replicas_come_in_order_of_arrival(redis: Redis) -> None:
    order: List[int] = []
    inside = 0

    async def turn(replica: RedisLocks, number: int) -> None:
        nonlocal inside
        async with replica.lock("gesprek"):
            inside += 1
            assert inside == 1
            order.append(number)
            await asyncio.sleep(0)
            inside -= 1

    async def both() -> None:
        replicas = [RedisLocks(redis.url), RedisLocks(redis.url)]
        turns = []
        async with replicas[0].lock("gesprek"):
            for number in range(8):
                turns.append(asyncio.create_task(turn(replicas[number % 2], number)))
                await in_line(replicas[0], "gesprek", number + 2)
        await asyncio.gather(*turns)
        assert await replicas[0]._redis.keys("*") == []

    asyncio.run(both())
    assert order == list(range(8))


def test_another_conversation_does_not_wait(redis: Redis) -> None:
    async def scene() -> bool:
        replica = RedisLocks(redis.url)
        async with replica.lock("een"), replica.lock("ander"):
            return True

    assert asyncio.run(asyncio.wait_for(scene(), 5))


def test_a_turn_of_a_dead_replica_is_passed_over(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "ALIVE_SECONDS", 0.2)

    async def scene() -> float:
        dead = locks._Place(RedisLocks(redis.url)._redis, "gesprek")
        await dead.wait()
        started = time.monotonic()
        async with RedisLocks(redis.url).lock("gesprek"):
            return time.monotonic() - started

    assert asyncio.run(asyncio.wait_for(scene(), 10)) >= 0.1


def test_a_long_turn_keeps_its_place(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "ALIVE_SECONDS", 0.2)

    async def scene() -> None:
        first, second = RedisLocks(redis.url), RedisLocks(redis.url)
        async with first.lock("gesprek"):
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(locks._Place(second._redis, "gesprek").wait(), 1)

    asyncio.run(scene())


def test_a_place_that_was_left_shows_no_life_even_when_a_cancellation_is_swallowed(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "ALIVE_SECONDS", 0.2)

    async def scene() -> None:
        place = locks._Place(RedisLocks(redis.url)._redis, "gesprek")
        await place.wait()
        showing = asyncio.create_task(place.show_life())
        await place.leave()
        await asyncio.wait_for(showing, 5)
        assert await place._redis.keys("*") == []

    asyncio.run(scene())


def test_a_turn_that_gives_up_leaves_the_line(redis: Redis) -> None:
    async def scene() -> None:
        replica = RedisLocks(redis.url)

        async def turn() -> None:
            async with replica.lock("gesprek"):
                pass

        async with replica.lock("gesprek"):
            waiting = asyncio.create_task(turn())
            await in_line(replica, "gesprek", 2)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
        assert await replica._redis.keys("*") == []

    asyncio.run(scene())


@pytest.mark.parametrize("kind", ["without Redis", "one process"])
def test_without_redis_a_process_keeps_its_own_order(kind: str) -> None:
    order: List[int] = []

    async def scene() -> None:
        store = LocalLocks() if kind == "one process" else RedisLocks(f"redis://127.0.0.1:{free_port()}/0")

        async def turn(number: int) -> None:
            async with store.lock("gesprek"):
                order.append(number)
                await asyncio.sleep(0)
                order.append(number)

        await asyncio.gather(*(turn(number) for number in range(5)))

    asyncio.run(scene())
    assert order[::2] == order[1::2] and sorted(order[::2]) == list(range(5))


def test_the_names_of_people_stay_out_of_redis() -> None:
    sender = "0123456789abcdef0123456789abcdef"
    assert sender not in locks._Place(RedisLocks("redis://127.0.0.1:1/0")._redis, sender)._queue
