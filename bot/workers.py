"""Forks of the assistant that do the heavy parts of a turn, so that every core takes part.

Looking for danger and reading a message take three quarters of a turn, and Python runs one thread at a time. A worker
is a fork of the assistant with everything loaded: it shares that memory, and needs no start of its own. It keeps
nothing of a message. When one is gone another takes its place; while there is none the assistant does the work itself.

Workers are not forked by the assistant, in which other threads may hold a lock that a fork would never see released,
but by a fork of it that was made before there were any, and that has none itself: the fork server. It takes over what
is new, a version of the knowledge base, once for all workers, and replaces them.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import os
import pickle
import select
import signal
import socket
import time
from collections import deque
from dataclasses import dataclass
from typing import Any, Callable, Deque, Dict, List, Mapping, Optional, Tuple

from bot.operations import metrics

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 10.0
"""How long a task may take; none takes a tenth of it."""
RENEW_SECONDS = 2.0
"""How often the fork server looks for what is new, and for workers that are missing."""
_AT_ONCE = 2
"""Tasks that a worker is sent before the first is done, so that it never waits for the next."""
_ATTEMPTS = 2
"""Workers that are asked: one may be lost through another task."""
_LARGEST_PACKET = 2**17
"""Bytes of a task or of its result, of which few have a tenth of this."""

Tasks = Mapping[str, Callable[..., Any]]
"""What workers can do, by name."""
Renew = Callable[[], bool]
"""Takes over what is new, and says whether anything was: then there are new workers."""


class WorkFailed(Exception):
    """The worker is gone, or couldn't do the task; the text names an error's type and no message."""


@dataclass(frozen=True)
class _Task:
    name: str
    arguments: Tuple[Any, ...]
    result: asyncio.Future[Any]


class Workers:
    """Do tasks in other processes, the first that came first.

    Make them when no other thread is at work.
    """

    def __init__(
        self,
        tasks: Tasks,
        number: int,
        renew: Renew = lambda: False,
        patience: float = PATIENCE_SECONDS,
        renew_seconds: float = RENEW_SECONDS,
    ):
        """`renew` is called in the fork server. Raises `OSError` when there can be no other process."""
        self._loop = asyncio.get_running_loop()
        self._number = number
        self._patience = patience
        self._waiting: Deque[_Task] = deque()
        self._workers: List[_Worker] = []
        self._are_complete = asyncio.Event()
        # What is there now lives as long as the processes do; looking at it would only copy its memory.
        gc.freeze()
        self._server, theirs = _pair()
        self._process = multiprocessing.get_context("fork").Process(
            target=lambda: _ForkServer(theirs, tasks, number, renew).serve(self._server, renew_seconds),
            name="fork server",
            daemon=True,
        )
        self._process.start()
        theirs.close()
        self._loop.add_reader(self._server.fileno(), self._welcome)

    async def complete(self) -> None:
        """Wait until all are there, or it is clear that they won't be."""
        await self._are_complete.wait()

    async def attempt(self, name: str, *arguments: Any) -> Optional[Any]:
        """What the task gives; None when no worker could do it, and the assistant has to."""
        for _ in range(_ATTEMPTS):
            if not self._workers:
                return None
            try:
                return await self.do(name, *arguments)
            except WorkFailed as problem:
                logger.error("A worker couldn't %s: %s", name, problem)
        return None

    def do(self, name: str, *arguments: Any) -> asyncio.Future[Any]:
        """What the task gives, once a worker has done it. Fails with `WorkFailed`; may be cancelled."""
        result: asyncio.Future[Any] = self._loop.create_future()
        # Who asked may no longer want to know.
        result.add_done_callback(lambda done: done.cancelled() or done.exception())
        self._waiting.append(_Task(name, arguments, result))
        self._send()
        return result

    def close(self) -> None:
        """End the processes."""
        self._are_complete.set()
        for worker in self._workers:
            worker.close()
        self._workers = []
        if self._server.fileno() >= 0:
            self._loop.remove_reader(self._server.fileno())
            self._server.close()
            self._process.join(1)
            self._process.kill()
        self._send()

    def _welcome(self) -> None:
        """Let a new worker take the place of those that know less."""
        try:
            message, pipes, _, _ = socket.recv_fds(self._server, _LARGEST_PACKET, 1)
        except OSError:
            message, pipes = b"", []
        if not pipes:
            logger.error("The fork server is gone; the assistant goes on without workers.")
            self.close()
            return
        number, generation = map(int, message.split())
        for worker in self._workers:
            if worker.generation != generation:
                worker.retire()
        same = [worker for worker in self._workers if worker.generation == generation]
        pipe = socket.socket(fileno=pipes[0])
        self._workers = [*same, _Worker(pipe, number, generation, self._patience, self._send, self._lose)]
        if len(self._workers) == self._number:
            self._are_complete.set()
        else:
            self._are_complete.clear()
        self._send()

    def _send(self) -> None:
        """Give waiting tasks to whoever has least to do."""
        metrics.WORKERS.set(len(self._workers))
        while self._waiting and self._workers:
            worker = min(self._workers, key=lambda one: one.busy)
            # Never so many that the pipe is full and the event loop waits.
            if worker.busy >= _AT_ONCE:
                return
            task = self._waiting.popleft()
            if not task.result.cancelled():
                worker.send(task)
        while self._waiting:
            _fail(self._waiting.popleft(), "gone")

    def _lose(self, worker: _Worker) -> None:
        """Go on without a worker that is dead or hangs; the fork server makes another."""
        logger.error("A worker is gone; another takes its place.")
        worker.close()
        self._workers = [other for other in self._workers if other is not worker]
        if self._server.fileno() >= 0:
            self._are_complete.clear()
            try:
                self._server.send(b"%d" % worker.number)
            except OSError:
                logger.error("The fork server is gone.")
        self._send()


