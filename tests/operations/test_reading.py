"""The process that reads messages: what it gives, what becomes of a message when it fails, is slow or is gone."""

from __future__ import annotations

import asyncio
import os
import time
from typing import Any, Dict, List

import numpy as np
import pytest

from bot.nlu.context import Context
from bot.reading import Reading, ReadingFailed, ReadingProcess


def read(reading: Reading) -> Dict[str, Any]:
    """A reader of its own kind: says who read what, or does what it is told."""
    if reading.text == "raise":
        raise ValueError("mijn naam is geheim")
    if reading.text == "die":
        os._exit(1)
    if reading.text == "hang":
        time.sleep(60)
    vectors = {text: vector.tolist() for text, vector in reading.vectors.items()}
    return {"text": reading.text, "topics": reading.context.topics, "vectors": vectors, "by": os.getpid()}


def after(*texts: str, patience: float = 10) -> List[Any]:
    """What becomes of these messages, sent at once: what was read, or the error."""

    async def run() -> List[Any]:
        process = ReadingProcess(read, patience)
        try:
            begun = [process.read(Reading(text, Context())) for text in texts]
            return await asyncio.gather(*begun, return_exceptions=True)
        finally:
            process.close()

    return asyncio.run(run())


def test_messages_are_read_in_another_process_with_all_that_they_take() -> None:
    async def run() -> Dict[str, Any]:
        process = ReadingProcess(read)
        vectors = {"en wie betaalt dat?": np.array([0.5, 0.25], dtype=np.float32)}
        try:
            return await process.read(Reading("en wie betaalt dat?", Context(topics=("ips",)), vectors))
        finally:
            process.close()

    found = asyncio.run(run())
    assert found.pop("by") != os.getpid()
    vectors = {"en wie betaalt dat?": [0.5, 0.25]}
    assert found == {"text": "en wie betaalt dat?", "topics": ("ips",), "vectors": vectors}


def test_many_messages_at_once_each_get_their_own_reading() -> None:
    texts = [f"vraag {number} " + "x" * 2000 for number in range(300)]
    assert [found["text"] for found in after(*texts)] == texts


def test_a_message_that_cant_be_read_fails_without_its_words_and_the_next_is_read() -> None:
    failed, found = after("raise", "hallo")
    assert isinstance(failed, ReadingFailed)
    assert str(failed) == "ValueError"
    assert found["text"] == "hallo"


@pytest.mark.parametrize("what", ["die", "hang"])
def test_whoever_waits_for_a_process_that_is_gone_or_hangs_hears_it(what: str) -> None:
    results = after("hallo", what, "nog iets", "en nog iets", patience=1)
    assert results[0]["text"] == "hallo"
    assert [str(result) for result in results[1:]] == ["gone", "gone", "gone"]


def test_a_message_that_nobody_waits_for_any_more_isnt_read() -> None:
    async def run() -> List[Any]:
        process = ReadingProcess(read)
        try:
            begun = [process.read(Reading(text, Context())) for text in ("a", "b", "die", "c")]
            begun[2].cancel()
            return await asyncio.gather(*begun, return_exceptions=True)
        finally:
            process.close()

    first, second, cancelled, last = asyncio.run(run())
    assert [first["text"], second["text"], last["text"]] == ["a", "b", "c"]
    assert isinstance(cancelled, asyncio.CancelledError)


def test_a_closed_process_takes_nothing_and_is_gone() -> None:
    async def run() -> Any:
        process = ReadingProcess(read)
        number = (await process.read(Reading("hallo", Context())))["by"]
        process.close()
        assert not process.is_alive
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)
        return (await asyncio.gather(process.read(Reading("hallo", Context())), return_exceptions=True))[0]

    assert str(asyncio.run(run())) == "gone"
