"""Forks of the assistant that do the heavy parts of a turn, so that every core takes part.

Looking for danger and reading a message take three quarters of a turn, and Python runs one thread at a time. A worker
is a fork of the assistant once everything is loaded: it shares that memory, and needs no start of its own. It keeps
nothing of a message. When all are gone the assistant does the work itself, as it does without them.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import os
import signal
from collections import deque
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Callable, Deque, List, Mapping, Optional, Tuple

from bot.operations import metrics

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 10.0
"""How long a task may take; none takes a tenth of it."""
_AT_ONCE = 2
"""Tasks that a worker is sent before the first is done, so that it never waits for the next."""

Tasks = Mapping[str, Callable[..., Any]]
"""What workers can do, by name."""


class WorkFailed(Exception):
    """The worker is gone, or couldn't do the task; the text names an error's type and no message."""


@dataclass(frozen=True)
class _Task:
    name: str
    arguments: Tuple[Any, ...]
    result: asyncio.Future[Any]


class Workers:
    """Do tasks in forks of this process, the first that came first.

    Make them when no other thread is at work: a lock that such a thread holds would never be released in a fork.
    """

    def __init__(self, tasks: Tasks, number: int, patience: float = PATIENCE_SECONDS):
        """Raises `OSError` when there can be no other process."""
        self._waiting: Deque[_Task] = deque()
        # What is there now lives as long as the processes do; looking at it would only copy its memory.
        gc.freeze()
        self._workers: List[_Worker] = []
        for _ in range(number):
            self._workers.append(_Worker(tasks, patience, self._send, [worker.pipe for worker in self._workers]))
        metrics.WORKERS.set(number)

    @property
    def are_alive(self) -> bool:
        """Whether at least one takes tasks."""
        return any(worker.is_alive for worker in self._workers)

    def do(self, name: str, *arguments: Any) -> asyncio.Future[Any]:
        """What the task gives, once a worker has done it. Fails with `WorkFailed`; may be cancelled."""
        task = _task(name, arguments)
        self._waiting.append(task)
        self._send()
        return task.result

    def each_do(self, name: str, *arguments: Any) -> List[asyncio.Future[Any]]:
        """The same by every worker."""
        tasks = [_task(name, arguments) for _ in self._workers]
        for worker, task in zip(self._workers, tasks):
            worker.send(task)
        return [task.result for task in tasks]

    def close(self) -> None:
        """End the processes."""
        for worker in self._workers:
            worker.close()
        self._send()

    def _send(self) -> None:
        """Give waiting tasks to whoever has least to do."""
        alive = [worker for worker in self._workers if worker.is_alive]
        metrics.WORKERS.set(len(alive))
        while self._waiting and alive:
            worker = min(alive, key=lambda one: one.busy)
            # Never so many that the pipe is full and the event loop waits.
            if worker.busy >= _AT_ONCE:
                return
            task = self._waiting.popleft()
            if not task.result.cancelled():
                worker.send(task)
            alive = [worker for worker in alive if worker.is_alive]
        while self._waiting:
            _fail(self._waiting.popleft(), "gone")


class _Worker:
    """One fork, and the tasks that it was sent."""

    def __init__(self, tasks: Tasks, patience: float, is_free: Callable[[], None], others: List[Connection]):
        self._patience = patience
        self._is_free = is_free
        self._sent: Deque[_Task] = deque()
        self._alarm: Optional[asyncio.TimerHandle] = None
        self._loop = asyncio.get_running_loop()
        self.pipe, theirs = multiprocessing.Pipe()
        self._process = multiprocessing.get_context("fork").Process(
            target=_serve, args=(theirs, [self.pipe, *others], tasks), name="worker", daemon=True
        )
        self._process.start()
        theirs.close()
        self._loop.add_reader(self.pipe.fileno(), self._receive)

    @property
    def is_alive(self) -> bool:
        return not self.pipe.closed

    @property
    def busy(self) -> int:
        """How many tasks it has."""
        return len(self._sent)

    def send(self, task: _Task) -> None:
        if not self.is_alive:
            _fail(task, "gone")
            return
        self._sent.append(task)
        try:
            self.pipe.send((task.name, task.arguments))
        except OSError:
            self._lose()
            return
        if self._alarm is None:
            self._alarm = self._loop.call_later(self._patience, self._lose)

    def close(self) -> None:
        if not self.is_alive:
            return
        self._calm()
        self._loop.remove_reader(self.pipe.fileno())
        self.pipe.close()
        self._process.kill()
        self._process.join(1)
        left = list(self._sent)
        self._sent.clear()
        for task in left:
            _fail(task, "gone")

    def _receive(self) -> None:
        try:
            error, given = self.pipe.recv()
        except (EOFError, OSError):
            self._lose()
            return
        self._calm()
        task = self._sent.popleft()
        if error:
            _fail(task, error)
        elif not task.result.done():
            task.result.set_result(given)
        if self._sent:
            self._alarm = self._loop.call_later(self._patience, self._lose)
        self._is_free()

    def _calm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _lose(self) -> None:
        if self.is_alive:
            logger.error("A worker is gone; the assistant goes on without it.")
            self.close()
            self._is_free()


def _task(name: str, arguments: Tuple[Any, ...]) -> _Task:
    result: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    # Who asked may no longer want to know.
    result.add_done_callback(lambda done: done.cancelled() or done.exception())
    return _Task(name, arguments, result)


def _fail(task: _Task, why: str) -> None:
    if not task.result.done():
        task.result.set_exception(WorkFailed(why))


def _serve(pipe: Connection, other_ends: List[Connection], tasks: Tasks) -> None:
    """Do what comes until the assistant is gone."""
    for end in other_ends:
        end.close()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # Ctrl-C is for the assistant, whose turns in flight may still need this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            name, arguments = pipe.recv()
        except (EOFError, OSError):
            os._exit(0)
        error, result = "", None
        try:
            result = tasks[name](*arguments)
        except Exception as problem:
            # The exception's text may quote the message, so only its type goes on.
            error = type(problem).__name__
        try:
            pipe.send((error, result))
        except OSError:
            os._exit(0)