class _Worker:
    """The assistant's end of one worker, and the tasks that it was sent."""

    def __init__(
        self,
        pipe: socket.socket,
        number: int,
        generation: int,
        patience: float,
        is_free: Callable[[], None],
        is_lost: Callable[[_Worker], None],
    ):
        """`number` is that of its process."""
        self.number = number
        self.generation = generation
        self._pipe = pipe
        self._patience = patience
        self._is_free = is_free
        self._is_lost = is_lost
        self._sent: Deque[_Task] = deque()
        self._retires = False
        self._alarm: Optional[asyncio.TimerHandle] = None
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(pipe.fileno(), self._receive)

    @property
    def busy(self) -> int:
        """How many tasks it has."""
        return len(self._sent)

    def send(self, task: _Task) -> None:
        """Let it do a task."""
        self._sent.append(task)
        try:
            self._pipe.send(pickle.dumps((task.name, task.arguments)))
        except OSError:
            self._is_lost(self)
            return
        if self._alarm is None:
            self._watch()

    def retire(self) -> None:
        """Let it finish what it has, and end."""
        self._retires = True
        if not self._sent:
            self.close()

    def close(self) -> None:
        """Leave it; what it was sent fails."""
        if self._pipe.fileno() < 0:
            return
        self._calm()
        self._loop.remove_reader(self._pipe.fileno())
        self._pipe.close()
        left = list(self._sent)
        self._sent.clear()
        for task in left:
            _fail(task, "gone")

    def _receive(self) -> None:
        try:
            packet = self._pipe.recv(_LARGEST_PACKET)
        except OSError:
            packet = b""
        if not packet:
            self._is_lost(self)
            return
        error, given = pickle.loads(packet)
        self._calm()
        task = self._sent.popleft()
        if error:
            _fail(task, error)
        elif not task.result.done():
            task.result.set_result(given)
        if self._sent:
            self._watch()
        elif self._retires:
            self.close()
        self._is_free()

    def _watch(self) -> None:
        self._alarm = self._loop.call_later(self._patience, self._is_lost, self)

    def _calm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None


def _fail(task: _Task, why: str) -> None:
    if not task.result.done():
        task.result.set_exception(WorkFailed(why))


class _ForkServer:
    """What happens in the process that forks workers: it never has a second thread while it does."""

    def __init__(self, assistant: socket.socket, tasks: Tasks, number: int, renew: Renew):
        self._assistant = assistant
        self._tasks = tasks
        self._number = number
        self._renew = renew
        self._generation = 0
        self._generations: Dict[int, int] = {}
        """Of each worker, by the number of its process."""

    def serve(self, other_end: socket.socket, renew_seconds: float) -> None:
        """Keep the workers complete and up to date until the assistant is gone."""
        other_end.close()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        # Ctrl-C is for the assistant, whose turns in flight may still need these processes.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            while True:
                if self._is_new():
                    self._generation += 1
                self._complete()
                self._listen(renew_seconds)
        except ConnectionError:
            logger.info("The fork server ends.")
        except OSError as problem:
            logger.error("The fork server can't go on: %s", type(problem).__name__)
        for number in self._generations:
            os.kill(number, signal.SIGKILL)
        os._exit(0)

    def _is_new(self) -> bool:
        try:
            return self._renew()
        except Exception as problem:
            logger.error("What is new can't be taken over: %s", type(problem).__name__)
            return False

    def _complete(self) -> None:
        """Fork the workers that are missing; those that were replaced are no longer counted."""
        for number in list(self._generations):
            if os.waitpid(number, os.WNOHANG)[0]:
                del self._generations[number]
        missing = self._number - list(self._generations.values()).count(self._generation)
        if missing:
            gc.collect()
            gc.freeze()
        for _ in range(missing):
            ours, theirs = _pair()
            number = os.fork()
            if not number:
                try:
                    ours.close()
                    self._assistant.close()
                    _work(theirs, self._tasks)
                finally:
                    os._exit(0)
            theirs.close()
            self._generations[number] = self._generation
            socket.send_fds(self._assistant, [b"%d %d" % (number, self._generation)], [ours.fileno()])
            ours.close()

    def _listen(self, seconds: float) -> None:
        """End the workers that the assistant says are lost. Raises `ConnectionError` when the assistant is gone."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if select.select([self._assistant], [], [], left)[0]:
                message = self._assistant.recv(_LARGEST_PACKET)
                if not message:
                    raise ConnectionResetError
                if int(message) in self._generations:
                    os.kill(int(message), signal.SIGKILL)


def _work(pipe: socket.socket, tasks: Tasks) -> None:
    """Do what comes until nobody is at the other end."""
    while packet := pipe.recv(_LARGEST_PACKET):
        error, result = "", None
        try:
            name, arguments = pickle.loads(packet)
            result = tasks[name](*arguments)
        except Exception as problem:
            # The exception's text may quote the message, so only its type goes on.
            error = type(problem).__name__
        pipe.send(pickle.dumps((error, result)))


def _pair() -> Tuple[socket.socket, socket.socket]:
    """Two ends between which a message is a packet: the event loop never waits for the rest of one."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
