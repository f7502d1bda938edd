"""The processes that do the heavy parts of a turn: what they give, and what becomes of a task when they fail."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import time
from pathlib import Path
from typing import Any, Awaitable, Callable, Dict, List, Optional

import numpy as np
import pytest

from bot.nlu.conversation.context import Context
from bot.workers import Workers, WorkFailed


def work(text: str, context: Optional[Context] = None, vectors: Optional[Dict[str, Any]] = None) -> Dict[str, Any]:
    """Work of its own kind: says who did what, or does what it is told."""
    if text == "raise":
        raise ValueError("mijn naam is geheim")
    if text == "die":
        os._exit(1)
    if text == "hang":
        time.sleep(60)
    return {
        "text": text,
        "topics": context.topics if context else (),
        "vectors": {part: vector.tolist() for part, vector in (vectors or {}).items()},
        "by": os.getpid(),
        "server": os.getppid(),
    }


def with_workers(number: int, use: Callable[[Workers], Awaitable[Any]], **named: Any) -> Any:
    """What `use` gives; no process is left afterwards."""

    async def run() -> Any:
        workers = Workers({"work": work}, number, renew_seconds=0.05, **named)
        await workers.complete()
        found = await asyncio.gather(*(workers.do("work", "hallo") for _ in range(20)))
        started = {each["by"] for each in found} | {found[0]["server"]}
        assert len(started) == number + 1
        ends = [os.pidfd_open(each) for each in started]
        try:
            return await use(workers)
        finally:
            workers.close()
            for end in ends:
                assert select.select([end], [], [], 5)[0], "a process is still there"
                os.close(end)

    return asyncio.run(run())


def after(*texts: str, number: int = 1, patience: float = 10) -> List[Any]:
    """What becomes of these tasks, sent at once: what was given, or the error."""

    async def use(workers: Workers) -> List[Any]:
        return await asyncio.gather(*(workers.do("work", text) for text in texts), return_exceptions=True)

    found: List[Any] = with_workers(number, use, patience=patience)
    return found


def test_a_task_is_done_in_another_process_with_all_that_it_takes() -> None:
    vectors = {"en wie betaalt dat?": np.array([0.5, 0.25], dtype=np.float32)}

    async def use(workers: Workers) -> Any:
        return await workers.do("work", "en wie betaalt dat?", Context(topics=("ips",)), vectors)

    found = with_workers(1, use)
    assert os.getpid() not in (found["by"], found["server"])
    assert (found["text"], found["topics"]) == ("en wie betaalt dat?", ("ips",))
    assert found["vectors"] == {"en wie betaalt dat?": [0.5, 0.25]}


def test_many_tasks_at_once_each_get_their_own_result() -> None:
    texts = [f"vraag {number} " + "x" * 2000 for number in range(300)]
    assert [found["text"] for found in after(*texts, number=2)] == texts


def test_a_task_that_fails_does_so_without_its_words_and_the_next_is_done() -> None:
    failed, found = after("raise", "hallo")
    assert isinstance(failed, WorkFailed)
    assert str(failed) == "ValueError"
    assert found["text"] == "hallo"


@pytest.mark.parametrize("what", ["die", "hang"])
def test_whoever_waits_for_the_only_worker_when_it_dies_or_hangs_hears_it(what: str) -> None:
    results = after("hallo", what, "nog iets", "en nog iets", patience=1)
    assert results[0]["text"] == "hallo"
    assert [str(result) for result in results[1:]] == ["gone", "gone", "gone"]


@pytest.mark.parametrize("what", ["die", "hang"])
def test_another_worker_takes_the_place_of_one_that_dies_or_hangs(what: str) -> None:
    async def use(workers: Workers) -> List[Any]:
        with pytest.raises(WorkFailed, match="gone"):
            await workers.do("work", what)
        assert await workers.attempt("work", "hallo"), "the other one goes on"
        await workers.complete()
        return await asyncio.gather(*(workers.do("work", str(number)) for number in range(20)))

    results = with_workers(2, use, patience=1)
    assert [found["text"] for found in results] == [str(number) for number in range(20)]
    assert len({found["by"] for found in results}) == 2


def test_new_workers_know_what_is_new_and_the_old_ones_finish_what_they_have(tmp_path: Path) -> None:
    new = tmp_path / "new"
    known = ["old"]

    def renew() -> bool:
        is_new = new.exists() and known != ["new"]
        known[:] = ["new"] if is_new else known
        return is_new

    def slow(seconds: float) -> str:
        time.sleep(seconds)
        return known[0]

    async def run() -> List[str]:
        workers = Workers({"slow": slow}, 2, renew, renew_seconds=0.05)
        await workers.complete()
        try:
            begun = [workers.do("slow", 1.0), workers.do("slow", 0.0)]
            new.touch()
            said = [await begun[1]]
            while said[-1] == "old":
                said.append(await workers.do("slow", 0.01))
            assert not begun[0].done(), "new workers came before the old one was through"
            return [said[0], said[-1], await begun[0]]
        finally:
            workers.close()

    assert asyncio.run(run()) == ["old", "new", "old"]


def test_when_what_is_new_cant_be_taken_over_the_workers_stay() -> None:
    def renew() -> bool:
        raise ValueError("broken")

    async def use(workers: Workers) -> Any:
        return await workers.do("work", "hallo")

    assert with_workers(1, use, renew=renew)["text"] == "hallo"


def test_without_its_fork_server_there_are_no_workers() -> None:
    async def use(workers: Workers) -> str:
        os.kill((await workers.do("work", "hallo"))["server"], signal.SIGKILL)
        results: List[Any] = []
        while not results or isinstance(results[-1], dict):
            results += await asyncio.gather(workers.do("work", "hallo"), return_exceptions=True)
        assert await workers.attempt("work", "hallo") is None
        return str(results[-1])

    assert with_workers(2, use) == "gone"


def test_a_task_that_nobody_waits_for_any_more_isnt_done() -> None:
    async def use(workers: Workers) -> List[Any]:
        begun = [workers.do("work", text) for text in ("a", "b", "die", "c")]
        begun[2].cancel()
        return await asyncio.gather(*begun, return_exceptions=True)

    first, second, cancelled, last = with_workers(1, use)
    assert [first["text"], second["text"], last["text"]] == ["a", "b", "c"]
    assert isinstance(cancelled, asyncio.CancelledError)


def test_closed_workers_take_nothing() -> None:
    async def use(workers: Workers) -> str:
        workers.close()
        assert await workers.attempt("work", "hallo") is None
        return str((await asyncio.gather(workers.do("work", "hallo"), return_exceptions=True))[0])

    assert with_workers(2, use) == "gone"
