"""Messages are read in a process of its own, so that a second core takes part in a turn.

Reading takes half of a turn, and Python runs one thread at a time. The process is a fork of the assistant once
everything is loaded: it shares that memory, and needs no start of its own. It keeps nothing of a message. When it is
gone, the assistant reads messages itself, as it does without one.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import os
import signal
from collections import deque
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any, Callable, Deque, Dict, Mapping, Optional, Tuple

from bot.nlu.context import Context
from bot.nlu.encoder import Vectors
from bot.operations import metrics

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 10.0
"""How long a reading may take; no message takes a tenth of it."""
_AT_ONCE = 2
"""Messages that are sent before the first is answered, so that the process never waits for the next."""


@dataclass(frozen=True)
class Reading:
    """A message that is to be read, with all that it takes."""

    text: str
    context: Context
    vectors: Mapping[str, Vectors] = field(default_factory=dict)
    """The vectors that are known already, of the text and of its sentences."""


Read = Callable[[Reading], Dict[str, Any]]
Result = asyncio.Future


class ReadingFailed(Exception):
    """The reading process is gone, or couldn't read a message; the text names an error's type and no message."""


class ReadingProcess:
    """Reads messages, one after the other, in a fork of this process.

    Make it when no other thread is at work: a lock that such a thread holds would never be released in the fork.
    """

    def __init__(self, read: Read, patience: float = PATIENCE_SECONDS):
        """`read` is what the process does with a message. Raises `OSError` when there can be no other process."""
        self._loop = asyncio.get_running_loop()
        self._patience = patience
        self._waiting: Deque[Tuple[Reading, Result]] = deque()
        self._sent: Deque[Result] = deque()
        self._alarm: Optional[asyncio.TimerHandle] = None
        self._pipe, theirs = multiprocessing.Pipe()
        # What is there now lives as long as the processes do; looking at it would only copy its memory.
        gc.freeze()
        self._process = multiprocessing.get_context("fork").Process(
            target=_serve, args=(theirs, self._pipe, read), name="reading", daemon=True
        )
        self._process.start()
        theirs.close()
        self._loop.add_reader(self._pipe.fileno(), self._receive)
        metrics.READING.set(1)

    @property
    def is_alive(self) -> bool:
        """Whether it takes messages."""
        return not self._pipe.closed

    def read(self, reading: Reading) -> Result:
        """What the message means, once it has been read. Fails with `ReadingFailed`; may be cancelled."""
        result: Result = self._loop.create_future()
        # Who asked may no longer want to know.
        result.add_done_callback(lambda done: done.cancelled() or done.exception())
        if self.is_alive:
            self._waiting.append((reading, result))
            self._send()
        else:
            result.set_exception(ReadingFailed("gone"))
        return result

    def close(self) -> None:
        """End the process."""
        if self.is_alive:
            self._end()

    def _send(self) -> None:
        # Never so many that the pipe is full and the event loop waits.
        while self._waiting and len(self._sent) < _AT_ONCE:
            reading, result = self._waiting.popleft()
            if result.cancelled():
                continue
            self._sent.append(result)
            try:
                self._pipe.send(reading)
            except OSError:
                self._lose()
        if self._sent and self._alarm is None:
            self._alarm = self._loop.call_later(self._patience, self._lose)

    def _receive(self) -> None:
        try:
            error, meaning = self._pipe.recv()
        except (EOFError, OSError):
            self._lose()
            return
        self._calm()
        result = self._sent.popleft()
        if not result.done():
            if error:
                result.set_exception(ReadingFailed(error))
            else:
                result.set_result(meaning)
        self._send()

    def _calm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _lose(self) -> None:
        if self.is_alive:
            logger.error("The reading process is gone; messages are read without it.")
            self._end()

    def _end(self) -> None:
        metrics.READING.set(0)
        self._calm()
        self._loop.remove_reader(self._pipe.fileno())
        self._pipe.close()
        self._process.kill()
        self._process.join(1)
        left = [*self._sent, *(result for _, result in self._waiting)]
        self._sent.clear()
        self._waiting.clear()
        for result in left:
            if not result.done():
                result.set_exception(ReadingFailed("gone"))


def _serve(pipe: Connection, other_end: Connection, read: Read) -> None:
    """Read what comes until the assistant is gone."""
    other_end.close()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # Ctrl-C is for the assistant, whose turns in flight may still need this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            reading = pipe.recv()
        except (EOFError, OSError):
            os._exit(0)
        error, result = "", None
        try:
            result = read(reading)
        except Exception as problem:
            # The exception's text may quote the message, so only its type goes on.
            error = type(problem).__name__
        try:
            pipe.send((error, result))
        except OSError:
            os._exit(0)
