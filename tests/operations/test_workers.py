"""The processes that do the heavy parts of a turn: what they give, and what becomes of a task when they fail."""

from __future__ import annotations

import asyncio
import os
import time
from typing import Any, Awaitable, Callable, Dict, List, Optional

import numpy as np
import pytest

from bot.nlu.context import Context
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
    }


def with_workers(number: int, use: Callable[[Workers], Awaitable[Any]], patience: float = 10) -> Any:
    """What `use` gives; no worker is left."""

    async def run() -> Any:
        workers = Workers({"work": work}, number, patience)
        numbers = [found["by"] for found in await asyncio.gather(*workers.each_do("work", "hallo"))]
        try:
            return await use(workers)
        finally:
            workers.close()
            for each in numbers:
                with pytest.raises(ProcessLookupError):
                    os.kill(each, 0)

    return asyncio.run(run())


def after(*texts: str, number: int = 1, patience: float = 10) -> List[Any]:
    """What becomes of these tasks, sent at once: what was given, or the error."""

    async def use(workers: Workers) -> List[Any]:
        return await asyncio.gather(*(workers.do("work", text) for text in texts), return_exceptions=True)

    found: List[Any] = with_workers(number, use, patience)
    return found


def test_a_task_is_done_in_another_process_with_all_that_it_takes() -> None:
    vectors = {"en wie betaalt dat?": np.array([0.5, 0.25], dtype=np.float32)}

    async def use(workers: Workers) -> Any:
        return await workers.do("work", "en wie betaalt dat?", Context(topics=("ips",)), vectors)

    found = with_workers(1, use)
    assert found.pop("by") != os.getpid()
    vectors_given = {"en wie betaalt dat?": [0.5, 0.25]}
    assert found == {"text": "en wie betaalt dat?", "topics": ("ips",), "vectors": vectors_given}


def test_many_tasks_at_once_each_get_their_own_result_from_all_workers() -> None:
    texts = [f"vraag {number} " + "x" * 2000 for number in range(300)]
    results = after(*texts, number=2)
    assert [found["text"] for found in results] == texts
    assert len({found["by"] for found in results}) == 2


def test_a_task_that_fails_does_so_without_its_words_and_the_next_is_done() -> None:
    failed, found = after("raise", "hallo")
    assert isinstance(failed, WorkFailed)
    assert str(failed) == "ValueError"
    assert found["text"] == "hallo"


@pytest.mark.parametrize("what", ["die", "hang"])
def test_whoever_waits_for_the_only_worker_when_it_is_gone_or_hangs_hears_it(what: str) -> None:
    results = after("hallo", what, "nog iets", "en nog iets", patience=1)
    assert results[0]["text"] == "hallo"
    assert [str(result) for result in results[1:]] == ["gone", "gone", "gone"]


@pytest.mark.parametrize("what", ["die", "hang"])
def test_the_other_worker_goes_on_when_one_is_gone_or_hangs(what: str) -> None:
    async def use(workers: Workers) -> List[Any]:
        with pytest.raises(WorkFailed, match="gone"):
            await workers.do("work", what)
        assert workers.are_alive
        return await asyncio.gather(*(workers.do("work", str(number)) for number in range(20)))

    results = with_workers(2, use, patience=1)
    assert [found["text"] for found in results] == [str(number) for number in range(20)]
    assert len({found["by"] for found in results}) == 1


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
        assert not workers.are_alive
        return str((await asyncio.gather(workers.do("work", "hallo"), return_exceptions=True))[0])

    assert with_workers(2, use) == "gone"
